"""What proposes candidates to a search: provisions by their words and by their meaning, under conditions that they must meet.

There are two makers of the same thing: tantivy and FAISS over caches beside the store (``search.indexes``), and a store that
has full text and vectors of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.protocol import Filter
from ingest.tokens import bigrams, words
from search.boolean.parsing import Node
from search.places import NamedPlace

Vector = NDArray[np.float32]
Scores = dict[str, float]
"""Score by provision id."""

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
STREAMS: tuple[Stream, ...] = ("words", "bigrams")


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
HOLDING = 20
"""How many provisions that hold the question word for word are candidates."""


@functools.lru_cache(maxsize=10_000)
def tokens_of(phrase: str) -> Mapping[Stream, tuple[str, ...]]:
    """The tokens of a phrase in each stream, each once."""
    return {"words": tuple(dict.fromkeys(words(phrase))), "bigrams": tuple(dict.fromkeys(bigrams(phrase)))}


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
        tokens = tokens_of(alternative.text)
        return alternative.weight * sum(self.rarity(token, stream) for stream in STREAMS for token in tokens[stream])


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words in groups, their meaning, and the question itself where it may stand word for word."""

    groups: tuple[Group, ...]
    vector: Vector
    """Shape ``(d,)``, length 1; zeros where nothing is known of the meaning."""
    verbatim: str = ""


class Proposed(NamedTuple):
    """Candidates with both of their scores, and those that hold the question word for word.

    ``words`` are BM25 scores over ``FIELDS``: for each group its best alternative, and the sum of the groups. ``near`` are
    cosines. What has no word or no vector is left out there.
    """

    words: Scores
    near: Scores
    verbatim: frozenset[str] = frozenset()


class Candidates(Protocol):
    """Everything that a search asks of its engines, as of one version of the store. Safe to use from several threads."""

    @property
    def words(self) -> Vocabulary: ...

    def propose(self, wanted: Wanted, k: int, scope: Scope = EVERYTHING) -> Proposed:
        """The ``k`` best by words, the ``k`` best by meaning and what holds the question, all within the scope."""

    def measure(self, wanted: Wanted, ids: Collection[str]) -> Proposed:
        """The same scores for these provisions, whatever else fits better."""

    def top(self, groups: Sequence[Group]) -> float:
        """The highest BM25 score of all provisions; 0 where none holds any of the words."""

    def meets(self, identifier: str, scope: Scope) -> bool:
        """Whether a provision meets the conditions."""

    def matching(self, node: Node) -> frozenset[str]:
        """Ids of all provisions that can match a Boolean query, and perhaps more, which their texts then decide."""
