"""One score from words and meaning: a gated sum, so that exact questions stay exact.

>>> round(gate(top=9.0, reach=10.0, weight=2.0), 2)
0.2
"""

from __future__ import annotations

WEIGHT = 2.0
"""How much meaning counts where no provision holds any of the question's words."""


def gate(top: float, reach: float, weight: float = WEIGHT) -> float:
    """The weight of meaning: ``weight`` where nothing matches, near 0 where some provision has all the words."""
    return weight * (1.0 - min(1.0, top / reach)) if reach > 0 else weight


def fuse(keyword: float, similarity: float, *, reach: float, gate: float) -> float:
    """``keyword / reach + gate × similarity``."""
    return (keyword / reach if reach > 0 else 0.0) + gate * similarity
