"""Vectors of texts: the built-in static model, or any sentence-transformers model by name or folder."""

from ingest.embedding.embedder import Embedder, ModelError, Vectors
from ingest.embedding.loading import baseline, encode_provisions, load

__all__ = ["Embedder", "ModelError", "Vectors", "baseline", "encode_provisions", "load"]
