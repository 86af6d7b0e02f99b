"""Loading a model by the name that the setting gives."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ingest.embedding.embedder import Embedder, Vectors, normalise
from settings import ROOT

BUILTIN = ROOT / "data" / "model"


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
