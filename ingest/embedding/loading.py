"""Loading a model by the name that the setting gives."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from settings import ROOT

Kind = Literal["passage", "query"]
Vectors = NDArray[np.float32]
BUILTIN = ROOT / "data" / "model"


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


@functools.lru_cache(maxsize=2)
def load(name: str = "builtin") -> Embedder:
    """The model of that name: ``builtin``, or a sentence-transformers name or folder.

    Raises ``ModelError`` when it is not there or the library that reads it is not installed.
    """
    if name == "builtin":
        from ingest.embedding.builtin import BuiltinEmbedder

        return BuiltinEmbedder(BUILTIN)
    from ingest.embedding.transformers import TransformersEmbedder

    return TransformersEmbedder(name)


def encode_provisions(embedder: Embedder, headings: Sequence[str | None], texts: Sequence[str]) -> Vectors:
    """Vectors of provisions, in which a heading weighs as much as its whole text: ``normalise(text + heading)``."""
    titles = [heading or "" for heading in headings]
    return normalise(embedder.encode(texts) + embedder.encode(titles))


def normalise(vectors: Vectors) -> Vectors:
    """Rows of length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), dtype=np.float32)
