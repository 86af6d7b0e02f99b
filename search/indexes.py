"""The two indexes of a store as of its present version, opened again when it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from graph import vectors
from graph.generations import Generation, Generations
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
        self._lock = threading.Lock()
        self._indexes: Indexes | None = None
        self._words = _BaseKeeper(Generations(keyword_root(home)), keyword.open_base)
        self._meanings = _BaseKeeper(Generations(vector_root(home)), vectors.open_base)

    def current(self, model: str) -> Indexes:
        """The indexes with the vectors of that model."""
        version = self._reader.version()
        with self._lock:
            if self._indexes is None or self._indexes.version != version:
                words = self._words.current(keyword.form(self._reader), version)
                meanings = self._meanings.current(vectors.form(self._reader, model), version)
                self._indexes = Indexes(
                    version,
                    keyword.with_newer(words, self._reader),
                    vectors.with_newer(meanings, self._reader, model),
                )
            return self._indexes


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


B = TypeVar("B", bound=_Versioned)


class _BaseKeeper(Generic[B]):
    """Keeps one cache's generation open until another is in force."""

    def __init__(self, generations: Generations, open_base: Callable[[Generation], B | None]) -> None:
        self._generations = generations
        self._open = open_base
        self._opened: tuple[str, str] | None = None
        self._base: B | None = None

    def current(self, form: str, version: int) -> B | None:
        """The base in force, unless it is of another form or from a later state than ``version``."""
        seen = (self._generations.pointer(), form)
        if seen != self._opened:
            generation = self._generations.current(form)
            self._base = self._open(generation) if generation else None
            self._opened = seen
        return self._base if self._base is not None and self._base.version <= version else None
