"""The search engine over one store: understand, find by words and by meaning, fuse, show why."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import settings
from graph import vectors
from graph.protocol import Filter, ProvisionRow, Reader
from ingest.embedding import Embedder, load
from search import keyword
from search.answers import Hit, SearchResult, Why
from search.caches import keyword_root, vector_root
from search.figures import gains
from search.fusion import fuse, gate
from search.snippets import cut, matched_words
from search.understanding import Plan, understand

CANDIDATES = 200
THRESHOLD = 0.35
NEAREST = 3


@dataclass(frozen=True)
class Scored:
    """One candidate with the parts of its score."""

    id: str
    keyword: float
    similarity: float
    gate: float
    score: float


@dataclass(frozen=True)
class _Indexes:
    """The two indexes as of one version of the store."""

    version: int
    words: keyword.KeywordIndex
    meanings: vectors.VectorIndex


class Searcher:
    """Searches one store. Safe to use from several threads; make it after a fork, never before."""

    def __init__(self, reader: Reader, home: Path, *, model: str | None = None) -> None:
        self.reader = reader
        self.home = home
        self._model_name = model or settings.MODEL.value
        self._lock = threading.Lock()
        self._indexes: _Indexes | None = None

    @property
    def model(self) -> Embedder:
        """The embedding model in force. Raises ``ModelError``."""
        return load(self._model_name)

    def search(self, question: str, where: Filter = Filter(), k: int = 10) -> SearchResult:
        """The ``k`` best provisions for a question, or the nearest ones apart when none is good enough."""
        plan = self.understand(question)
        where = narrow(where, plan)
        ranked = self.rank(plan, where)
        rows = self._rows(ranked, max(k, NEAREST))
        good = [pair for pair in rows if pair[0].score >= THRESHOLD]
        return SearchResult(
            query=question,
            intent=plan.intent,
            topic=plan.topic,
            place=plan.place,
            hits=tuple(self.to_hit(scored, row, plan) for scored, row in good[:k]),
            understood=plan.understood,
            nearest=() if good else tuple(self.to_hit(scored, row, plan) for scored, row in rows[:NEAREST]),
            threshold=THRESHOLD,
            snapshot=self.reader.snapshot(),
        )

    def understand(self, question: str) -> Plan:
        """What the question means in terms of what the store holds."""
        return understand(question, self._current().words.occurs)

    def rank(self, plan: Plan, where: Filter = Filter()) -> list[Scored]:
        """Candidates by words and by meaning, best first, with the parts of their scores."""
        indexes = self._current()
        among = self._among(where)
        filtered = _filtered(where, among)
        if plan.exact:
            holding = indexes.words.holding(plan.exact)
            among = holding if among is None else among & holding
            filtered = keyword.Filtered("id", among)
        if among is not None and not among:
            return []
        query = self._vector(plan)
        words = indexes.words.search(plan.groups, CANDIDATES, filtered)
        near = dict(indexes.meanings.search(query, CANDIDATES, among)) if query.any() else {}
        ids = sorted({*words, *near})
        words |= indexes.words.search(plan.groups, len(ids), keyword.Filtered("id", [i for i in ids if i not in words]))
        near |= indexes.meanings.score(query, [i for i in ids if i not in near])
        scored = _fuse_all(ids, words, near, indexes.words.reach(plan.groups))
        return self._prefer_figures(scored, plan, indexes.words) if plan.intent == "targets" else scored

    def _prefer_figures(self, scored: list[Scored], plan: Plan, index: keyword.KeywordIndex) -> list[Scored]:
        """The candidates again, those that set a target for the topic lifted."""
        extra = gains(self.reader, index, plan.groups, [s.id for s in scored])
        return _sorted(replace(s, score=s.score + extra.get(s.id, 0.0)) for s in scored)

    def to_hit(self, scored: Scored, row: ProvisionRow, plan: Plan) -> Hit:
        """A candidate as it is shown: the best part of its text, and why it is here."""
        matched = matched_words(row.text, (a.text for group in plan.groups for a in group.alternatives))
        snippet = cut(row.text, matched)
        return Hit(
            id=row.id,
            path=row.provision.path,
            heading=row.provision.heading,
            role=row.provision.role,
            score=round(scored.score, 4),
            snippet=row.text[snippet.start : snippet.end],
            why=Why(
                matched=matched,
                keyword=round(scored.keyword, 4),
                similarity=round(scored.similarity, 4),
                gate=round(scored.gate, 4),
            ),
            document=row.document,
            jurisdiction=row.jurisdiction,
            headings=row.headings,
            start=row.provision.start + snippet.start,
            end=row.provision.start + snippet.end,
            marks=snippet.marks,
        )

    def _rows(self, ranked: Iterable[Scored], k: int) -> list[tuple[Scored, ProvisionRow]]:
        """The best ``k`` that are more than a heading over others."""
        by_id = {scored.id: scored for scored in ranked}
        rows = (row for row in self.reader.provisions(tuple(by_id)) if row.provision.role != "section")
        return [(by_id[row.id], row) for row, _ in zip(rows, range(k), strict=False)]

    def _vector(self, plan: Plan) -> NDArray[np.float32]:
        model = self.model
        text = plan.question if "en" in model.languages else plan.meaning
        return np.asarray(model.encode([text], kind="query")[0])

    def _among(self, where: Filter) -> frozenset[str] | None:
        return None if where == Filter() else self.reader.provision_ids(where)

    def _current(self) -> _Indexes:
        """The indexes, opened again when the store has changed."""
        version = self.reader.version()
        with self._lock:
            if self._indexes is None or self._indexes.version != version:
                self._indexes = _Indexes(
                    version,
                    keyword.open_index(self.reader, keyword_root(self.home)),
                    vectors.open_index(self.reader, self.model.name, vector_root(self.home)),
                )
            return self._indexes


def narrow(where: Filter, plan: Plan) -> Filter:
    """The filter with the place that the question names, unless one is given."""
    if plan.place is None or where.jurisdiction is not None:
        return where
    return Filter(**{**{name: getattr(where, name) for name in where.__struct_fields__}, "jurisdiction": plan.place})


def _filtered(where: Filter, among: frozenset[str] | None) -> keyword.Filtered | None:
    """The admitted provisions as the keyword index filters them: by document where the filter is about documents alone."""
    if among is None:
        return None
    if where.system or where.role or where.instrument:
        return keyword.Filtered("id", among)
    return keyword.Filtered("document", {identifier.rsplit(":", 1)[0] for identifier in among})


def _fuse_all(ids: list[str], words: dict[str, float], near: dict[str, float], reach: float) -> list[Scored]:
    opened = gate(max(words.values(), default=0.0), reach)
    return _sorted(
        Scored(
            id=i,
            keyword=words.get(i, 0.0) / reach if reach else 0.0,
            similarity=near.get(i, 0.0),
            gate=opened,
            score=fuse(words.get(i, 0.0), near.get(i, 0.0), reach=reach, gate=opened),
        )
        for i in ids
    )


def _sorted(scored: Iterable[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda s: (-s.score, s.id))
