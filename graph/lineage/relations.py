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
from graph.lineage.model import LineageModel, lineage_model
from graph.lineage.prepared import Prepared
from graph.lineage.units import LETTERS

MeasureRelation = Literal["verbatim", "adapted", "extended", "new"]
CLAUSE = re.compile(r"[,、:]")
KEPT = 0.5
"""Share of a clause's letters that must stand on the other side for the clause to count as kept."""
SHORTEST_RUN = 2
"""Letters in a row that count as kept; single letters meet by chance."""
SMALL = 6
"""Letters dropped that are no clause: 本市 for 国家, 和 for 及."""


@dataclass(frozen=True)
class Measured:
    """What the relation is judged by, each a number."""

    size: float
    length: float
    kept: float
    added: float
    dropped: float
    dropped_share: float
    dropped_sentences: float
    nothing_dropped: float

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
    all_lower = _clauses(lower, np.flatnonzero(lower.owners == link.lower))
    all_higher = _clauses(higher, np.flatnonzero(higher.owners == link.higher))
    own = _clauses(lower, share.own)
    touched = {j for _, j in share.pairs}
    used = _clauses(higher, sorted(touched))
    gone = _clauses(higher, [j for j in share.theirs if j not in touched])
    kept = kept_letters(own, "".join(all_higher))
    dropped = sum(len(c) for c, part in zip(used, kept_shares(used, "".join(all_lower)), strict=True) if part < KEPT)
    return Measured(
        size=math.log((_length(own) + 5) / (_length(used) + 5)),
        length=math.log((_length(all_lower) + 1) / (_length(all_higher) + 1)),
        kept=kept / max(1, _length(own)),
        added=(_length(own) - kept) / 100,
        dropped=math.log1p(dropped),
        dropped_share=dropped / max(1, _length(used)),
        dropped_sentences=math.log1p(_length(gone)),
        nothing_dropped=float(dropped <= SMALL),
    )


def _length(clauses: Iterable[str]) -> int:
    return sum(map(len, clauses))


def _clauses(text: Prepared, sentences: Iterable[int]) -> list[str]:
    """The clauses of some sentences, letters only."""
    words = text.sentences
    parts = (part for index in sentences for part in CLAUSE.split(words[index].words))
    return [letters for part in parts if len(letters := "".join(LETTERS.findall(part))) > 1]


def kept_shares(clauses: Sequence[str], other: str) -> list[float]:
    """For each clause the share of its letters that stand in ``other`` in the same order, in runs of two or more."""
    kept = _kept("".join(clauses), other)
    ends = np.cumsum([len(clause) for clause in clauses])
    return [float(kept[end - len(clause) : end].mean()) for clause, end in zip(clauses, ends, strict=True)]


def kept_letters(clauses: Sequence[str], other: str) -> int:
    """How many letters of the clauses stand in ``other`` in the same order, in runs of two or more."""
    return int(_kept("".join(clauses), other).sum())


def _kept(text: str, other: str) -> np.ndarray:
    kept = np.zeros(len(text))
    for step in Indel.opcodes(text, other):
        if step.tag == "equal" and step.src_end - step.src_start >= SHORTEST_RUN:
            kept[step.src_start : step.src_end] = 1
    return kept
