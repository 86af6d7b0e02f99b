"""What a store offers that has full text and vectors of its own, so that a search needs no index beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Scores = dict[str, float]
"""Score by provision id."""


@runtime_checkable
class FullText(Protocol):
    """Queries are in Lucene's syntax, over the fields that ``search.lucene`` names. Safe to use from several threads."""

    def ranked(self, queries: Sequence[str], limit: int) -> list[Scores]:
        """For each query the ``limit`` best provisions, best first."""

    def counted(self, queries: Sequence[str]) -> list[int]:
        """For each query how many provisions it admits."""

    def nearest(self, model: str, vector: Vector, limit: int) -> Scores:
        """About ``limit`` provisions with the highest cosines; none where the store has no vectors of that model."""

    def cosines(self, model: str, vector: Vector, ids: Collection[str]) -> Scores:
        """The exact cosine of each of these provisions that has a vector of that model."""
