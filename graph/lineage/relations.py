"""How a unit stands to its source: ``verbatim``, ``adapted`` or ``extended``, judged by what was kept, dropped and added."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rapidfuzz.distance import Indel

from graph.lineage.alignment import Alignment, UnitLink
from graph.lineage.force import softeners
from graph.lineage.frames import frames_of
from graph.lineage.model import LineageModel, lineage_model
from graph.lineage.neutral import without_neutral
from graph.lineage.prepared import Prepared
from graph.lineage.units import ARTICLE, LETTERS

MeasureRelation = Literal["verbatim", "adapted", "extended", "new"]
CLAUSE = re.compile(r"[,、:]")
KEPT, NEW = 0.5, 0.25
"""Share of a clause's letters on the other side from which it counts as kept, and below which as new."""
SHORTEST_RUN = 2
"""Letters in a row that count as kept; single letters meet by chance."""
SMALL = 6
"""Letters dropped that are no clause."""
FRAMES = {"purpose", "commencement"}
"""A text has its own purpose and its own day: these articles are never word for word."""


@dataclass(frozen=True)
class Measured:
    """What the relation is judged by, each a number; words that only change with the place count for nothing.

    ``kept`` is the share of the unit's own letters that its source has, ``added`` the hundreds of letters that it has not; the
    logarithms of letters: ``dropped`` of the source's sentences, ``new_clauses`` in clauses that are new, ``new_sentences`` in
    sentences that answer to none. ``length`` is the logarithm of the ratio of both whole units.
    """

    length: float
    kept: float
    added: float
    dropped: float
    nothing_dropped: float
    new_clauses: float
    new_sentences: float
    conditions: float
    frame: float
    statute: float

    def features(self) -> dict[str, np.ndarray]:
        """The numbers by name, as the judge takes them."""
        return {name: np.asarray(value, dtype=float) for name, value in vars(self).items()}


def relation_of(alignment: Alignment, link: UnitLink, model: LineageModel | None = None) -> MeasureRelation:
    """The relation of one link."""
    return judged(measure(alignment, link), model)


def judged(measured: Measured, model: LineageModel | None = None) -> MeasureRelation:
    """The relation of a link that has been measured."""
    judges = (model or lineage_model()).relations
    features = measured.features()
    scores = {name: float(judge.score(features)) for name, judge in judges.items()}
    best = max(sorted(scores), key=lambda name: scores[name])
    return best if best in ("verbatim", "extended") else "adapted"  # type: ignore[return-value]


def measure(alignment: Alignment, link: UnitLink) -> Measured:
    """Count what one link kept, dropped and added."""
    share = alignment.share(link)
    lower, higher = alignment.lower, alignment.higher
    paired = sorted({j for _, j in share.pairs})
    whole = _clauses(lower, lower.sentences_of(link.lower)), _clauses(higher, higher.sentences_of(link.higher))
    own, used = _Kept(_clauses(lower, share.own), "".join(whole[1])), _Kept(_clauses(higher, paired), "".join(whole[0]))
    alone = set(share.own) - {i for i, _ in share.pairs}
    return Measured(
        length=math.log((_length(whole[0]) + 1) / (_length(whole[1]) + 1)),
        kept=own.kept / max(1, own.length),
        added=(own.length - own.kept) / 100,
        dropped=math.log1p(used.length - used.kept),
        nothing_dropped=float(used.in_clauses(KEPT) <= SMALL),
        new_clauses=math.log1p(own.in_clauses(NEW)),
        new_sentences=math.log1p(sum(len(lower.sentences[i].words) for i in alone)),
        conditions=float(_softeners(lower, share.own) != _softeners(higher, paired)),
        frame=float(bool(frames_of(lower.units[link.lower]) & frames_of(higher.units[link.higher]) & FRAMES)),
        statute=float(ARTICLE.match(lower.units[link.lower].path) is not None),
    )


def _length(clauses: Iterable[str]) -> int:
    return sum(map(len, clauses))


def _clauses(text: Prepared, sentences: Iterable[int]) -> list[str]:
    """The clauses of some sentences, letters only, without the words that change with the place."""
    words = text.sentences
    parts = (part for index in sentences for part in CLAUSE.split(words[index].words))
    return [letters for part in parts if len(letters := without_neutral("".join(LETTERS.findall(part)))) > 1]


def _softeners(text: Prepared, sentences: Iterable[int]) -> list[str]:
    """The words that make an order loose or tie it to a condition, sorted."""
    return sorted(word for index in sentences for word in softeners(text.sentences[index].words))


class _Kept:
    """How much of some clauses stands in another text in the same order, in runs of two or more letters."""

    def __init__(self, clauses: Sequence[str], other: str) -> None:
        self.length = _length(clauses)
        marks = _kept("".join(clauses), other)
        ends = np.cumsum([len(clause) for clause in clauses])
        self._clauses = [(len(c), float(marks[end - len(c) : end].mean())) for c, end in zip(clauses, ends, strict=True)]
        self.kept = int(marks.sum())

    def in_clauses(self, below: float) -> int:
        """Letters in the clauses of which a smaller share is kept."""
        return sum(length for length, share in self._clauses if share < below)


def _kept(text: str, other: str) -> np.ndarray:
    kept = np.zeros(len(text))
    for step in Indel.opcodes(text, other):
        if step.tag == "equal" and step.src_end - step.src_start >= SHORTEST_RUN:
            kept[step.src_start : step.src_end] = 1
    return kept
