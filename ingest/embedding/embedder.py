"""What every model is to the rest of the house: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["passage", "query"]
Vectors = NDArray[np.float32]


class ModelError(Exception):
    """A model that cannot be loaded: which one, why, and what to do about it."""


class Embedder(Protocol):
    """A model in memory. ``name`` identifies it among stored vectors; ``languages`` are those it understands."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """float32 vectors of shape ``(len(texts), dimensions)``, L2-normalised; a text without known words gives zeros."""


def normalise(vectors: Vectors) -> Vectors:
    """Rows of length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), dtype=np.float32)
