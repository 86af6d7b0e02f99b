"""Who handles a topic: by document, the bodies that its measures about the topic make responsible, leads first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.protocol import Fact, Filter
from ingest.records import Role
from ingest.registry.systems import find_systems
from search.aboutness import About, weigh
from search.answers import AnswerBody, Hit, WhoAnswer, WhoDocument
from search.candidates import Alternative, Group, Vocabulary
from search.coverage import Coverage
from search.engine import NEAREST, Found, Searcher, keep_good
from search.focus import Duty, duties_of, facts_of, focused
from search.understanding import Plan

ROLES: tuple[Role, ...] = ("lead", "joint", "responsible", "support")
"""The order in which bodies are shown."""
NEAR_BEST = 0.98
"""Measures of a document answer when they are at least this share as much about the topic as its best one."""
NEAR_NAMED = 0.8
"""A measure that names a department goes before better ones that name none, where it is at least this share as good."""
NEAR_TOP = 0.45
"""A document answers when its best measure is at least this share as much about the topic as the best of all."""
POOL = 100


@dataclass(frozen=True)
class Candidate:
    """A measure with its responsibilities, and how much it is about the topic."""

    found: Found
    duties: tuple[Duty, ...]
    about: About


def who(searcher: Searcher, question: str, where: Filter = Filter()) -> WhoAnswer:
    """The bodies for the topic of a question, with the words that make each responsible."""
    plan = searcher.understand(question)
    systems = named_systems(plan, searcher.indexes.words)
    candidates = _candidates(searcher, plan, where, systems)
    chosen = _choose(_good(candidates), systems)
    return WhoAnswer(
        query=question,
        topic=plan.topic,
        place=plan.place,
        place_held=plan.place_held,
        systems=tuple(systems),
        answers=tuple(_answer(searcher, plan, measures) for measures in chosen),
        understood=plan.understood,
        nearest=() if chosen else _nearest(searcher, plan, where),
        snapshot=searcher.reader.snapshot(),
    )


def _nearest(searcher: Searcher, plan: Plan, where: Filter) -> tuple[Hit, ...]:
    """The measures nearest to the question, whatever place or phrase it insists on."""
    found = searcher.find(plan.anywhere(), where, NEAREST)
    return tuple(searcher.to_hit(one, plan) for one in found if one.row.provision.role == "measure")[:NEAREST]


def named_systems(plan: Plan, index: Vocabulary) -> dict[str, float]:
    """The systems that the words of the topic name, the rarest word's first: 1 for that one, less for common words.

    In 农民工的住房 it is 住房 that tells what is asked, since nearly every measure speaks of 农民工.
    """
    weights: dict[str, float] = {}
    for group in plan.groups:
        text = " ".join(a.text for a in group.alternatives[:2]) if group.asked else ""
        for mention in find_systems(text):
            weight = index.reach([Group((Alternative(mention.form),))])
            weights[mention.system] = max(weights.get(mention.system, 0.0), weight)
    top = max(weights.values(), default=1.0) or 1.0
    return {system: weight / top for system, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))}


def _candidates(searcher: Searcher, plan: Plan, where: Filter, systems: Mapping[str, float]) -> list[Candidate]:
    """Measures by how much they are about the topic, most first."""
    found = [one for one in searcher.find(plan, where, POOL) if one.row.provision.role == "measure"]
    facts = facts_of(searcher.reader, [one.row.id for one in found])
    coverage = Coverage.of(plan.groups, searcher.indexes.words)
    candidates = [_candidate(one, facts[one.row.id], coverage, systems) for one in found]
    return sorted(candidates, key=lambda one: (-one.about.total, -one.found.scored.score, one.found.row.id))


def _candidate(found: Found, facts: Sequence[Fact], coverage: Coverage, systems: Mapping[str, float]) -> Candidate:
    duties, share = focused(found.row, duties_of(found.row, facts), coverage)
    return Candidate(found, duties, weigh(found.row, duties, share, found.scored, coverage, systems))


def _good(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are answers at all, in the same order."""
    good = {one.row.id for one in keep_good([candidate.found for candidate in candidates])}
    return [candidate for candidate in candidates if candidate.found.row.id in good]


def _choose(candidates: Sequence[Candidate], systems: Mapping[str, float]) -> list[list[Candidate]]:
    """For each document that answers, the surest first, its measures about the topic.

    Where all a document does is to name the topic in passing, its answer is the bodies of the topic's system alone.
    """
    by_document: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_document[one.found.row.document.id].append(one)
    floor = NEAR_TOP * max((one.about.total for one in candidates), default=0.0)
    chosen = []
    for held in by_document.values():
        best = held[0]
        if best.about.total < floor:
            continue
        if systems and best.about.in_passing:
            chosen.append(_of_systems(held, systems))
        else:
            least = NEAR_BEST * _first_named(held).about.total
            chosen.append([one for one in held if one.about.total >= least])
    return [measures for measures in chosen if measures]


def _first_named(held: Sequence[Candidate]) -> Candidate:
    """The best measure, or the best one that names a department where that is nearly as much about the topic."""
    named = next((one for one in held if any(duty.distinct for duty in one.duties)), held[0])
    return named if named.about.total >= NEAR_NAMED * held[0].about.total else held[0]


def _of_systems(held: Sequence[Candidate], systems: Mapping[str, float]) -> list[Candidate]:
    """The first measure that names the topic and gives a body of its systems a role, with those bodies alone."""
    for one in held:
        own = tuple(duty for duty in one.duties if set(duty.system.split("+")) & set(systems))
        if own and one.about.text:
            return [replace(one, duties=own)]
    return []


def _answer(searcher: Searcher, plan: Plan, measures: Sequence[Candidate]) -> WhoDocument:
    row = measures[0].found.row
    bodies: dict[tuple[str, Role], AnswerBody] = {}
    told = any(not duty.unspecified for measure in measures for duty in measure.duties)
    for measure in measures:
        for duty in measure.duties:
            if told and duty.unspecified:
                continue
            body = _body(duty, measure)
            bodies.setdefault((body.department_id or body.name, body.role), body)
    return WhoDocument(
        document=row.document,
        jurisdiction=row.jurisdiction,
        level=row.level,
        bodies=tuple(sorted(bodies.values(), key=lambda body: (ROLES.index(body.role), body.generic))),
        measures=tuple(searcher.to_hit(measure.found, plan) for measure in measures),
    )


def _body(duty: Duty, measure: Candidate) -> AnswerBody:
    row = measure.found.row
    start, end = duty.quote
    offset = row.provision.start
    return AnswerBody(
        name=duty.name,
        system=duty.system,
        role=duty.role,
        path=row.provision.path,
        quote=row.text[start - offset : end - offset],
        start=start,
        end=end,
        name_start=duty.start,
        name_end=duty.end,
        generic=duty.generic,
        cue=duty.cue,
        department_id=duty.fact.department_id if duty.fact else None,
        provision_id=row.id,
        heading=row.provision.heading,
        rule=duty.rule,
    )
