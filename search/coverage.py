"""How much of a question a text speaks of: the share of its words, weighted by their rarity."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.tokens import bigrams, plain, words
from search.candidates import Group, Vocabulary
from search.questions import plain_words

plain_form = functools.lru_cache(maxsize=10_000)(plain)
"""The plain form of texts that one question after another asks about."""
PARTLY = 0.7
"""What the share of a word's character pairs counts where the word itself does not stand."""


class _Word(NamedTuple):
    """A word of the question, its pairs of characters where it is longer than one, and its weight."""

    text: str
    parts: tuple[str, ...]
    weight: float

    def within(self, held: str, context: str = "") -> float:
        """Its weight where a text (or its context) holds it, else part of it for the pairs that stand there."""
        if self.text in held or self.text in context:
            return self.weight
        standing = 0
        for part in self.parts:
            standing += part in held or part in context
        return PARTLY * self.weight * standing / len(self.parts) if standing else 0.0


class _Alternative(NamedTuple):
    """Which of the question's words say it, and their weights together."""

    numbers: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Coverage:
    """The words of a question, and its asked groups with their weights, each alternative by its words.

    Every candidate of every question is weighed here, so the loops are plain ones.
    """

    words: tuple[_Word, ...]
    groups: tuple[tuple[float, tuple[_Alternative, ...]], ...]

    @classmethod
    def of(cls, groups: Sequence[Group], index: Vocabulary) -> Coverage:
        """Weights by what each group could reach in the index, and within it by the rarity of each word."""
        asked = [group for group in groups if group.asked]
        telling = [[_telling(alternative.text) for alternative in group.alternatives] for group in asked]
        numbers = {word: n for n, word in enumerate(dict.fromkeys(w for group in telling for held in group for w in held))}
        found = tuple(_Word(word, _parts(word), index.rarity(word, "words")) for word in numbers)

        def alternative(held: Sequence[str]) -> _Alternative:
            own = tuple(numbers[word] for word in held)
            return _Alternative(own, sum(found[n].weight for n in own) or 1.0)

        weighed = zip(asked, telling, strict=True)
        return cls(found, tuple((index.reach([group]), tuple(map(alternative, held))) for group, held in weighed))

    def share(self, text: str) -> float:
        """From 0 (nothing of the question stands in the text) to 1 (all of it, in the words of some alternative)."""
        held = plain_form(text)
        return self._share([word.within(held) for word in self.words])

    def shares(self, held: str, context: str) -> tuple[float, float]:
        """The share of a text in plain form, and that of the text and its context together."""
        said = [word.within(held) for word in self.words]
        own = self._share(said)
        if own == 1.0:
            return own, own
        around = [
            already if already == word.weight else word.within(held, context)
            for already, word in zip(said, self.words, strict=True)
        ]
        return own, own if around == said else self._share(around)

    def _share(self, said: Sequence[float]) -> float:
        """``said`` is the weight of each of the words that a text says."""
        total = covered = 0.0
        for weight, alternatives in self.groups:
            best = 0.0
            for numbers, whole in alternatives:
                value = 0.0
                for number in numbers:
                    value += said[number]
                best = max(best, value / whole)
            total += weight
            covered += weight * best
        return covered / total if total else 0.0


def _parts(word: str) -> tuple[str, ...]:
    pairs = tuple(dict.fromkeys(bigrams(word)))
    return () if pairs == (word,) else pairs


@functools.lru_cache(maxsize=10_000)
def _telling(text: str) -> list[str]:
    """The words of a phrase that carry a topic, or all of them where none does."""
    found = [word for word in dict.fromkeys(words(text)) if bigrams(word)]
    return [word for word in found if word not in plain_words("zh")] or found
