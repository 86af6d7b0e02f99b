"""Who handles a topic: by document, the bodies that its measures about the topic make responsible, leads first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.protocol import Fact, Filter, ProvisionRow
from ingest.records import Responsibility, Role
from ingest.systems import find_systems
from search.answers import AnswerBody, WhoAnswer, WhoDocument
from search.engine import NEAREST, THRESHOLD, Scored, Searcher, narrow
from search.evidence import find_quote
from search.understanding import Plan

ROLES: tuple[Role, ...] = ("lead", "joint", "responsible", "support")
"""The order in which bodies are shown."""
LEADING = 0.25
"""What a measure gains when a body of the system that the topic names leads it."""
NEAR_BEST = 0.9
"""Measures of a document are about the topic when they score at least this share of its best one."""
NEAR_TOP = 0.4
"""A document answers when its best measure scores at least this share of the best of all."""
POOL = 100

Candidate = tuple[float, Scored, ProvisionRow, tuple[Fact, ...]]


def who(searcher: Searcher, question: str, where: Filter = Filter()) -> WhoAnswer:
    """The bodies for the topic of a question, with the words that make each responsible."""
    plan = searcher.understand(question)
    where = narrow(where, plan)
    systems = _named_systems(plan)
    candidates = _candidates(searcher, plan, where, frozenset(systems))
    chosen = _choose(candidates)
    shown = {candidate[1].id for measures in chosen.values() for candidate in measures}
    return WhoAnswer(
        query=question,
        topic=plan.topic,
        place=plan.place,
        place_held=where.jurisdiction is None or bool(searcher.reader.provision_ids(Filter(jurisdiction=where.jurisdiction))),
        systems=systems,
        answers=tuple(_answer(searcher, plan, measures) for measures in chosen.values()),
        understood=plan.understood,
        nearest=() if shown else tuple(searcher.to_hit(scored, row, plan) for _, scored, row, _ in candidates[:NEAREST]),
        snapshot=searcher.reader.snapshot(),
    )


def _named_systems(plan: Plan) -> tuple[str, ...]:
    """The systems that the words of the topic name, as asked or as understood."""
    text = " ".join(alternative.text for group in plan.groups for alternative in group.alternatives[:2])
    return tuple(dict.fromkeys(mention.system for mention in find_systems(text)))


def _candidates(searcher: Searcher, plan: Plan, where: Filter, systems: frozenset[str]) -> list[Candidate]:
    """Measures by how much they are about the topic, best first, with their responsibilities."""
    ranked = {scored.id: scored for scored in searcher.rank(plan, where)[:POOL]}
    rows = [row for row in searcher.reader.provisions(tuple(ranked)) if row.provision.role == "measure"]
    duties = _duties(searcher, [row.id for row in rows])
    candidates = [
        (ranked[row.id].score + LEADING * _led_by(duties[row.id], systems), ranked[row.id], row, tuple(duties[row.id]))
        for row in rows
    ]
    return sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1].id))


def _duties(searcher: Searcher, ids: Sequence[str]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    offset = 0
    while ids:
        page = searcher.reader.facts("responsibilities", provision_ids=ids, offset=offset, limit=500)
        for fact in page.rows:
            found[fact.provision_id].append(fact)
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            break
    return found


def _led_by(duties: Iterable[Fact], systems: frozenset[str]) -> bool:
    """Whether a body of one of the systems leads, or is responsible where nobody leads."""
    records = [fact.record for fact in duties if isinstance(fact.record, Responsibility) and not fact.record.generic]
    leads = [record for record in records if record.role == "lead"] or [r for r in records if r.role == "responsible"]
    return any(systems & set(record.system.split("+")) for record in leads)


def _choose(candidates: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """By document, in the order of places: the measures that are about the topic and not merely mention it."""
    best: dict[str, float] = {}
    for score, _, row, _ in candidates:
        best.setdefault(row.document.id, score)
    top = max(best.values(), default=0.0)
    floor = max(THRESHOLD, NEAR_TOP * top)
    chosen: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        document = candidate[2].document.id
        if best[document] >= floor and candidate[0] >= NEAR_BEST * best[document]:
            chosen[document].append(candidate)
    return chosen


def _answer(searcher: Searcher, plan: Plan, measures: Sequence[Candidate]) -> WhoDocument:
    row = measures[0][2]
    bodies: dict[tuple[str, Role], AnswerBody] = {}
    for _, _, measure, duties in measures:
        for fact in duties:
            body = _body(fact, measure)
            bodies.setdefault((body.department_id or body.name, body.role), body)
    return WhoDocument(
        document=row.document,
        jurisdiction=row.jurisdiction,
        level=row.level,
        bodies=tuple(sorted(bodies.values(), key=lambda body: ROLES.index(body.role))),
        measures=tuple(searcher.to_hit(scored, measure, plan) for _, scored, measure, _ in measures),
    )


def _body(fact: Fact, measure: ProvisionRow) -> AnswerBody:
    record = fact.record
    assert isinstance(record, Responsibility)
    start, end = find_quote(measure.text, record.start - measure.provision.start, record.end - measure.provision.start)
    return AnswerBody(
        name=record.name,
        system=record.system,
        role=record.role,
        path=record.path,
        quote=measure.text[start:end],
        start=measure.provision.start + start,
        end=measure.provision.start + end,
        name_start=record.start,
        name_end=record.end,
        generic=record.generic,
        cue=record.cue,
        department_id=fact.department_id,
        provision_id=fact.provision_id,
        heading=measure.provision.heading,
        rule=record.rule,
    )
