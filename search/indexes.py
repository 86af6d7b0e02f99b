"""The two indexes of a store as of its present version, opened again when it changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from graph import vectors
from graph.protocol import Reader
from search import keyword
from search.caches import keyword_root, vector_root


@dataclass(frozen=True)
class Indexes:
    """The keyword index and the vector index as of one version of the store."""

    version: int
    words: keyword.KeywordIndex
    meanings: vectors.VectorIndex


class IndexKeeper:
    """Hands out the indexes of the version that the store has now. Safe to use from several threads."""

    def __init__(self, reader: Reader, home: Path) -> None:
        self._reader = reader
        self._home = home
        self._lock = threading.Lock()
        self._indexes: Indexes | None = None

    def current(self, model: str) -> Indexes:
        """The indexes with the vectors of that model."""
        version = self._reader.version()
        with self._lock:
            if self._indexes is None or self._indexes.version != version:
                self._indexes = Indexes(
                    version,
                    keyword.open_index(self._reader, keyword_root(self._home)),
                    vectors.open_index(self._reader, model, vector_root(self._home)),
                )
            return self._indexes
