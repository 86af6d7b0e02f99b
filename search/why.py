"""Why a provision is found for a question, and why one that was expected is not."""

from __future__ import annotations

from typing import Literal

import msgspec

from graph.protocol import DocumentBrief, Filter
from search.answers import Understood, Why
from search.candidates import Scope
from search.context import fetch_contexts
from search.coverage import Coverage
from search.engine import LEAST_CONFIDENCE, LEAST_COVERAGE, THRESHOLD, Found, Searcher, keep_good, why_of
from search.snippets import matched_words
from search.understanding import Plan

Barrier = Literal["filter", "place", "phrase", "excluded", "heading", "little_said", "unsure", "no_answer", "others_better"]
"""What keeps a provision from being a hit: the filter given; a place, phrase or exclusion in the question; that it is only a
heading over others; that it speaks of too little of the question; that it is too unsure beside others; that nothing at all is
sure enough to be an answer; that others fit better."""
DEPTH = 200


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the question asks: its ``weight`` in the question, and the ``share`` of it that the provision says."""

    words: str
    weight: float
    share: float
    in_context: float


class WhyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """``rank`` is the place among all hits, null where it is none; ``barriers`` then say why.

    ``confidence`` is compared with ``least`` for a hit beside others, and with ``threshold`` for there to be hits at all;
    ``score`` with ``last_score``, that of the last hit shown.
    """

    query: str
    id: str
    path: str
    heading: str | None
    document: DocumentBrief
    jurisdiction: str | None
    rank: int | None
    shown: int
    barriers: tuple[Barrier, ...]
    asked: tuple[Asked, ...]
    why: Why
    score: float
    last_score: float | None
    confidence: float
    least: float
    threshold: float
    understood: tuple[Understood, ...]
    snapshot: str


def explain(searcher: Searcher, question: str, identifier: str, where: Filter = Filter(), k: int = 10) -> WhyAnswer | None:
    """What speaks for and against a provision as an answer; null where it is not held.

    ``identifier`` may be a document's id: then its provision that answers best counts.
    """
    plan = searcher.understand(question)
    one = _one(searcher, plan, identifier)
    if one is None:
        return None
    found = [hit for hit in searcher.find(plan, where, DEPTH) if hit.row.provision.role != "section"]
    hits = keep_good(found)
    rank = next((number for number, hit in enumerate(hits, 1) if hit.row.id == one.row.id), None)
    shown = hits[:k]
    return WhyAnswer(
        query=question,
        id=one.row.id,
        path=one.row.provision.path,
        heading=one.row.provision.heading,
        document=one.row.document,
        jurisdiction=one.row.jurisdiction,
        rank=rank,
        shown=len(shown),
        barriers=_barriers(searcher, plan, where, one, found, rank, k),
        asked=_asked(searcher, plan, one),
        why=why_of(one.scored, matched_words(one.row.text, (a.text for g in plan.groups for a in g.alternatives))),
        score=round(one.scored.score, 4),
        last_score=round(shown[-1].scored.score, 4) if shown else None,
        confidence=round(one.scored.confidence, 4),
        least=LEAST_CONFIDENCE,
        threshold=THRESHOLD,
        understood=plan.understood,
        snapshot=searcher.reader.snapshot(),
    )


def _one(searcher: Searcher, plan: Plan, identifier: str) -> Found | None:
    ids = [identifier]
    if ":" not in identifier:
        ids = [row.id for row in searcher.reader.outline(identifier) if row.provision.role != "section"]
    found = searcher.measure(plan, ids) if ids else []
    return found[0] if found else None


def _barriers(
    searcher: Searcher, plan: Plan, where: Filter, one: Found, found: list[Found], rank: int | None, k: int
) -> tuple[Barrier, ...]:
    """Everything that keeps it from being among the first ``k`` hits."""
    barred: list[Barrier] = list(_shut_out(searcher, plan, where, one))
    able = [hit for hit in found if hit.scored.coverage >= LEAST_COVERAGE]
    if one.scored.coverage < LEAST_COVERAGE:
        barred.append("little_said")
    elif one.scored.confidence < LEAST_CONFIDENCE:
        barred.append("unsure")
    if max((hit.scored.confidence for hit in able), default=0.0) < THRESHOLD:
        barred.append("no_answer")
    elif not barred and (rank is None or rank > k):
        barred.append("others_better")
    return tuple(barred)


def _shut_out(searcher: Searcher, plan: Plan, where: Filter, one: Found) -> list[Barrier]:
    """Conditions that it does not meet, however well it fits."""
    engines, identifier = searcher.indexes, one.row.id
    conditions: list[tuple[Barrier, Scope]] = [
        ("filter", Scope(where=where)),
        ("place", Scope(places=() if where.jurisdiction else plan.places)),
        ("phrase", Scope(phrases=plan.exact)),
        ("excluded", Scope(excluded=plan.excluded)),
    ]
    unmet = [name for name, scope in conditions if not engines.meets(identifier, scope)]
    return [*unmet, "heading"] if one.row.provision.role == "section" else unmet


def _asked(searcher: Searcher, plan: Plan, one: Found) -> tuple[Asked, ...]:
    """Each thing asked, with what of it the provision says, and what it says together with its context."""
    context = fetch_contexts([one.row], searcher.reader.provisions)[one.row.id]
    words = searcher.indexes.words
    groups = [group for group in plan.groups if group.asked]
    whole = words.reach(groups) or 1.0
    asked = []
    for group in groups:
        coverage = Coverage.of([group], words)
        own, around = coverage.share(one.row.text), coverage.share(f"{one.row.text}\n{context}")
        texts = "、".join(alternative.text for alternative in group.alternatives[:3])
        weight = words.reach([group]) / whole
        asked.append(Asked(words=texts, weight=round(weight, 3), share=round(own, 3), in_context=round(around, 3)))
    return tuple(asked)
