"""tantivy and FAISS as one maker of candidates, as of the store's present version, opened again when it changes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from graph import vectors
from graph.generations import Generation, Generations
from graph.protocol import Filter, Reader
from search import keyword
from search.boolean.candidates import to_query
from search.boolean.parsing import Node
from search.caches import keyword_root, vector_root
from search.candidates import EVERYTHING, Candidates, Group, Scope, Scores, Vector
from search.places import NamedPlace

SCOPES_KEPT = 8
"""How many conditions are remembered with what they admit, while the store does not change."""


class Keeper(Protocol):
    """Hands out what proposes candidates as of now. Safe to use from several threads."""

    def current(self, model: str) -> Candidates:
        """With the vectors of that model (``Embedder.name``)."""


def keeper_of(reader: Reader, home: Path) -> Keeper:
    """The keeper for a store whose caches lie in ``home``."""
    return IndexKeeper(reader, home)


class Indexes:
    """The keyword index and the vector index as of one version of the store."""

    def __init__(self, version: int, reader: Reader, words: keyword.KeywordIndex, meanings: vectors.VectorIndex) -> None:
        self.version = version
        self.words = words
        self._meanings = meanings
        self._reader = reader
        self._admitted = functools.lru_cache(SCOPES_KEPT)(self._admit)

    def by_words(self, groups: Sequence[Group], k: int, scope: Scope = EVERYTHING) -> Scores:
        """As ``Candidates`` says, and so for the methods below."""
        admitted = self._admitted(scope)
        if admitted.nothing:
            return {}
        return self.words.search(groups, k, admitted.filtered, scope.excluded)

    def words_in(self, groups: Sequence[Group], ids: Collection[str]) -> Scores:
        return self.words.search(groups, len(ids), keyword.Filtered("id", ids)) if ids else {}

    def by_meaning(self, query: Vector, k: int, scope: Scope = EVERYTHING) -> Scores:
        admitted = self._admitted(scope)
        if admitted.nothing:
            return {}
        found = self._meanings.search(query, k + len(admitted.barred), admitted.ids)
        return dict([(i, cosine) for i, cosine in found if i not in admitted.barred][:k])

    def meaning_in(self, query: Vector, ids: Collection[str]) -> Scores:
        return self._meanings.score(query, ids)

    def meets(self, identifier: str, scope: Scope) -> bool:
        admitted = self._admitted(scope)
        return identifier not in admitted.barred and (admitted.ids is None or identifier in admitted.ids)

    def matching(self, node: Node) -> frozenset[str]:
        return self.words.matching(lambda schema: to_query(node, schema))

    def _admit(self, scope: Scope) -> _Admitted:
        where = scope.where
        among = None if where == Filter() else self._reader.provision_ids(where)
        narrower = [self.words.holding(scope.phrases)] if scope.phrases else []
        if scope.places and where.jurisdiction is None:
            narrower.append(frozenset[str]().union(*map(self._about, scope.places)))
        barred = self.words.holding_any(scope.excluded)
        if not narrower:
            return _Admitted(among, _filtered(where, among), barred)
        among = frozenset.intersection(*narrower, *([among] if among is not None else []))
        return _Admitted(among, keyword.Filtered("id", among), barred)

    def _about(self, place: NamedPlace) -> frozenset[str]:
        """Provisions of a place's documents and of those titled with it; where none is held, those that name it."""
        if not place.held:
            return self.words.holding((place.short,), (keyword.TEXT, keyword.CONTEXT))
        titled = self.words.holding((place.short,), (keyword.TITLE,))
        return self._reader.provision_ids(Filter(jurisdiction=place.name)) | titled


@dataclass(frozen=True)
class _Admitted:
    """The ids that a scope admits (null: all but ``barred``), and the same as the keyword index filters them."""

    ids: frozenset[str] | None
    filtered: keyword.Filtered | None
    barred: frozenset[str]

    @property
    def nothing(self) -> bool:
        return self.ids is not None and not self.ids


def _filtered(where: Filter, among: frozenset[str] | None) -> keyword.Filtered | None:
    """The admitted provisions as the keyword index filters them: by document where the filter is about documents alone."""
    if among is None:
        return None
    if where.system or where.role or where.instrument or where.department:
        return keyword.Filtered("id", among)
    return keyword.Filtered("document", {identifier.split(":", 1)[0] for identifier in among})


class IndexKeeper:
    """Hands out the indexes of the version that the store has now."""

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
                    self._reader,
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
