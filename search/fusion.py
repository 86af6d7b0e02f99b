"""One score from words and meaning: a gated sum, so that exact questions stay exact, and then the share of the question.

>>> round(gate(top=9.0, reach=10.0, weight=2.0), 2)
0.2
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

WEIGHT = 2.0
"""How much meaning counts where no provision holds any of the question's words."""
COVERAGE = 0.9
"""How much it counts that a provision speaks of all that is asked, and not often of a part."""
VERBATIM = 1.0
"""How much it counts that a provision holds a question of some length word for word: it is a quotation."""


@dataclass(frozen=True)
class Scored:
    """One candidate with the parts of its score."""

    id: str
    keyword: float
    similarity: float
    gate: float
    coverage: float = 0.0
    bonus: float = 0.0
    """For a quotation, and for a record of the kind that is asked for; below 0 for a statement."""

    @property
    def score(self) -> float:
        """``keyword + gate × similarity + COVERAGE × coverage + bonus``."""
        return self.keyword + self.gate * self.similarity + COVERAGE * self.coverage + self.bonus

    @property
    def confidence(self) -> float:
        """How sure it is that this is about the question at all: what it holds of its words, and its nearness in meaning."""
        return self.coverage + self.similarity


def gate(top: float, reach: float, weight: float = WEIGHT) -> float:
    """The weight of meaning: ``weight`` where nothing matches, near 0 where some provision has all the words."""
    return weight * (1.0 - min(1.0, top / reach)) if reach > 0 else weight


def fuse(
    words: Mapping[str, float],
    near: Mapping[str, float],
    reach: float,
    limit: int,
    verbatim: Collection[str] = (),
    top: float | None = None,
) -> list[Scored]:
    """The ``limit`` best of either engine, best first. ``words`` are BM25 scores, ``near`` cosines, ``reach`` BM25's best.

    ``verbatim`` hold the question word for word. ``top`` is the highest BM25 score of all, where ``words`` does not hold it.
    """
    opened = gate(max(words.values(), default=0.0) if top is None else top, reach)
    scale = reach or 1.0
    bonus = dict.fromkeys(verbatim, VERBATIM)
    scores = {i: words.get(i, 0.0) / scale + opened * near.get(i, 0.0) + bonus.get(i, 0.0) for i in {**words, **near}}
    best = heapq.nsmallest(limit, scores, key=lambda i: (-scores[i], i))
    return [Scored(i, words.get(i, 0.0) / scale, near.get(i, 0.0), opened, bonus=bonus.get(i, 0.0)) for i in best]


def in_order(scored: Iterable[Scored]) -> list[Scored]:
    """Best first, equal ones by id."""
    return sorted(scored, key=lambda one: (-one.score, one.id))
