"""Facts as they are shown: with the words they stand on and the sentence around those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from api.answers import Facts, FactView
from graph.protocol import Fact, Reader
from graph.versions import CitedVersion, Version, version_on, versions_of

REACH = 160
"""Characters that the shown sentence may extend to either side of the quote."""

_STOP = re.compile(r"[。！？；\n]")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence that holds ``start``:``end``, at most ``REACH`` further on either side.

    >>> sentence_around("甲。由市教育局牵头。乙", 3, 6)
    (2, 9)
    """
    low = max(0, start - REACH)
    stops = [match.end() for match in _STOP.finditer(text, low, start)]
    first = stops[-1] if stops else low
    after = _STOP.search(text, max(end - 1, start), end + REACH)
    last = after.end() if after else min(len(text), end + REACH)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


class Views:
    """Makes views of facts, reading each document's text once. For one request only."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._texts: dict[str, str] = {}
        self._versions: dict[str, tuple[Version, ...]] = {}

    def text(self, document_id: str) -> str:
        """The document's source text, empty when it is not held any more."""
        if document_id not in self._texts:
            self._texts[document_id] = self._reader.source_text(document_id) or ""
        return self._texts[document_id]

    def view(self, fact: Fact) -> FactView[Any]:
        """One fact with its evidence."""
        text, record = self.text(fact.document.id), fact.record
        first, last = sentence_around(text, record.start, record.end)
        return FactView(
            id=fact.id,
            document=fact.document,
            jurisdiction=fact.jurisdiction,
            level=fact.level,
            issued_on=fact.issued_on,
            provision_id=fact.provision_id,
            heading=fact.heading,
            record=record,
            quote=text[record.start : record.end],
            context=text[first:last],
            context_start=first,
            context_end=last,
            department_id=fact.department_id,
            instrument_id=fact.instrument_id,
        )

    def cited(self, instrument_id: str, day: str | None) -> CitedVersion | None:
        """The version held of an instrument that a text of that day means."""
        if instrument_id not in self._versions:
            row = self._reader.instrument(instrument_id)
            self._versions[instrument_id] = versions_of(self._reader, row) if row else ()
        return version_on(self._versions[instrument_id], day)

    def with_version(self, view: FactView[Any]) -> FactView[Any]:
        """A citation with the version that it means."""
        if view.instrument_id is None:
            return view
        return msgspec.structs.replace(view, version=self.cited(view.instrument_id, view.issued_on))

    def views(self, facts: Iterable[Fact]) -> tuple[FactView[Any], ...]:
        """The facts in their order."""
        return tuple(map(self.view, facts))

    def by_kind(self, facts: Mapping[str, Iterable[Fact]]) -> Facts:
        """All facts, in their lists by kind."""
        return Facts(**{kind: self.views(of_kind) for kind, of_kind in facts.items()})
