"""Two measures side by side: their words cut into runs, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.holder import current_context
from api.lineage_answers import ComparisonAnswer, MeasurePair

MISSING = "missing"
"""The class of the mark that tells where words of the source are left out."""


@dataclass(frozen=True)
class Run:
    """A stretch of text. ``kind`` is that of its passage, empty between passages."""

    kind: str
    text: str


@dataclass(frozen=True)
class Sides:
    """The words of a measure and those of its source."""

    own: tuple[Run, ...]
    source: tuple[Run, ...]


def sides_of(pair: MeasurePair, answer: ComparisonAnswer) -> Sides:
    """The runs of one pair; empty for a measure without a source."""
    if pair.changes is None:
        return Sides((), ())
    reader = current_context().reader
    own = [(p.kind, p.start, p.end) for p in pair.changes.passages]
    source = [(p.kind, p.source_start, p.source_end) for p in pair.changes.passages]
    texts = reader.source_text(answer.document.id) or "", reader.source_text(answer.source.id) or ""
    return Sides(tuple(_runs(texts[0], own)), tuple(_runs(texts[1], source)))


def _runs(text: str, marked: Iterable[tuple[str, int | None, int | None]]) -> Iterable[Run]:
    spans = sorted((start, end, kind) for kind, start, end in marked if start is not None and end is not None)
    at = spans[0][0] if spans else 0
    for start, end, kind in spans:
        if start < at:
            continue
        if start > at:
            yield Run("", " ".join(text[at:start].split("\n")))
        yield Run(kind if end > start else MISSING, " ".join(text[start:end].split("\n")))
        at = max(at, end)
