"""Who is responsible for what: bodies named in brackets, labelled lines, headings and running text, with their roles."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from ingest.records import DocumentFields, Nature, Provision, Responsibility, Role, Stated
from ingest.registry.jurisdictions import find_place
from ingest.registry.name_lists import Name
from ingest.registry.name_repair import repair
from ingest.registry.systems import OTHER, is_generic, system_of
from ingest.responsibilities.brackets import Statement, find_statements
from ingest.responsibilities.clauses import Subject
from ingest.responsibilities.sentences import find_subjects, is_statute
from ingest.source_text import SourceText

_REPORTS: frozenset[Nature] = frozenset({"news", "qa", "interpretation", "list"})
"""Texts that only tell what bodies do."""


def find_responsibilities(
    source: SourceText,
    provisions: Sequence[Provision],
    fields: DocumentFields,
) -> tuple[Responsibility, ...]:
    """One record for each body, role and provision, in the order of the text."""
    owners = _Owners(provisions)
    statements = list(find_statements(source))
    found: dict[tuple[str, str, str], Responsibility] = {}
    for record in chain(_stated(source, owners, statements), _running(source, provisions, statements, fields)):
        found.setdefault((record.path, record.name, record.role), record)
    records = sorted(found.values(), key=lambda record: (record.start, record.end))
    peers = Counter(record.name for record in records)
    return tuple(_repaired(record, peers) for record in records)


def _repaired(record: Responsibility, peers: Counter[str]) -> Responsibility:
    """The record with the name that was meant beside the one written, and that name's system."""
    if record.system != OTHER or record.stated == "text":
        return record
    meant = repair(record.name, peers)
    return msgspec.structs.replace(record, corrected=meant, system=system_of(meant)) if meant else record


class _Owners:
    """Which provision's own text a place stands in."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self._provisions = sorted(provisions, key=lambda provision: provision.start)
        self._starts = [provision.start for provision in self._provisions]

    def at(self, place: int) -> Provision | None:
        """The provision whose own text holds this place."""
        index = bisect.bisect_right(self._starts, place) - 1
        if index < 0:
            return None
        provision = self._provisions[index]
        return provision if place < provision.end else None


def _stated(source: SourceText, owners: _Owners, statements: Sequence[Statement]) -> Iterator[Responsibility]:
    owned = [(owner, statement) for statement in statements if (owner := owners.at(statement.start))]
    for number, (owner, statement) in enumerate(owned):
        path = _path(source, owner, statement.start)
        sentence = _covered(owned, number)
        for duty in statement.duties:
            covers = sentence if duty.object_start is None else (duty.object_start, duty.object_end)
            yield _record(
                source, path, duty.name, is_generic(duty.name.text),
                role=duty.role, stated="bracket", cue=duty.cue, rule=duty.rule, covers=covers,
            )  # fmt: skip


def _covered(owned: Sequence[tuple[Provision, Statement]], number: int) -> tuple[int | None, int | None]:
    """What a bracket covers: all of its provision (null), or what stands between the one before it and itself."""
    owner, statement = owned[number]
    before = owned[number - 1][1].end + 1 if number and owned[number - 1][0] is owner else None
    after = number + 1 < len(owned) and owned[number + 1][0] is owner
    if before is None and not after:
        return None, None
    start = before if before is not None else min(owner.heading_start or owner.body_start, statement.start - 1)
    return start, statement.start - 1


def _running(
    source: SourceText, provisions: Sequence[Provision], statements: Sequence[Statement], fields: DocumentFields
) -> Iterator[Responsibility]:
    taken = [(statement.start, statement.end) for statement in statements]
    for provision in provisions:
        for subject in find_subjects(source.folded, provision, taken, orders=fields.nature not in _REPORTS):
            for name in subject.names:
                path = _path(source, provision, name.start)
                yield _record(
                    source, path, name, _is_class(name, subject, path, fields),
                    role=subject.role, stated="text", cue=subject.cue, rule=subject.rule,
                    covers=(subject.sentence_start, subject.sentence_end),
                )  # fmt: skip


def _path(source: SourceText, provision: Provision, place: int) -> str:
    """The provision's path; in a statute a paragraph after numbered items belongs to their article."""
    if provision.parent and is_statute(provision.path) and "\n" in source.text[provision.start : place]:
        return provision.parent
    return provision.path


def _is_class(name: Name, subject: Subject, path: str, fields: DocumentFields) -> bool:
    """Whether running text names a class: also the 共青团 of 各级工会、共青团、妇联组织, and functions (公安、民政部门)."""
    if is_statute(path):
        return is_generic(name.text, statute=True) and not _is_the_government(name.text, fields)
    return name.elliptic or is_generic(name.text) or subject.names[0].text.startswith("各级")


_ONE_AT = {
    "province": ("省", "自治区"),
    "prefecture": ("省", "自治区", "市", "州", "自治州", "盟"),
    "county": ("省", "自治区", "县", "自治县", "区", "旗"),
}
"""Level of a statute → the governments that are one body there; 市 is one in a municipality's too."""


def _is_the_government(name: str, fields: DocumentFields) -> bool:
    """Whether a statute names one government and not a class: 国务院, 省人民政府 in that province, 青州市人民政府."""
    if name == "国务院":
        return True
    place, found, rest = name.partition("人民政府")
    if not found or rest:
        return False
    municipality = fields.level == "province" and (fields.jurisdiction or "").endswith("市")
    one = _ONE_AT.get(fields.level or "", ()) + (("市",) if municipality else ())
    return place in one or (len(place) > 2 and find_place(place) is not None)


def _record(
    source: SourceText, path: str, name: Name, generic: bool, *,
    role: Role, stated: Stated, cue: str, rule: str, covers: tuple[int | None, int | None],
) -> Responsibility:  # fmt: skip
    written = "".join(source.text[name.start : name.end].split())
    return Responsibility(
        path=path,
        start=name.start,
        end=name.end,
        rule=f"responsibilities.{stated}.{rule}",
        name=written,
        system=system_of(written),
        role=role,
        generic=generic,
        stated=stated,
        cue=cue or None,
        covers_start=covers[0],
        covers_end=covers[1],
    )
