"""The built-in static embedding, read with numpy and tokenizers alone: a text is the mean of its pieces' rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ingest.embedding.embedder import Kind, ModelError, Vectors, normalise
from ingest.tokens import plain

_BATCH = 1024


class BuiltinEmbedder:
    """A folder with ``tokenizer.json`` and ``model.safetensors``: ``embeddings`` int8 (pieces, d), ``weights`` their scales."""

    languages: tuple[str, ...] = ("zh",)

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tables = load_file(folder / "model.safetensors")
        except Exception as error:  # tokenizers raises bare Exception for a file that is missing or broken
            raise ModelError(
                f"The built-in model in {folder} cannot be read ({error}); restore it from the checkout."
            ) from error
        self._tokenizer.no_padding()
        self._rows = tables["embeddings"]
        self._scales = tables["weights"].astype(np.float32)
        digest = hashlib.blake2b(self._rows.tobytes() + self._scales.tobytes(), digest_size=6).hexdigest()
        self.name = f"builtin-{digest}"
        self.dimensions = int(self._rows.shape[1])

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:  # noqa: ARG002 — one table serves both kinds
        """Vectors of ``texts``, brought to plain form first (simplified characters, one width)."""
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            batch = [plain(text) for text in texts[first : first + _BATCH]]
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, first):
                ids = np.asarray(encoding.ids, dtype=np.int64)
                if ids.size:
                    out[row] = self._scales[ids] @ self._rows[ids].astype(np.float32) / ids.size
        return normalise(out)
