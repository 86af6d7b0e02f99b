"""Nearest provisions by meaning: a FAISS index over the store's vectors, as a cache generation plus what is newer.

Flat up to 50 million floats, ``HNSW32_SQ8`` above; a small filtered set is always scored exactly, and so is one of which HNSW
reaches too little. A large flat index is read behind a first pass over codes of four bits, which leaves it so many rows that
the best are among them (``make bench`` measures it), in a tenth of the time. One FAISS thread: web workers are processes of
their own, and FAISS must be loaded after the fork.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
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
"""Filtered sets up to this size are scored one by one where the index is not exact itself."""
FIRST_PASS_FROM = 20_000
"""Rows from which on a flat index has a first pass."""
PASSED_ON = 15
"""How many times as many rows as are wanted the first pass leaves."""
_BLOCK = 50_000
"""Vectors that are in memory at once while many are scored."""
_INDEX, _FIRST, _IDS = "vectors.faiss", "first_pass.faiss", "ids.txt"
_BREADTH = 128
_SAMPLE = 20_000
"""Vectors from which the codes of the first pass are learnt."""

Vector = NDArray[np.float32]
Rows = NDArray[np.int64]
Ranked = list[tuple[str, float]]


def form(reader: Reader, model: str) -> str:
    """The form of the cache: another layout, store or model is another form."""
    return f"vectors-2:{reader.meta('identity')}:{model}"


def build(reader: Reader, model: str, root: Path) -> Generation:
    """Write a new generation from all vectors of the model. Only for the process that holds the writer."""
    version = reader.version()
    vectors = reader.vectors(model)
    stamp = Stamp(version=version, form=form(reader, model), items=len(vectors.ids))
    return Generations(root).add(stamp, functools.partial(_write, vectors))


def _write(vectors: VectorSet, folder: Path) -> None:
    faiss = _faiss()
    faiss.write_index(_make_index(vectors.matrix), str(folder / _INDEX))
    if (first := _make_first_pass(vectors.matrix)) is not None:
        faiss.write_index(first, str(folder / _FIRST))
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


def _make_first_pass(matrix: Vector) -> Any | None:
    """Four bits for each two numbers of a vector; none for few vectors, and none where HNSW is the index."""
    count, dimensions = matrix.shape
    if count < FIRST_PASS_FROM or count * dimensions > FLAT_LIMIT or dimensions % 2:
        return None
    faiss = _faiss()
    index = faiss.index_factory(dimensions, f"PQ{dimensions // 2}x4fs", faiss.METRIC_INNER_PRODUCT)
    index.train(np.ascontiguousarray(matrix[:: max(1, count // _SAMPLE)]))
    index.add(matrix)
    return index


@dataclass(frozen=True)
class Base:
    """A generation opened: the FAISS index, with its first pass where it has one, and the id of each of its rows."""

    index: Any
    refined: Any | None
    ids: tuple[str, ...]
    positions: dict[str, int]
    version: int

    @functools.cached_property
    def documents(self) -> dict[str, list[int]]:
        """The rows of each document."""
        rows = defaultdict(list)
        for row, identifier in enumerate(self.ids):
            rows[document_of(identifier)].append(row)
        return dict(rows)

    def without(self, documents: Collection[str]) -> Rows:
        """All rows but those of these documents, in order."""
        shown = np.ones(len(self.ids), dtype=bool)
        for document in documents:
            shown[self.documents[document]] = False
        return np.flatnonzero(shown)


def open_base(generation: Generation) -> Base | None:
    """The generation's index, mapped and not read; ``None`` where it cannot be opened."""
    faiss = _faiss()
    try:
        index = faiss.read_index(str(generation.folder / _INDEX), faiss.IO_FLAG_MMAP_IFC)
        first = faiss.read_index(str(generation.folder / _FIRST)) if (generation.folder / _FIRST).exists() else None
        text = (generation.folder / _IDS).read_text("utf-8")
    except (OSError, RuntimeError):
        return None
    if hasattr(index, "hnsw"):
        index.hnsw.efSearch = _BREADTH
    ids = tuple(text.split("\n")) if text else ()
    if index.ntotal != len(ids):
        return None
    refined = None if first is None else faiss.IndexRefine(first, index)
    return Base(index, refined, ids, {identifier: i for i, identifier in enumerate(ids)}, generation.stamp.version)


def with_newer(base: Base | None, reader: Reader, model: str) -> VectorIndex:
    """The base and what is newer than it; without a base everything counts as newer."""
    changed = reader.provisions_changed_since(base.version if base else 0)
    newer = reader.vectors(model, changed) if changed else VectorSet(ids=(), matrix=np.zeros((0, 0), dtype=np.float32))
    return VectorIndex(base, newer, hidden_documents(base.documents, base.version, reader, changed) if base else ())


def hidden_documents(held: Iterable[str], version: int, reader: Reader, changed: Iterable[str]) -> frozenset[str]:
    """Those of the documents that a cache holds which have changed since its ``version`` or are gone."""
    if reader.version() == version:
        return frozenset()
    return (frozenset(held) - frozenset(reader.ids("document"))) | (frozenset(map(document_of, changed)) & frozenset(held))


def document_of(provision_id: str) -> str:
    """The document's id in a provision's."""
    return provision_id.partition(":")[0]


@dataclass(frozen=True)
class Selection:
    """The rows that a search may find, in order: those of the base and those that are newer."""

    base: Rows
    newer: Rows


