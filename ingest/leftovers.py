"""Passages that look like a fact but that no rule has read: what a reader of the extraction should check."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

from ingest.patterns import load_patterns
from ingest.records import Passage, Provision, Record
from ingest.source_text import SourceText

KINDS = {"responsibility": "responsibilities", "citation": "citations", "target": "targets"}
"""Label of a pattern → the kind of fact that would have read it."""


def find_leftovers(
    source: SourceText, provisions: Sequence[Provision], facts: Mapping[str, Sequence[Record]]
) -> tuple[Passage, ...]:
    """The passages inside provisions that look like a fact of some kind and hold no record of it."""
    found: list[Passage] = []
    for pattern in load_patterns("leftovers.toml"):
        read = sorted((record.start, record.end) for record in facts.get(KINDS[pattern.label], ()))
        starts = [start for start, _ in read]
        for provision in provisions:
            for match in pattern.regex.finditer(source.folded, provision.start, provision.end):
                if not _holds(starts, read, match.start(), match.end()):
                    found.append(Passage(start=match.start(), end=match.end(), label=pattern.label))
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))


def _holds(starts: list[int], read: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a record overlaps ``start``:``end``; records of one kind hardly overlap each other, so two neighbours tell."""
    at = bisect.bisect_left(starts, end) - 1
    return any(read[i][1] > start for i in (at, at - 1) if i >= 0)
