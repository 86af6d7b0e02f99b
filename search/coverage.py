"""How much of a question a text speaks of: the share of its words, weighted by their rarity."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tokens import bigrams, plain, words
from search.candidates import Group, Vocabulary
from search.questions import plain_words

plain_form = functools.lru_cache(maxsize=10_000)(plain)
"""The plain form of texts that one question after another asks about."""
PARTLY = 0.7
"""What the share of a word's character pairs counts where the word itself does not stand."""


@dataclass(frozen=True)
class _Word:
    """A word of the question, with its pairs of characters and its weight."""

    text: str
    parts: tuple[str, ...]
    weight: float

    def within(self, held: Sequence[str]) -> float:
        """Its weight where one of the texts holds it, else part of it for the pairs that stand in any of them."""
        if any(self.text in text for text in held):
            return self.weight
        if len(self.parts) == 1 and self.parts[0] == self.text:
            return 0.0
        standing = sum(any(part in text for text in held) for part in self.parts)
        return PARTLY * self.weight * standing / len(self.parts)


@dataclass(frozen=True)
class _Alternative:
    """Which of the question's words say it, and their weights together."""

    numbers: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Coverage:
    """The words of a question, and its asked groups with their weights, each alternative by its words."""

    words: tuple[_Word, ...]
    groups: tuple[tuple[float, tuple[_Alternative, ...]], ...]

    @classmethod
    def of(cls, groups: Sequence[Group], index: Vocabulary) -> Coverage:
        """Weights by what each group could reach in the index, and within it by the rarity of each word."""
        asked = [group for group in groups if group.asked]
        telling = [[_telling(alternative.text) for alternative in group.alternatives] for group in asked]
        numbers = {word: n for n, word in enumerate(dict.fromkeys(w for group in telling for held in group for w in held))}
        found = tuple(_Word(word, tuple(dict.fromkeys(bigrams(word))), index.rarity(word, "words")) for word in numbers)

        def alternative(held: Sequence[str]) -> _Alternative:
            own = tuple(numbers[word] for word in held)
            return _Alternative(own, sum(found[n].weight for n in own) or 1.0)

        weighed = zip(asked, telling, strict=True)
        return cls(found, tuple((index.reach([group]), tuple(map(alternative, held))) for group, held in weighed))

    def share(self, text: str) -> float:
        """From 0 (nothing of the question stands in the text) to 1 (all of it, in the words of some alternative)."""
        return self._share([plain_form(text)])

    def shares(self, held: str, context: str) -> tuple[float, float]:
        """The share of a text in plain form, and that of the text and its context together."""
        own = self._share([held])
        return own, own if own == 1.0 else self._share([held, context])

    def _share(self, held: Sequence[str]) -> float:
        said = [word.within(held) for word in self.words]
        total = sum(weight for weight, _ in self.groups)
        best = (
            weight * max((sum(said[n] for n in one.numbers) / one.weight for one in alternatives), default=0.0)
            for weight, alternatives in self.groups
        )
        return sum(best) / total if total else 0.0


def _telling(text: str) -> list[str]:
    """The words of a phrase that carry a topic, or all of them where none does."""
    found = [word for word in dict.fromkeys(words(text)) if bigrams(word)]
    return [word for word in found if word not in plain_words("zh")] or found
