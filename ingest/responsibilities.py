"""Who is responsible for what: bodies named in brackets, labelled lines, headings and running text, with their roles."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from ingest.records import DocumentFields, Provision, Responsibility, Stated
from ingest.responsibility_brackets import Statement, find_statements
from ingest.responsibility_roles import Duty
from ingest.source_text import SourceText
from ingest.systems import is_generic, system_of


def find_responsibilities(
    source: SourceText, provisions: Sequence[Provision], fields: DocumentFields
) -> tuple[Responsibility, ...]:
    """One record for each body, role and provision, in the order of the text."""
    owners = _Owners(provisions)
    found: dict[tuple[str, str, str], Responsibility] = {}
    statements = list(find_statements(source))
    for record in _records(source, owners, statements, "bracket"):
        found.setdefault((record.path, record.name, record.role), record)
    return tuple(sorted(found.values(), key=lambda record: (record.start, record.end)))


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


def _records(
    source: SourceText, owners: _Owners, statements: Iterable[Statement], stated: Stated
) -> Iterable[Responsibility]:
    for statement in statements:
        owner = owners.at(statement.start)
        if owner is None:
            continue
        for duty in statement.duties:
            yield _record(source, owner, duty, stated)


def _record(source: SourceText, owner: Provision, duty: Duty, stated: Stated) -> Responsibility:
    start, end = duty.name.start, duty.name.end
    name = "".join(source.text[start:end].split())
    return Responsibility(
        path=owner.path,
        start=start,
        end=end,
        rule=f"responsibilities.{stated}.{duty.rule}",
        name=name,
        system=system_of(name),
        role=duty.role,
        generic=is_generic(name),
        stated=stated,
        cue=duty.cue or None,
        covers_start=duty.object_start,
        covers_end=duty.object_end,
    )