class VectorIndex:
    """Vectors of one model, searched as one: the base on disk without its ``hidden`` documents, and ``newer`` rows."""

    def __init__(self, base: Base | None, newer: VectorSet, hidden: Collection[str] = ()) -> None:
        self._base = base
        self._newer = newer
        self._newer_positions = {identifier: i for i, identifier in enumerate(newer.ids)}
        self._shown = base.without(hidden) if base and hidden else None
        self._hidden = frozenset(hidden)

    @property
    def newer(self) -> int:
        """How many vectors the base does not hold."""
        return len(self._newer.ids)

    def select(self, ids: Collection[str] | None, barred: Collection[str] = ()) -> Selection:
        """What a search may find among these ids (null: all), without the barred ones."""
        among = None if ids is None else self._rows(ids)
        without = self._rows(barred)
        counts = len(self._base.ids) if self._base else 0, self.newer
        base, newer = (_chosen(n, None if among is None else among[i], without[i]) for i, n in enumerate(counts))
        return Selection(base if among or self._shown is None else np.intersect1d(base, self._shown), newer)

    def search(self, query: Vector, k: int, among: Selection | None = None) -> Ranked:
        """The ``k`` best ids with their cosines, among all or among the selected ones only. ``query`` has shape ``(d,)``."""
        found = self._search_base(query, k, self._shown if among is None else among.base)
        if self._newer.ids:
            rows = np.arange(self.newer) if among is None else among.newer
            found += _named(self._newer.ids, rows, self._newer.matrix[rows] @ query, k)
        return _best(found, k)

    def score(self, query: Vector, ids: Collection[str]) -> dict[str, float]:
        """The exact cosine for each of these ids that has a vector."""
        in_base, in_newer = self._rows(ids)
        found = {}
        if in_base and self._base:
            found = dict(_named(self._base.ids, np.array(in_base), self._cosines(query, np.array(in_base)), len(in_base)))
        if in_newer:
            rows = np.array(in_newer)
            found |= _named(self._newer.ids, rows, self._newer.matrix[rows] @ query, len(rows))
        return found

    def row(self, identifier: str) -> Vector | None:
        """The vector of one provision."""
        in_base, in_newer = self._rows([identifier])
        if in_newer:
            return np.asarray(self._newer.matrix[in_newer[0]])
        return np.asarray(self._base.index.reconstruct(in_base[0])) if in_base and self._base else None

    def _rows(self, ids: Iterable[str]) -> tuple[list[int], list[int]]:
        """Where the vectors of these ids are, in the base and in what is newer."""
        in_base, in_newer, hidden = [], [], self._hidden
        positions = self._base.positions if self._base else {}
        for identifier in ids:
            if (newer := self._newer_positions.get(identifier)) is not None:
                in_newer.append(newer)
            elif (row := positions.get(identifier)) is not None and not (hidden and document_of(identifier) in hidden):
                in_base.append(row)
        return in_base, in_newer

    def _search_base(self, query: Vector, k: int, among: Rows | None) -> Ranked:
        """The best rows of the base, among those given or all."""
        base = self._base
        count = 0 if base is None else len(base.ids) if among is None else len(among)
        if base is None or not count:
            return []
        wanted = min(k, count)
        if among is None and base.refined is not None:
            parameters = _faiss().IndexRefineSearchParameters(k_factor=PASSED_ON)
            return _found(base, *base.refined.search(query[None, :], wanted, params=parameters))
        if among is None or count > EXACT_LIMIT or not hasattr(base.index, "hnsw"):
            cosines, rows = base.index.search(query[None, :], wanted, params=_parameters(base, among))
            if rows[0, -1] >= 0:
                return _found(base, cosines, rows)
        every = np.arange(count) if among is None else among
        return _named(base.ids, every, self._cosines(query, every), wanted)

    def _cosines(self, query: Vector, rows: Rows) -> Vector:
        """The exact cosines of rows of the base."""
        assert self._base is not None
        blocks = (rows[first : first + _BLOCK] for first in range(0, len(rows), _BLOCK))
        return np.concatenate([self._base.index.reconstruct_batch(block) @ query for block in blocks])


def _chosen(count: int, among: Sequence[int] | None, barred: Sequence[int]) -> Rows:
    """Of ``count`` rows those given (null: all) that are not barred, in order."""
    chosen = np.full(count, among is None)
    chosen[np.array(among or (), dtype=np.int64)] = True
    chosen[np.array(barred, dtype=np.int64)] = False
    return np.flatnonzero(chosen)


def _parameters(base: Base, among: Rows | None) -> Any:
    """How FAISS is told to look at some rows only."""
    if among is None:
        return None
    faiss = _faiss()
    admitted = np.zeros(len(base.ids), dtype=bool)
    admitted[among] = True
    selector = faiss.IDSelectorBitmap(np.packbits(admitted, bitorder="little"))
    if hasattr(base.index, "hnsw"):
        return faiss.SearchParametersHNSW(sel=selector, efSearch=_BREADTH)
    return faiss.SearchParameters(sel=selector)


def _found(base: Base, cosines: Vector, rows: Rows) -> Ranked:
    """What FAISS found for one query."""
    return [(base.ids[row], cosine) for row, cosine in zip(rows[0].tolist(), cosines[0].tolist(), strict=True)]


def _named(ids: Sequence[str], rows: Rows, cosines: Vector, k: int) -> Ranked:
    """The ``k`` best of these rows under their ids, in no order."""
    if k < len(rows):
        best = np.argpartition(-cosines, k - 1)[:k]
        rows, cosines = rows[best], cosines[best]
    return [(ids[row], cosine) for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)]


def _best(scores: Ranked, k: int) -> Ranked:
    return sorted(scores, key=lambda item: (-item[1], item[0]))[:k]


@functools.cache
def _faiss() -> Any:
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
