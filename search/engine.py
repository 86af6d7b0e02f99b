"""The search engine over one store: understand, find by words and by meaning, fuse, show why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import settings
from graph.protocol import DocumentBrief, Filter, ProvisionRow, Reader
from ingest.embedding import Embedder, baseline, load
from search.answers import Hit, SearchResult, Why
from search.candidates import Candidates, Scope, Wanted
from search.context import fetch_contexts
from search.coverage import Coverage, plain_form
from search.figures import gains
from search.focus import duty_gains
from search.fusion import Scored, fuse, in_order
from search.indexes import keeper_of
from search.snippets import cut, matched_words
from search.understanding import Plan, understand

CANDIDATES = 100
"""How many each engine proposes at least; with twice as many the answers to 236 questions over statutes were the same."""
RERANKED = 50
"""How many of them are read to see how much of the question they speak of (more where more hits are wanted)."""
RERANKED_BY_RECORDS = 120
"""How many where the records in them count too."""
THRESHOLD = 1.0
"""Least confidence (share of the question plus nearness in meaning) of the surest hit, below which there is no answer: set on
questions with and without one."""
LEAST_CONFIDENCE = 0.5
"""Least confidence of the hits beside it."""
LEAST_COVERAGE = 0.2
"""Least share of the question that a hit speaks of, however near its meaning."""
CONTEXT = 0.7
"""What it counts that the title or the provision above says it, and not the provision itself."""
STATEMENT = -0.3
"""What a purpose, scope or definition loses against what is to be done."""
LEAST_VERBATIM = 6
"""Pairs of Chinese characters from which on a question is looked for word for word."""
_HAN_PAIR = re.compile(r"[\u3400-\u9fff](?=[\u3400-\u9fff])")
NEAREST = 3


@dataclass(frozen=True)
class Found:
    """A candidate that has been read."""

    scored: Scored
    row: ProvisionRow


class Searcher:
    """Searches one store. Safe to use from several threads; make it after a fork, never before."""

    def __init__(self, reader: Reader, home: Path, *, model: str | None = None) -> None:
        self.reader = reader
        self.home = home
        self._model_name = model or settings.MODEL.value
        self._keeper = keeper_of(reader, home)

    @property
    def model(self) -> Embedder:
        """The embedding model in force. Raises ``ModelError``."""
        return load(self._model_name)

    @property
    def indexes(self) -> Candidates:
        """What proposes candidates, as of now."""
        return self._keeper.current(self.model.name)

    def search(self, question: str, where: Filter = Filter(), k: int = 10, *, intents: bool = True) -> SearchResult:
        """The ``k`` best provisions for a question, or the nearest ones apart when none is good enough.

        Without ``intents`` it does not matter how the question asks.
        """
        plan = self.understand(question, intents=intents)
        found = [one for one in self.find(plan, where, k) if one.row.provision.role != "section"]
        good = keep_good(found)
        nearest = [] if good else found or self.find(plan.anywhere(), where, NEAREST)
        return SearchResult(
            query=question,
            intent=plan.intent,
            topic=plan.topic,
            place=plan.place,
            documents=self._documents(plan),
            hits=tuple(self.to_hit(one, plan) for one in good[:k]),
            understood=plan.understood,
            nearest=tuple(self.to_hit(one, plan) for one in nearest[:NEAREST]),
            threshold=THRESHOLD,
            snapshot=self.reader.snapshot(),
        )

    def understand(self, question: str, *, intents: bool = True) -> Plan:
        """What the question means in terms of what the store holds."""
        return understand(question, _Holdings(self), intents=intents)

    def find(self, plan: Plan, where: Filter = Filter(), k: int = 10) -> list[Found]:
        """The best candidates, read and put in order by the whole score; sections (headings over others) are among them."""
        indexes, depth = self.indexes, max(_depth(plan), 2 * k)
        proposed = indexes.propose(self._wanted(plan), max(CANDIDATES, depth), scope_of(plan, where))
        near, reach = self._above_chance(proposed.near), indexes.words.reach(plan.groups)
        return self._read(plan, fuse(proposed.words, near, reach, depth, proposed.verbatim))

    def measure(self, plan: Plan, ids: Sequence[str]) -> list[Found]:
        """These provisions with their scores, best first, whether or not they would be candidates."""
        indexes = self.indexes
        measured = indexes.measure(self._wanted(plan), ids)
        near = self._above_chance(dict.fromkeys(ids, 0.0) | measured.near)
        reach, top = indexes.words.reach(plan.groups), indexes.top(plan.groups)
        return self._read(plan, fuse(measured.words, near, reach, len(ids), measured.verbatim, top))

    def _read(self, plan: Plan, candidates: Sequence[Scored]) -> list[Found]:
        """Candidates with their rows and whole scores, best first."""
        indexes = self.indexes
        ranked = {scored.id: scored for scored in candidates}
        rows = self.reader.provisions(tuple(ranked))
        coverage = Coverage.of(plan.groups, indexes.words)
        extra = self._gains(plan, coverage, rows)
        contexts = fetch_contexts(rows, self.reader.provisions)
        read = {row.id: row for row in rows}
        scored = (_completed(ranked[row.id], coverage, row, contexts[row.id], extra.get(row.id, 0.0)) for row in rows)
        return [Found(one, read[one.id]) for one in in_order(scored)]

    def _gains(self, plan: Plan, coverage: Coverage, rows: Sequence[ProvisionRow]) -> Mapping[str, float]:
        """What provisions gain that hold a record of the kind that is asked for."""
        if plan.intent == "targets":
            return gains(self.reader, coverage, [row.id for row in rows])
        return duty_gains(self.reader, coverage, rows) if plan.asks_who else {}

    def to_hit(self, found: Found, plan: Plan) -> Hit:
        """A candidate as it is shown: the best part of its text, and why it is here."""
        scored, row = found.scored, found.row
        matched = matched_words(row.text, (a.text for group in plan.groups for a in group.alternatives))
        snippet = cut(row.text, matched, row.provision.body_start - row.provision.start)
        return Hit(
            id=row.id,
            path=row.provision.path,
            heading=row.provision.heading,
            role=row.provision.role,
            score=round(scored.score, 4),
            snippet=row.text[snippet.start : snippet.end],
            why=why_of(scored, matched),
            document=row.document,
            jurisdiction=row.jurisdiction,
            headings=row.headings,
            start=row.provision.start + snippet.start,
            end=row.provision.start + snippet.end,
            marks=snippet.marks,
        )

    def _above_chance(self, near: Mapping[str, float]) -> dict[str, float]:
        """Cosines above that of texts that have nothing to do with one another, as a share of what is left; 0 below it."""
        none = min(baseline(self._model_name), 0.99)
        return {i: max(0.0, cosine - none) / (1.0 - none) for i, cosine in near.items()}

    def _wanted(self, plan: Plan) -> Wanted:
        """What the engines look for."""
        model = self.model
        text = plan.question if "en" in model.languages else plan.meaning
        vector = np.asarray(model.encode([text], kind="query")[0])
        return Wanted(plan.groups, vector, plan.question if len(_HAN_PAIR.findall(plan.question)) >= LEAST_VERBATIM else "")

    def _documents(self, plan: Plan) -> tuple[DocumentBrief, ...]:
        """The held documents whose numbers the question gives."""
        ids = [found for number in plan.numbers if (found := self.reader.find_document(number))]
        rows = [self.reader.document(identifier) for identifier in dict.fromkeys(ids)]
        return tuple(row.brief for row in rows if row)


class _Holdings:
    """What understanding asks of a searcher."""

    def __init__(self, searcher: Searcher) -> None:
        self.occurs = searcher.indexes.words.occurs
        self.encode = searcher.model.encode
        self._reader = searcher.reader

    def holds_place(self, name: str) -> bool:
        """Whether some document of that place, or below it, is held."""
        return bool(self._reader.documents(Filter(jurisdiction=name), limit=1).total)


def _completed(scored: Scored, coverage: Coverage, row: ProvisionRow, context: str, gain: float) -> Scored:
    """The score of a provision that has been read; what only its context says of the question counts in part."""
    own, around = coverage.shares(plain_form(row.text), plain_form(context))
    covered = own + CONTEXT * (around - own)
    return Scored(scored.id, scored.keyword, scored.similarity, scored.gate, covered, scored.bonus + gain + _loss(row))


def _loss(row: ProvisionRow) -> float:
    return STATEMENT if row.provision.role == "statement" else 0.0


def _depth(plan: Plan) -> int:
    return RERANKED_BY_RECORDS if plan.asks_who or plan.intent == "targets" else RERANKED


def keep_good(found: Sequence[Found]) -> list[Found]:
    """The candidates that are answers: none where not even the surest one is sure enough."""
    able = [one for one in found if one.scored.coverage >= LEAST_COVERAGE]
    if max((one.scored.confidence for one in able), default=0.0) < THRESHOLD:
        return []
    return [one for one in able if one.scored.confidence >= LEAST_CONFIDENCE]


def scope_of(plan: Plan, where: Filter) -> Scope:
    """What a hit must meet for a question under a filter."""
    return Scope(where=where, places=plan.places, phrases=plan.exact, excluded=plan.excluded)


def why_of(scored: Scored, matched: Sequence[str]) -> Why:
    """The parts of a score, rounded."""
    return Why(
        matched=tuple(matched),
        keyword=round(scored.keyword, 4),
        similarity=round(scored.similarity, 4),
        gate=round(scored.gate, 4),
        coverage=round(scored.coverage, 4),
        bonus=round(scored.bonus, 4),
    )
