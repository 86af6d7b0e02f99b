"""Who is responsible for what: bodies named in brackets, labelled lines, headings and running text, with their roles."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from ingest.name_lists import Name
from ingest.name_repair import repair
from ingest.records import DocumentFields, Provision, Responsibility, Role, Stated
from ingest.responsibility_brackets import Statement, find_statements
from ingest.responsibility_sentences import find_subjects, is_statute
from ingest.source_text import SourceText
from ingest.systems import OTHER, is_generic, system_of


def find_responsibilities(
    source: SourceText, provisions: Sequence[Provision], fields: DocumentFields
) -> tuple[Responsibility, ...]:
    """One record for each body, role and provision, in the order of the text."""
    owners = _Owners(provisions)
    statements = list(find_statements(source))
    found: dict[tuple[str, str, str], Responsibility] = {}
    for record in chain(_stated(source, owners, statements), _running(source, provisions, statements)):
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
    for statement in statements:
        owner = owners.at(statement.start)
        if owner is None:
            continue
        for duty in statement.duties:
            covers = (duty.object_start, duty.object_end)
            yield _record(source, owner, duty.name, duty.role, "bracket", duty.cue, duty.rule, covers)


def _running(source: SourceText, provisions: Sequence[Provision], statements: Sequence[Statement]) -> Iterator[Responsibility]:
    taken = [(statement.start, statement.end) for statement in statements]
    for provision in provisions:
        for subject in find_subjects(source.folded, provision, taken):
            covers = (subject.sentence_start, subject.sentence_end)
            for name in subject.names:
                yield _record(source, provision, name, subject.role, "text", subject.cue, subject.rule, covers)


def _record(
    source: SourceText,
    owner: Provision,
    name: Name,
    role: Role,
    stated: Stated,
    cue: str,
    rule: str,
    covers: tuple[int | None, int | None],
) -> Responsibility:
    written = "".join(source.text[name.start : name.end].split())
    statute = stated == "text" and is_statute(owner.path)
    return Responsibility(
        path=owner.path,
        start=name.start,
        end=name.end,
        rule=f"responsibilities.{stated}.{rule}",
        name=written,
        system=system_of(written),
        role=role,
        generic=(name.elliptic and not statute) or is_generic(written, statute=statute),
        stated=stated,
        cue=cue or None,
        covers_start=covers[0],
        covers_end=covers[1],
    )
