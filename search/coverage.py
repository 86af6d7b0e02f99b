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
    parts: frozenset[str]
    weight: float

    def within(self, held: str) -> float:
        if self.text in held:
            return self.weight
        return PARTLY * self.weight * sum(part in held for part in self.parts) / len(self.parts)


@dataclass(frozen=True)
class Coverage:
    """The asked groups of a question with their weights; each alternative as its words."""

    groups: tuple[tuple[float, tuple[tuple[_Word, ...], ...]], ...]

    @classmethod
    def of(cls, groups: Sequence[Group], index: Vocabulary) -> Coverage:
        """Weights by what each group could reach in the index, and within it by the rarity of each word."""
        return cls(
            tuple(
                (index.reach([group]), tuple(_words(a.text, index) for a in group.alternatives))
                for group in groups
                if group.asked
            )
        )

    def share(self, text: str) -> float:
        """From 0 (nothing of the question stands in the text) to 1 (all of it, in the words of some alternative)."""
        return self.share_of_plain(plain_form(text))

    def share_of_plain(self, held: str) -> float:
        """The same for a text in plain form."""
        total = sum(weight for weight, _ in self.groups)
        return sum(weight * _best(alternatives, held) for weight, alternatives in self.groups) / total if total else 0.0


def _words(text: str, index: Vocabulary) -> tuple[_Word, ...]:
    found = list(dict.fromkeys(words(text)))
    telling = [word for word in found if word not in plain_words("zh")] or found
    return tuple(_Word(word, frozenset(bigrams(word)), index.rarity(word, "words")) for word in telling if bigrams(word))


def _best(alternatives: Sequence[Sequence[_Word]], held: str) -> float:
    shares = (sum(word.within(held) for word in found) / (sum(word.weight for word in found) or 1.0) for found in alternatives)
    return max(shares, default=0.0)
