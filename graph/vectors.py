"""Nearest provisions by meaning: a FAISS index over the store's vectors, as a cache generation plus what is newer.

Flat up to 50 million floats, ``HNSW32_SQ8`` above; a small filtered set is always scored exactly. One FAISS thread: web workers
are processes of their own, and FAISS must be loaded after the fork.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.generations import Generation, Generations, Stamp
from graph.protocol import Reader, VectorSet

FLAT_LIMIT = 50_000_000
"""Floats up to which a flat index is used."""
EXACT_LIMIT = 20_000
"""Filtered sets up to this size are scored one by one."""
_INDEX, _IDS = "vectors.faiss", "ids.txt"
_BREADTH = 128

Vector = NDArray[np.float32]
Ranked = list[tuple[str, float]]


def form(reader: Reader, model: str) -> str:
    """The form of the cache: another layout, store or model is another form."""
    return f"vectors-1:{reader.meta('identity')}:{model}"


def build(reader: Reader, model: str, root: Path) -> Generation:
    """Write a new generation from all vectors of the model. Only for the process that holds the writer."""
    version = reader.version()
    vectors = reader.vectors(model)
    stamp = Stamp(version=version, form=form(reader, model), items=len(vectors.ids))
    return Generations(root).add(stamp, functools.partial(_write, vectors))


def _write(vectors: VectorSet, folder: Path) -> None:
    faiss = _faiss()
    faiss.write_index(_make_index(vectors.matrix), str(folder / _INDEX))
    (folder / _IDS).write_text("\n".join(vectors.ids), "utf-8")


def _make_index(matrix: Vector) -> Any:
    faiss = _faiss()
    count, dimensions = matrix.shape
    if count * dimensions <= FLAT_LIMIT:
        index = faiss.IndexFlatIP(dimensions)
    else:
        index = faiss.index_factory(dimensions, "HNSW32_SQ8", faiss.METRIC_INNER_PRODUCT)
        index.train(matrix)
    if count:
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
    return index


@dataclass(frozen=True)
class Base:
    """A generation opened: the FAISS index, and the id of each of its rows."""

    index: Any
    ids: tuple[str, ...]
    positions: dict[str, int]
    version: int


def open_base(generation: Generation) -> Base | None:
    """The generation's index, mapped and not read; ``None`` where it cannot be opened."""
    faiss = _faiss()
    try:
        index = faiss.read_index(str(generation.folder / _INDEX), faiss.IO_FLAG_MMAP_IFC)
        text = (generation.folder / _IDS).read_text("utf-8")
    except (OSError, RuntimeError):
        return None
    if hasattr(index, "hnsw"):
        index.hnsw.efSearch = _BREADTH
    ids = tuple(text.split("\n")) if text else ()
    if index.ntotal != len(ids):
        return None
    return Base(index, ids, {identifier: i for i, identifier in enumerate(ids)}, generation.stamp.version)


def with_newer(base: Base | None, reader: Reader, model: str) -> VectorIndex:
    """The base and what is newer than it; without a base everything counts as newer."""
    changed = reader.provisions_changed_since(base.version if base else 0)
    newer = reader.vectors(model, changed) if changed else VectorSet(ids=(), matrix=np.zeros((0, 0), dtype=np.float32))
    return VectorIndex(base, newer, superseded=frozenset(changed))


class VectorIndex:
    """Vectors of one model, searched as one: the base on disk, and ``newer`` rows that replace the ``superseded`` ones."""

    def __init__(self, base: Base | None, newer: VectorSet, superseded: frozenset[str] = frozenset()) -> None:
        self._base = base
        self._newer = newer
        self._newer_positions = {identifier: i for i, identifier in enumerate(newer.ids)}
        self._superseded = superseded

    @property
    def newer(self) -> int:
        """How many vectors the base does not hold."""
        return len(self._newer.ids)

    def search(self, query: Vector, k: int, among: Collection[str] | None = None) -> Ranked:
        """The ``k`` best ids with their cosines, among all or among the given ids only. ``query`` has shape ``(d,)``."""
        if among is not None and len(among) <= EXACT_LIMIT:
            return _best(self.score(query, among), k)
        found = self._search_base(query, k, among)
        if self._newer.ids:
            cosines = self._newer.matrix @ query
            found += [(i, float(c)) for i, c in zip(self._newer.ids, cosines, strict=True) if among is None or i in among]
        return _best(dict(found), k)

    def score(self, query: Vector, ids: Collection[str]) -> dict[str, float]:
        """The exact cosine for each of these ids that has a vector."""
        known = sorted(i for i in ids if self._position(i) is not None)
        if not known:
            return {}
        matrix = np.stack([self._row(i) for i in known])
        return dict(zip(known, (matrix @ query).tolist(), strict=True))

    def row(self, identifier: str) -> Vector | None:
        """The vector of one provision."""
        return self._row(identifier) if self._position(identifier) is not None else None

    def _position(self, identifier: str) -> int | None:
        if identifier in self._newer_positions:
            return self._newer_positions[identifier]
        if self._base is None or identifier in self._superseded:
            return None
        return self._base.positions.get(identifier)

    def _row(self, identifier: str) -> Vector:
        position = self._newer_positions.get(identifier)
        if position is not None:
            return np.asarray(self._newer.matrix[position])
        assert self._base is not None
        return np.asarray(self._base.index.reconstruct(self._base.positions[identifier]))

    def _search_base(self, query: Vector, k: int, among: Collection[str] | None) -> Ranked:
        if self._base is None or not self._base.ids:
            return []
        faiss = _faiss()
        wanted = min(k + len(self._superseded), len(self._base.ids))
        parameters = None
        if among is not None:
            rows = np.array(sorted(self._base.positions[i] for i in among if i in self._base.positions), dtype=np.int64)
            selector = faiss.IDSelectorBatch(rows)
            hnsw = hasattr(self._base.index, "hnsw")
            parameters = (
                faiss.SearchParametersHNSW(sel=selector, efSearch=_BREADTH) if hnsw else faiss.SearchParameters(sel=selector)
            )
        cosines, rows_found = self._base.index.search(query[None, :].astype(np.float32), wanted, params=parameters)
        pairs = zip(rows_found[0].tolist(), cosines[0].tolist(), strict=True)
        named = ((self._base.ids[row], cosine) for row, cosine in pairs if row >= 0)
        return [(identifier, cosine) for identifier, cosine in named if identifier not in self._superseded]


def _best(scores: dict[str, float], k: int) -> Ranked:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]


@functools.cache
def _faiss() -> Any:
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
