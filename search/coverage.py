"""How much of a question a text speaks of: the share of its words, weighted by their rarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tokens import bigrams, plain
from search.keyword import Group, KeywordIndex


@dataclass(frozen=True)
class Coverage:
    """The asked groups of a question with their weights; each alternative as its distinct bigrams."""

    groups: tuple[tuple[float, tuple[frozenset[str], ...]], ...]

    @classmethod
    def of(cls, groups: Sequence[Group], index: KeywordIndex) -> Coverage:
        """Weights by what each group could reach in the index."""
        return cls(
            tuple(
                (index.reach([group]), tuple(frozenset(bigrams(a.text)) for a in group.alternatives))
                for group in groups
                if group.asked
            )
        )

    def share(self, text: str) -> float:
        """From 0 (nothing of the question stands in the text) to 1 (all of it, in the words of some alternative)."""
        total = sum(weight for weight, _ in self.groups)
        held = plain(text)
        return sum(weight * _best(alternatives, held) for weight, alternatives in self.groups) / total if total else 0.0


def _best(alternatives: Sequence[frozenset[str]], held: str) -> float:
    shares = (sum(part in held for part in parts) / len(parts) for parts in alternatives if parts)
    return max(shares, default=0.0)
