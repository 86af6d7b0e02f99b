"""One topic in each place: what the place's own measure says, who leads it, what it sets; silent places are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from graph.protocol import Filter
from ingest.records import Level
from search.answers import AnswerBody, Hit, Understood
from search.engine import Found, Searcher
from search.figures_answer import LEVELS, Figure, figures
from search.records_found import found_for
from search.who import who

DEPTH = 200
NEAR_BEST = 0.7
"""Measures of a place count whose score is at least this share of its best one's."""
MOST = 3
"""Measures shown for a place."""


class InPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place: its measures on the topic (best first), the bodies that lead, the targets set. Empty where nothing is said."""

    jurisdiction: str | None
    level: Level | None
    documents: int
    measures: tuple[Hit, ...]
    bodies: tuple[AnswerBody, ...]
    figures: tuple[Figure, ...]


class PlacesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A topic by place, the highest level first. ``silent`` are places with documents held that say nothing of it."""

    query: str
    topic: str
    places: tuple[InPlace, ...]
    silent: tuple[str, ...]
    understood: tuple[Understood, ...]
    snapshot: str


def places(searcher: Searcher, question: str, where: Filter = Filter()) -> PlacesAnswer:
    """What each place that is held says of a topic."""
    plan, reader = searcher.understand(question), searcher.reader
    by_place: dict[str | None, list[Found]] = defaultdict(list)
    for one in found_for(searcher, plan, where, DEPTH):
        by_place[one.row.jurisdiction].append(one)
    led = {answer.document.id: answer.bodies for answer in who(searcher, question, where).answers}
    counted = [figure for group in figures(searcher, question, where).groups for figure in group.figures]
    rows = [_in_place(searcher, question, held, led, counted) for held in by_place.values()]
    named = {place.name for place in plan.places}
    held = {row.name for row in reader.jurisdictions() if row.documents and (not named or row.name in named)}
    return PlacesAnswer(
        query=question,
        topic=plan.topic,
        places=tuple(sorted(rows, key=lambda row: (LEVELS.index(row.level), row.jurisdiction or ""))),
        silent=tuple(sorted(held - {row.jurisdiction for row in rows if row.jurisdiction})),
        understood=plan.understood,
        snapshot=reader.snapshot(),
    )


def _in_place(
    searcher: Searcher,
    question: str,
    held: Sequence[Found],
    led: dict[str, tuple[AnswerBody, ...]],
    counted: Sequence[Figure],
) -> InPlace:
    plan = searcher.understand(question)
    best = [one for one in held if one.scored.score >= NEAR_BEST * held[0].scored.score][:MOST]
    documents = {one.row.document.id for one in best}
    first = held[0].row
    return InPlace(
        jurisdiction=first.jurisdiction,
        level=first.level,
        documents=len({one.row.document.id for one in held}),
        measures=tuple(searcher.to_hit(one, plan) for one in best),
        bodies=tuple(body for document in sorted(documents) for body in led.get(document, ())),
        figures=tuple(figure for figure in counted if figure.document.id in documents),
    )
