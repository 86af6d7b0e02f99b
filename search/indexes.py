"""tantivy and FAISS as one maker of candidates, as of the store's present version, opened again when it changes."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from graph import vectors
from graph.full_text import FullText
from graph.generations import Generation, Generations
from graph.protocol import Filter, Reader
from search import keyword
from search.boolean.candidates import to_query
from search.boolean.parsing import Node
from search.caches import keyword_root, vector_root
from search.candidates import EVERYTHING, HOLDING, Candidates, Group, Proposed, Scope, Scores, Wanted
from search.own_indexes import OwnKeeper
from search.places import NamedPlace

SCOPES_KEPT = 8
"""How many conditions are remembered with what they admit, while the store does not change."""
MUCH_NEWER = 5_000
"""Provisions that are newer than the caches, as while many documents are ingested, from which on indexing them takes long."""
PATIENCE = 10.0
"""Seconds for which such an index stays in use although the store has changed."""
Query = Any


class Keeper(Protocol):
    """Hands out what proposes candidates as of now. Safe to use from several threads."""

    def current(self, model: str) -> Candidates:
        """With the vectors of that model (``Embedder.name``)."""


def keeper_of(reader: Reader, home: Path) -> Keeper:
    """The keeper for a store: of its own indexes where it has them, else of caches in ``home``."""
    return OwnKeeper(reader) if isinstance(reader, FullText) else IndexKeeper(reader, home)


class Indexes:
    """The keyword index and the vector index as of one version of the store."""

    def __init__(self, version: int, reader: Reader, words: keyword.KeywordIndex, meanings: vectors.VectorIndex) -> None:
        self.version = version
        self.words = words
        self._meanings = meanings
        self._reader = reader
        self._admitted = functools.lru_cache(SCOPES_KEPT)(self._admit)

    def propose(self, wanted: Wanted, k: int, scope: Scope = EVERYTHING) -> Proposed:
        """As ``Candidates`` says, and so for the methods below."""
        admitted = self._admitted(scope)
        if admitted.nothing:
            return Proposed({}, {})
        near = dict(self._meanings.search(wanted.vector, k, admitted.rows)) if wanted.vector.any() else {}
        words = self.words.search(wanted.groups, k, near.keys(), admitted.must, admitted.never)
        holding = self._holding(wanted, admitted.must, admitted.never)
        words |= holding
        if near:
            near |= self._meanings.score(wanted.vector, [i for i in words if i not in near])
        return Proposed(words, near, frozenset(holding))

    def measure(self, wanted: Wanted, ids: Collection[str]) -> Proposed:
        must = (self.words.among("id", ids),)
        near = self._meanings.score(wanted.vector, ids) if wanted.vector.any() else {}
        return Proposed(self.words.search(wanted.groups, len(ids), must=must), near, frozenset(self._holding(wanted, must)))

    def top(self, groups: Sequence[Group]) -> float:
        return max(self.words.search(groups, 1).values(), default=0.0)

    def meets(self, identifier: str, scope: Scope) -> bool:
        admitted = self._admitted(scope)
        return identifier not in admitted.barred and (admitted.ids is None or identifier in admitted.ids)

    def matching(self, node: Node) -> frozenset[str]:
        return self.words.matching(lambda schema: to_query(node, schema))

    def _holding(self, wanted: Wanted, must: Sequence[Query], never: Sequence[Query] = ()) -> Scores:
        """What holds the question word for word, with its scores."""
        words = self.words
        stating = words.stating([wanted.verbatim]) if wanted.verbatim else None
        if stating is None or not words.admits(stating):
            return {}
        return words.search(wanted.groups, HOLDING, must=(*must, stating), never=never)

    def _admit(self, scope: Scope) -> _Admitted:
        where, words = scope.where, self.words
        conditions = [self._of_filter(where)] if where != Filter() else []
        if scope.places and where.jurisdiction is None:
            conditions.append(self._of_places(scope.places))
        holding = [words.stating([phrase]) for phrase in scope.phrases]
        barring = [words.stating(scope.excluded)] if scope.excluded else []
        narrower = [ids for ids, _ in conditions] + [words.all(query) for query in holding]
        ids = frozenset.intersection(*narrower) if narrower else None
        barred = frozenset[str]().union(*map(words.all, barring))
        rows = self._meanings.select(ids, barred) if narrower or barred else None
        return _Admitted(ids, barred, rows, (*(query for _, query in conditions), *holding), tuple(barring))

    def _of_filter(self, where: Filter) -> tuple[frozenset[str], Query]:
        """What the filter admits: by document where it is about documents alone."""
        ids = self._reader.provision_ids(where)
        if where.system or where.role or where.instrument or where.department:
            return ids, self.words.among("id", ids)
        return ids, self.words.among("document", set(map(vectors.document_of, ids)))

    def _of_places(self, places: Sequence[NamedPlace]) -> tuple[frozenset[str], Query]:
        """Provisions of a place's documents and of those titled with it; where none is held, those that name it."""
        held = [place for place in places if place.held]
        ids = frozenset[str]().union(*(self._reader.provision_ids(Filter(jurisdiction=place.name)) for place in held))
        queries = [self.words.among("document", set(map(vectors.document_of, ids)))] if ids else []
        queries += [self.words.stating([place.short], [keyword.TITLE]) for place in held]
        queries += [self.words.stating([place.short], [keyword.TEXT, keyword.CONTEXT]) for place in places if not place.held]
        query = keyword.any_of(queries)
        return self.words.all(query), query


@dataclass(frozen=True)
class _Admitted:
    """The ids that a scope admits (null: all but ``barred``), and the same as each index filters them."""

    ids: frozenset[str] | None
    barred: frozenset[str]
    rows: vectors.Selection | None
    must: tuple[Query, ...]
    never: tuple[Query, ...]

    @property
    def nothing(self) -> bool:
        return self.ids is not None and not self.ids


class IndexKeeper:
    """Hands out the indexes of the version that the store has now, or had a moment ago while very much is new."""

    def __init__(self, reader: Reader, home: Path) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._indexes: Indexes | None = None
        self._kept_until = 0.0
        self._words = _BaseKeeper(Generations(keyword_root(home)), keyword.open_base)
        self._meanings = _BaseKeeper(Generations(vector_root(home)), vectors.open_base)

    def current(self, model: str) -> Indexes:
        """The indexes with the vectors of that model."""
        version = self._reader.version()
        with self._lock:
            if self._indexes is None or (self._indexes.version != version and time.monotonic() >= self._kept_until):
                words = self._words.current(keyword.form(self._reader), version)
                meanings = self._meanings.current(vectors.form(self._reader, model), version)
                self._indexes = Indexes(
                    version,
                    self._reader,
                    keyword.with_newer(words, self._reader),
                    vectors.with_newer(meanings, self._reader, model),
                )
                self._kept_until = time.monotonic() + (PATIENCE if self._indexes.words.newer > MUCH_NEWER else 0.0)
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
