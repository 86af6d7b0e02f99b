"""Vectors of texts: the built-in static model, or any sentence-transformers model by name or folder."""

from ingest.embedding.loading import Embedder, ModelError, encode_provisions, load

__all__ = ["Embedder", "ModelError", "encode_provisions", "load"]
