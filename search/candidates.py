"""What proposes candidates to a search: provisions by their words and by their meaning, under conditions that they must meet.

There are two makers of the same thing: tantivy and FAISS over caches beside the store (``search.indexes``), and a store that
has full text and vectors of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.protocol import Filter
from ingest.tokens import bigrams, words
from search.boolean.parsing import Node
from search.places import NamedPlace

Vector = NDArray[np.float32]
Scores = dict[str, float]
"""Score by provision id, best first, equal ones by id."""

FIELDS = {
    "words": 1.0,
    "bigrams": 1.0,
    "heading_words": 0.5,
    "heading_bigrams": 0.5,
    "context_words": 0.2,
    "context_bigrams": 0.2,
}
"""The fields in which words are looked for, and their weights: the provision, its heading, what stands above it."""
Stream = Literal["words", "bigrams"]


@dataclass(frozen=True)
class Alternative:
    """A Chinese phrase that says something, and how surely."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """One thing that a question speaks of: any of ``alternatives`` says it, and the best one counts."""

    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    asked: bool = True
    """False for what was added and not asked: it may gain a score, but nothing falls short of it."""


ALL = Filter()


@dataclass(frozen=True)
class Scope:
    """What a hit must meet, however well it fits.

    It is admitted by ``where``, is of one of the ``places`` or about it (unless the filter gives a place), holds each of the
    ``phrases`` word for word, and none of ``excluded``.
    """

    where: Filter = ALL
    places: tuple[NamedPlace, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


EVERYTHING = Scope()


class Vocabulary(Protocol):
    """What the store holds of words, and how rare they are."""

    def rarity(self, token: str, stream: Stream) -> float:
        """BM25's inverse document frequency of a token; that of a token seen nowhere is the highest."""

    def occurs(self, phrase: str) -> bool:
        """Whether every bigram of the phrase stands in some provision (near enough to the phrase itself)."""

    def reach(self, groups: Sequence[Group]) -> float:
        """Sum over groups of the rarity of their tokens, the best alternative counting; unseen words count in full."""
        return sum(group.weight * max(map(self._rarity_of, group.alternatives), default=0.0) for group in groups if group.asked)

    def _rarity_of(self, alternative: Alternative) -> float:
        streams: tuple[tuple[Stream, list[str]], ...] = (
            ("words", words(alternative.text)),
            ("bigrams", bigrams(alternative.text)),
        )
        rarity = sum(self.rarity(token, stream) for stream, tokens in streams for token in dict.fromkeys(tokens))
        return alternative.weight * rarity


class Candidates(Protocol):
    """Everything that a search asks of its engines, as of one version of the store. Safe to use from several threads."""

    @property
    def words(self) -> Vocabulary: ...

    def by_words(self, groups: Sequence[Group], k: int, scope: Scope = EVERYTHING) -> Scores:
        """The ``k`` best provisions by BM25 over ``FIELDS``: for each group its best alternative, and the sum of the groups."""

    def words_in(self, groups: Sequence[Group], ids: Collection[str]) -> Scores:
        """The same score for each of these provisions that holds any of the words."""

    def by_meaning(self, query: Vector, k: int, scope: Scope = EVERYTHING) -> Scores:
        """The ``k`` provisions with the highest cosines. ``query`` has shape ``(d,)`` and length 1."""

    def meaning_in(self, query: Vector, ids: Collection[str]) -> Scores:
        """The cosine for each of these provisions that has a vector."""

    def meets(self, identifier: str, scope: Scope) -> bool:
        """Whether a provision meets the conditions."""

    def matching(self, node: Node) -> frozenset[str]:
        """Ids of all provisions that can match a Boolean query, and perhaps more, which their texts then decide."""
