"""Under which law: the instruments that the provisions on a topic, and the documents that hold them, name as their ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from graph.protocol import DocumentBrief, Fact, Filter, ProvisionRow
from ingest.records import Citation, Relation
from search.answers import Hit, Understood
from search.engine import NEAREST, Searcher
from search.evidence import find_quote
from search.records_found import facts_in, found_for

DEPTH = 40
NEAR_BEST = 0.6
"""Provisions count whose score is at least this share of the best one's."""
RELATIONS: tuple[Relation, ...] = ("basis", "implements", "mentions")


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One place that names the instrument: how, and in which words (source text ``start``:``end``).

    ``whole_document`` is true where the document as a whole is made under it, and not this provision alone.
    """

    id: str
    provision_id: str
    path: str
    heading: str | None
    document: DocumentBrief
    jurisdiction: str | None
    relation: Relation
    pinpoint: str | None
    whole_document: bool
    quote: str
    start: int
    end: int


class GroundInstrument(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument with the places that name it; ``held`` are its versions in the store."""

    id: str | None
    title: str
    doc_number: str | None
    kind: str
    held: tuple[DocumentBrief, ...]
    grounds: tuple[Ground, ...]


class GroundsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The instruments on which a topic's measures stand: those that they name themselves first, bases before mentions."""

    query: str
    topic: str
    place: str | None
    place_held: bool
    instruments: tuple[GroundInstrument, ...]
    measures: tuple[Hit, ...]
    understood: tuple[Understood, ...]
    snapshot: str


def grounds(searcher: Searcher, question: str, where: Filter = Filter()) -> GroundsAnswer:
    """The laws and policies that the measures on a topic name."""
    plan, reader = searcher.understand(question), searcher.reader
    found = found_for(searcher, plan, where, DEPTH)
    floor = NEAR_BEST * max((one.scored.score for one in found), default=0.0)
    found = [one for one in found if one.scored.score >= floor]
    rows = {one.row.id: one.row for one in found}
    cited = [(fact, False) for fact in facts_in(reader, "citations", tuple(rows))]
    taken = {fact.id for fact, _ in cited}
    for document in dict.fromkeys(one.row.document.id for one in found):
        cited += [
            (fact, True) for fact in reader.document_facts(document)["citations"] if _founds(fact) and fact.id not in taken
        ]
    missing = [fact.provision_id for fact, _ in cited if fact.provision_id not in rows]
    rows |= {row.id: row for row in reader.provisions(tuple(dict.fromkeys(missing)))}
    return GroundsAnswer(
        query=question,
        topic=plan.topic,
        place=plan.place,
        place_held=plan.place_held,
        instruments=_instruments(searcher, (_ground(fact, rows[fact.provision_id], whole) for fact, whole in cited)),
        measures=tuple(searcher.to_hit(one, plan) for one in found[: NEAREST * 3]),
        understood=plan.understood,
        snapshot=reader.snapshot(),
    )


def _founds(fact: Fact) -> bool:
    """Whether a citation says under what its whole document is made."""
    return isinstance(fact.record, Citation) and fact.record.relation == "basis"


def _instruments(searcher: Searcher, named: Iterable[tuple[Fact, Ground]]) -> tuple[GroundInstrument, ...]:
    groups: dict[str, list[tuple[Fact, Ground]]] = defaultdict(list)
    for fact, ground in named:
        if isinstance(fact.record, Citation) and fact.record.kind != "self":
            groups[fact.instrument_id or fact.record.title].append((fact, ground))
    made = [_instrument(searcher, held) for held in groups.values()]
    return tuple(sorted(made, key=_order))


def _order(one: GroundInstrument) -> tuple[bool, int, int, str]:
    """What the measures themselves name first, then what their documents stand on; bases before mentions."""
    first = one.grounds[0]
    return first.whole_document, RELATIONS.index(first.relation), -len(one.grounds), one.title


def _instrument(searcher: Searcher, held: Sequence[tuple[Fact, Ground]]) -> GroundInstrument:
    fact = held[0][0]
    record = fact.record
    assert isinstance(record, Citation)
    row = searcher.reader.instrument(fact.instrument_id) if fact.instrument_id else None
    ordered = sorted(
        (ground for _, ground in held), key=lambda ground: (ground.whole_document, RELATIONS.index(ground.relation))
    )
    return GroundInstrument(
        id=fact.instrument_id,
        title=row.title if row else record.title,
        doc_number=row.doc_number if row else record.doc_number,
        kind=record.kind,
        held=row.held if row else (),
        grounds=tuple(ordered),
    )


def _ground(fact: Fact, row: ProvisionRow, whole: bool) -> tuple[Fact, Ground]:
    record = fact.record
    assert isinstance(record, Citation)
    offset = row.provision.start
    start, end = find_quote(row.text, record.start - offset, record.end - offset)
    return fact, Ground(
        id=fact.id,
        provision_id=fact.provision_id,
        path=record.path,
        heading=fact.heading,
        document=fact.document,
        jurisdiction=fact.jurisdiction,
        relation=record.relation,
        pinpoint=record.pinpoint,
        whole_document=whole,
        quote=row.text[start:end],
        start=offset + start,
        end=offset + end,
    )
