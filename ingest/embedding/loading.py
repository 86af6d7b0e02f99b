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


_UNRELATED = (
    "农作物种子质量检验",
    "夫妻共同财产的分割",
    "船舶进港引航",
    "博物馆藏品登记",
    "疫苗冷链运输",
    "证券交易印花税",
    "消防车辆通行",
)


@functools.lru_cache(maxsize=2)
def baseline(name: str) -> float:
    """The mean cosine of texts that have nothing to do with one another, by the model of that name: near 0 or up to 0.5."""
    vectors = load(name).encode(_UNRELATED)
    count = len(_UNRELATED)
    return max(0.0, float((vectors @ vectors.T).sum() - count) / (count * (count - 1)))


def normalise(vectors: Vectors) -> Vectors:
    """Rows of length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), dtype=np.float32)
