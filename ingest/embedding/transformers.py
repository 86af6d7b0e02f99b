"""Any other model, through sentence-transformers, which is installed apart because it brings torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import settings
from ingest.embedding.embedder import Kind, ModelError, Vectors, normalise

_BATCH = 64
_END = 1_000_000
"""Bytes at both ends of a file that tell one set of weights from another of the same size."""
_INSTALL = ".venv/bin/pip install -r requirements.txt"


class TransformersEmbedder:
    """A sentence-transformers model by name or folder, with its own prompt for queries and passages where it has one."""

    languages: tuple[str, ...] = ("zh", "en")

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"The model {name} needs sentence-transformers, which is not installed. Run: {_INSTALL}"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name, device=settings.DEVICE.value or None)
        except Exception as error:  # the library raises many kinds for "not found", "not reachable" and "broken"
            raise ModelError(
                f"The model {name} cannot be loaded ({_first_line(error)}). Give a folder that holds it, let this machine "
                "reach huggingface.co once, or unset ZHENGMAI_MODEL to use the built-in one."
            ) from error
        self.name = _identity(name)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Vectors of ``texts`` by the model's own pooling, normalised."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        rows = encode(list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return normalise(np.asarray(rows, dtype=np.float32))


def _identity(name: str) -> str:
    """The name for a model of the hub; for a folder its last part with a digest of its files' names, sizes and ends."""
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)}:{size}:".encode())
        with path.open("rb") as file:
            digest.update(file.read(_END))
            file.seek(max(0, size - _END))
            digest.update(file.read(_END))
    return f"{folder.name}-{digest.hexdigest()}"


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
