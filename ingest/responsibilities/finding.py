"""Who is responsible for what: bodies named in brackets, labelled lines, headings and running text, with their roles."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from ingest.reaches import article_tails
from ingest.records import DocumentFields, Nature, Provision, Responsibility, Role, Stated
from ingest.registry.jurisdictions import find_place
from ingest.registry.name_lists import Name
from ingest.registry.name_repair import repair
from ingest.registry.systems import OTHER, is_generic, system_of
from ingest.responsibilities.brackets import Statement, find_statements
from ingest.responsibilities.clauses import Subject
from ingest.responsibilities.divisions import home_system, system_in
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
    home = home_system(fields)
    records = sorted((_at_home(record, home) for record in found.values()), key=lambda record: (record.start, record.end))
    peers = Counter(record.name for record in records)
    return tuple(_repaired(record, peers) for record in records)


def _repaired(record: Responsibility, peers: Counter[str]) -> Responsibility:
    """The record with the name that was meant beside the one written, and that name's system."""
    if record.system != OTHER or record.stated == "text":
        return record
    meant = repair(record.name, peers)
    return msgspec.structs.replace(record, corrected=meant, system=system_of(meant)) if meant else record


def _at_home(record: Responsibility, home: str | None) -> Responsibility:
    """The record with the system that its body has in a document of the department ``home``."""
    system = system_in(record.name, home)
    return record if system == record.system else msgspec.structs.replace(record, system=system)


class _Owners:
    """Which provision's own text a place stands in."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self.provisions = sorted(provisions, key=lambda provision: provision.start)
        self._starts = [provision.start for provision in self.provisions]

    def at(self, place: int) -> Provision | None:
        """The provision whose own text holds this place."""
        index = bisect.bisect_right(self._starts, place) - 1
        if index < 0:
            return None
        provision = self.provisions[index]
        return provision if place < provision.end else None


def _stated(source: SourceText, owners: _Owners, statements: Sequence[Statement]) -> Iterator[Responsibility]:
    tails = article_tails(source.folded, owners.provisions)
    owned = [(owner, statement) for statement in statements if (owner := owners.at(statement.start))]
    for number, (owner, statement) in enumerate(owned):
        path = _path(owner, statement.start, tails)
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
    tails = article_tails(source.folded, provisions)
    for provision in provisions:
        for subject in find_subjects(source.folded, provision, taken, orders=fields.nature not in _REPORTS):
            for name in subject.names:
                path = _path(provision, name.start, tails)
                yield _record(
                    source, path, name, _is_class(name, subject, path, fields),
                    role=subject.role, stated="text", cue=subject.cue, rule=subject.rule,
                    covers=(subject.sentence_start, subject.sentence_end),
                )  # fmt: skip


def _path(provision: Provision, place: int, tails: Mapping[str, int]) -> str:
    """The provision's path; in a statute a paragraph after numbered items belongs to their article."""
    behind = provision.parent and place >= tails.get(provision.path, provision.end)
    return provision.parent or "" if behind else provision.path


def _is_class(name: Name, subject: Subject, path: str, fields: DocumentFields) -> bool:
    """Whether running text names a class: also the 共青团 of 各级工会、共青团、妇联组织, and functions (公安、民政部门)."""
    if is_statute(path):
        return is_generic(name.text, statute=True) and not _is_the_government(name.text, fields)
    among = len(name.text) <= _FUNCTION and any(other.elliptic for other in subject.names)  # 公安、海关、税务部门
    return name.elliptic or among or is_generic(name.text) or subject.names[0].text.startswith("各级")


_FUNCTION = 4
"""A name as short as this in a list of functions is one of them."""
_ONE_AT = {
    "province": ("省", "自治区"),
    "prefecture": ("省", "自治区", "市", "州", "自治州", "盟"),
    "county": ("省", "自治区", "县", "自治县", "区", "旗"),
}
"""Level of a statute → the governments that are one body there; 市 is one in a municipality's too."""


_ONE_TOWN = re.compile(r"(?!各|有关|相关|所在|当地|其他|[县市区省]|乡|镇)[一-龥]{2,}(?<!所在)(?<!本)(?:[乡镇]|街道)")
"""西沱镇: a town by its own name."""


def _is_the_government(name: str, fields: DocumentFields) -> bool:
    """Whether a statute names one government and not a class: 国务院, 省人民政府 in that province, 青州市人民政府."""
    if name == "国务院":
        return True
    place, found, rest = name.partition("人民政府")
    if not found or rest:
        return False
    if _ONE_TOWN.fullmatch(place):
        return True
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
