"""What templates may call, besides what Jinja and Babel bring."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from flask import Flask, g, request
from flask_babel import gettext
from markupsafe import Markup, escape

from api.answers import FactView, OutlineItem
from api.calls import CALLS
from api.holder import current_context
from api.links import page, twin, with_query
from api.resources.filtering import LEVELS, ROLES
from graph.protocol import DocumentBrief, DocumentRow, JurisdictionRow
from ingest.records import Role
from ingest.registry.systems import SYSTEMS
from search.answers import AnswerBody
from web import reading
from web.comparing import sides_of
from web.descent import descent_of
from web.family import drawing_of, lines_of
from web.labels import amount, label, provision_name, span_of_time
from web.language import LANGUAGES, current
from web.pages import fact_place
from web.places import are_few, by_province
from web.querying import is_open

RANKED: tuple[Role, ...] = ("lead", "joint", "responsible", "support")
"""Roles by how much they ask of a body."""

KEPT = ("lang",)
"""Parameters of a page that its JSON twin does not know."""


def system_names(codes: str) -> str:
    """The names of systems joined by ``+``, in the reader's language."""
    return " + ".join(_system_name(code) for code in codes.split("+"))


def _system_name(code: str) -> str:
    system = SYSTEMS.get(code)
    if system is None:
        return code
    return system.name_zh.split("（")[0] if current() == "zh" else system.name_en


def runs_by(rows: Iterable[Any], path: str) -> list[tuple[Any, list[Any]]]:
    """Neighbouring rows with the same value at ``path`` (dots go deeper), in their order."""

    def value(row: Any) -> Any:
        for name in path.split("."):
            row = getattr(row, name)
        return row

    return [(key, list(group)) for key, group in itertools.groupby(rows, value)]


def by_role(rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Facts or bodies by role, leads first; roles that nobody has are left out."""
    groups = [(role, [row for row in rows if getattr(row, "record", row).role == role]) for role in RANKED]
    return [(role, group) for role, group in groups if group]


def by_quote(bodies: Sequence[AnswerBody]) -> list[tuple[Markup, list[AnswerBody]]]:
    """Bodies that the same words name, in the order of the first of them, with those words and the names marked in them."""
    groups: dict[tuple[str, int, int], list[AnswerBody]] = {}
    for body in bodies:
        groups.setdefault((body.provision_id, body.start, body.end), []).append(body)
    return [(_names_marked(group), group) for group in groups.values()]


def _names_marked(bodies: Sequence[AnswerBody]) -> Markup:
    start, end = bodies[0].start, bodies[0].end
    inside = [body for body in bodies if start <= body.name_start and body.name_end <= end]
    return marked(bodies[0].quote, [(body.name_start - start, body.name_end - start) for body in inside])


def json_address() -> str:
    """The address of the JSON twin of this page, relative to the site."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name not in KEPT and value]
    return with_query(twin(request.path), dict(given)) if request.path != "/" else twin("/")


def here(**changes: object) -> str:
    """This page with some parameters changed; null takes one away."""
    parameters: dict[str, object] = {**request.args.to_dict(), **changes}
    return with_query(request.path, parameters)


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """``text`` with spans set in ``<mark>``."""
    out, at = Markup(), 0
    for start, end in sorted(marks):
        if start >= at:
            out += escape(text[at:start]) + Markup("<mark>%s</mark>") % text[start:end]
            at = end
    return out + escape(text[at:])


def quoted_in(fact: FactView[Any]) -> Markup:
    """The sentence around a fact with its quote set in ``<mark>``."""
    start = fact.record.start - fact.context_start
    return marked(" ".join(fact.context.split("\n")), [(start, start + len(fact.quote))])


def named(document: DocumentBrief) -> str:
    """The title of a document, or what else it is known by."""
    return document.title or document.doc_number or gettext("untitled: %(source)s", source=document.source)


def titled(row: DocumentRow) -> str:
    """The title of a document; where it was printed without one, who issued what."""
    issued = "".join(row.fields.issuers) + (row.fields.kind or "")
    return named(row.brief) if row.brief.title or not issued else gettext("%(what)s (untitled)", what=issued)


def numbered(item: OutlineItem) -> str:
    """Marker and heading of a provision, or its path where it has none."""
    provision = item.provision
    if provision.path.rpartition("/")[2] == "0" and not provision.heading:
        return str(gettext("Opening"))
    return f"{provision.marker or ''}{provision.heading or ''}" or provision.path


def places() -> tuple[JurisdictionRow, ...]:
    """The places of held documents, for the filters; asked once for each request."""
    if "places" not in g:
        g.places = current_context().reader.jurisdictions()
    found: tuple[JurisdictionRow, ...] = g.places
    return found


def in_json(value: Any) -> str:
    """A list or map of a researcher's answer, on one line."""
    return msgspec.json.encode(value).decode()


def given(name: str) -> bool:
    """Whether this page's address gives the parameter a value; ``since`` stands for ``until`` too."""
    return any(request.args.get(one) for one in ((name, "until") if name == "since" else (name,)))


def place_indent(place: JurisdictionRow) -> str:
    """Space that shows how deep a place lies."""
    return "\u3000" * len(place.ancestors)


def add_assets(app: Flask) -> None:
    """Give templates ``asset(name)``: the address of a static file, which changes whenever the file does."""

    @app.template_global()
    @functools.cache
    def asset(name: str) -> str:
        content = (Path(str(app.static_folder)) / name).read_bytes()
        return f"{app.static_url_path}/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def add_helpers(app: Flask) -> None:
    """Give templates what they need."""
    add_assets(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        label=label, amount=amount, span_of_time=span_of_time, provision_name=provision_name,
        runs_by=runs_by, by_role=by_role, by_quote=by_quote,
        marked=marked, quoted_in=quoted_in, named=named, titled=titled, numbered=numbered,
        sides_of=sides_of, drawing_of=drawing_of, descent_of=descent_of, lines_of=lines_of,
        by_province=by_province, system_names=system_names, fact_place=fact_place, indent_of=place_indent, in_json=in_json,
    )  # fmt: skip
    app.jinja_env.tests.update(given=given, few=are_few)
    app.jinja_env.globals.update(
        page=page, with_query=with_query, here=here, json_address=json_address, places=places, reading=reading,
        languages=LANGUAGES, current_language=current, roles=ROLES, levels=LEVELS, systems=SYSTEMS, calls=CALLS,
        statements_open=is_open,
    )  # fmt: skip
