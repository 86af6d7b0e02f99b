"""Which body of which place a name in a text means: the department of the graph, from the registry of bodies."""

from __future__ import annotations

from dataclasses import dataclass

from graph.identity import digest
from ingest.records import Level, Responsibility
from ingest.registry.bodies import Body, resolve
from ingest.registry.jurisdictions import Place, find_place, spells
from ingest.source_text import squeeze


@dataclass(frozen=True)
class DepartmentIdentity:
    """A department as its names lead to it.

    ``name`` is what it was called on that day; ``registered`` when that is the registry's name, not just the text's.
    """

    id: str
    key: str
    name: str
    registered: bool
    jurisdiction: str | None
    level: Level | None
    systems: tuple[str, ...]
    generic: bool


def department_of(record: Responsibility, place: Place | None, on: str | None) -> DepartmentIdentity:
    """The department that a responsibility names in a text of ``place``, issued ``on`` that day.

    A class of bodies (各成员单位) is kept apart from organisations: it is one department for each place and wording.
    """
    name = squeeze(record.corrected or record.name)
    systems = tuple(record.system.split("+"))
    if record.generic:
        return _unregistered(name, place, systems, generic=True)
    return body_named(name, place, on, systems)


def body_named(name: str, place: Place | None, on: str | None, systems: tuple[str, ...] = ()) -> DepartmentIdentity:
    """The organisation of this name; what the registry does not know keeps its name and the place of the text."""
    body = resolve(name, place, on)
    if body.body is None:
        return _unregistered(name, place, systems or tuple(body.systems), generic=False)
    key = f"body|{body.key}"
    return DepartmentIdentity(
        "b" + digest(key, 15), key, body.body, True, _place_now(body), body.level, tuple(body.systems) or systems, False
    )


def _place_now(body: Body) -> str | None:
    """The present name of its place, so that a body has one place whatever the day of the text that names it."""
    known = spells().get(body.place_id or "")
    return known[-1].full_name if known else body.jurisdiction


def _unregistered(name: str, place: Place | None, systems: tuple[str, ...], generic: bool) -> DepartmentIdentity:
    where = place.full_name if place else ""
    key = f"{'class' if generic else 'name'}|{where}|{name}"
    level = place.level if place else None
    return DepartmentIdentity("b" + digest(key, 15), key, name, False, where or None, level, systems, generic)


def full_name(issuer: str, place: Place | None, on: str | None) -> str | None:
    """The full name of the organisation that a short one means in a text of ``place``; null for a form not known."""
    body = resolve(squeeze(issuer), place, on)
    return body.body if body.status else None


def place_of(name: str | None, on: str | None) -> Place | None:
    """The place of a document's field ``jurisdiction``."""
    return find_place(name, on=on) if name else None
