"""How much, and by when: the targets on a topic, those that count the same thing side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from graph.protocol import DocumentBrief, Fact, Filter, ProvisionRow
from ingest.records import Level, Target
from ingest.tokens import plain
from search.answers import Hit, Understood
from search.engine import NEAREST, Searcher
from search.evidence import find_quote
from search.records_found import coverage_of, facts_in, found_for, sentence_share

DEPTH = 100
NEAR_BEST = 0.5
"""Targets answer whose words speak of at least this share of what the best one's do."""
LEVELS: tuple[Level | None, ...] = ("national", "province", "prefecture", "county", "township", None)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One target in its document, with the sentence that sets it (``quote`` is source text ``start``:``end``)."""

    id: str
    provision_id: str
    heading: str | None
    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    record: Target
    quote: str
    start: int
    end: int


class FigureGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Targets that count the same thing in the same unit, the highest level first.

    ``differ`` is true where two documents ask for different values or times.
    """

    metric: str | None
    unit: str | None
    differ: bool
    figures: tuple[Figure, ...]


class FiguresAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The targets on a topic, those nearest to the question first."""

    query: str
    topic: str
    place: str | None
    place_held: bool
    groups: tuple[FigureGroup, ...]
    understood: tuple[Understood, ...]
    nearest: tuple[Hit, ...]
    snapshot: str


def figures(searcher: Searcher, question: str, where: Filter = Filter()) -> FiguresAnswer:
    """The targets that answer a question, grouped by what they count."""
    plan = searcher.understand(question)
    found = found_for(searcher, plan, where, DEPTH)
    rows = {one.row.id: one.row for one in found}
    coverage = coverage_of(searcher, plan)
    weighed = [
        (sentence_share(coverage, rows[fact.provision_id], fact.record.start, fact.record.end), fact)
        for fact in facts_in(searcher.reader, "targets", tuple(rows))
    ]
    best = max((share for share, _ in weighed), default=0.0)
    kept = [(share, _figure(fact, rows[fact.provision_id])) for share, fact in weighed if share and share >= NEAR_BEST * best]
    nearest = () if kept else tuple(searcher.to_hit(one, plan) for one in found[:NEAREST])
    return FiguresAnswer(
        query=question,
        topic=plan.topic,
        place=plan.place,
        place_held=plan.place_held,
        groups=_grouped(kept),
        understood=plan.understood,
        nearest=nearest,
        snapshot=searcher.reader.snapshot(),
    )


def _grouped(kept: Sequence[tuple[float, Figure]]) -> tuple[FigureGroup, ...]:
    groups: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    best: dict[tuple[str, str | None], float] = {}
    for share, figure in kept:
        key = (plain(figure.record.metric or figure.record.text), figure.record.unit)
        groups[key].append(figure)
        best[key] = max(best.get(key, 0.0), share)
    ordered = sorted(groups, key=lambda key: (-best[key], -len(groups[key]), key[0], key[1] or ""))
    return tuple(_group(groups[key]) for key in ordered)


def _group(held: Sequence[Figure]) -> FigureGroup:
    first = held[0].record
    asked = {(figure.record.op, figure.record.value, figure.record.by, figure.record.period) for figure in held}
    documents = {figure.document.id for figure in held}
    ordered = sorted(held, key=lambda figure: (LEVELS.index(figure.level), figure.jurisdiction or "", figure.id))
    return FigureGroup(
        metric=first.metric, unit=first.unit, differ=len(asked) > 1 and len(documents) > 1, figures=tuple(ordered)
    )


def _figure(fact: Fact, row: ProvisionRow) -> Figure:
    record = fact.record
    assert isinstance(record, Target)
    offset = row.provision.start
    start, end = find_quote(row.text, record.start - offset, record.end - offset)
    return Figure(
        id=fact.id,
        provision_id=fact.provision_id,
        heading=fact.heading,
        document=fact.document,
        jurisdiction=fact.jurisdiction,
        level=fact.level,
        record=record,
        quote=row.text[start:end],
        start=offset + start,
        end=offset + end,
    )
