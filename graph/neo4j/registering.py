"""Nodes that documents share: places, departments, instruments and the works that name them; made on first use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from graph.bodies_of import DepartmentIdentity
from graph.linking import Work, instrument_id, instrument_key
from graph.neo4j.connection import KEEP_PLAN, rows
from graph.writing import PlaceLink, place_chain

PLACES = """CALL () { UNWIND $places AS one MERGE (j:Jurisdiction {key: one.key})
ON CREATE SET j += one.values
WITH one, j WHERE one.parent IS NOT NULL MATCH (above:Jurisdiction {key: one.parent}) MERGE (j)-[:IN]->(above) }"""
DEPARTMENTS = """CALL () { UNWIND $departments AS one MERGE (b:Department {id: one.id}) ON CREATE SET b += one.values
SET b.stale = true WITH one, b WHERE one.place IS NOT NULL
MATCH (j:Jurisdiction {key: one.place}) MERGE (b)-[:IN]->(j) }"""
WORKS = "CALL () { UNWIND $works AS one MERGE (w:Work {key: one.key}) ON CREATE SET w += one }"
KIN = """UNWIND $keys AS key MATCH (w:Work {key: key})
CALL (w) { WITH w WHERE w.title <> '' MATCH (k:Work {title: w.title}) RETURN k
    UNION WITH w WHERE w.doc_number <> '' MATCH (k:Work {doc_number: w.doc_number}) RETURN k UNION RETURN w AS k }
WITH DISTINCT k
RETURN k.key, k.title, k.doc_number, k.within, head([(k)-[:NAMES]->(i:Instrument) | i.id]),
    CASE k.title WHEN '' THEN [] ELSE
    COLLECT { MATCH (o:Work {title: k.title}) WHERE o.doc_number <> '' RETURN o.doc_number } END
ORDER BY k.key"""
INSTRUMENTS = """CALL () { UNWIND $instruments AS one MERGE (i:Instrument {id: one.id}) ON CREATE SET i += one,
    i.kind = 'other', i.citations = 0, i.documents = 0, i.held = false SET i.stale = true }
CALL () { UNWIND $named AS one MATCH (w:Work {key: one.work}) MATCH (i:Instrument {id: one.to}) CREATE (w)-[:NAMES]->(i) }"""
MOVE = (
    "UNWIND $moved AS one MATCH (w:Work {key: one.work})-[r:NAMES]->(i:Instrument) SET i.stale = true DELETE r",
    """UNWIND $moved AS one MATCH (w:Work {key: one.work}) MATCH (i:Instrument {id: one.to}) CREATE (w)-[:NAMES]->(i)""",
    """UNWIND $moved AS one MATCH (at)-[c:CITES {work: one.work}]->(:Instrument) MATCH (i:Instrument {id: one.to})
    CREATE (at)-[n:CITES]->(i) SET n = properties(c) DELETE c""",
    "UNWIND $moved AS one MATCH (d:Document {work: one.work})-[r:VERSION_OF]->(:Instrument) DELETE r",
    """UNWIND $moved AS one MATCH (d:Document {work: one.work}) MATCH (i:Instrument {id: one.to})
    MERGE (d)-[:VERSION_OF]->(i)""",
)


def key_of(work: Work) -> str:
    """What a work is known by here."""
    return "\x1f".join((work.title, work.doc_number, work.within))


def put_shared(
    t: Any, chains: Sequence[Sequence[PlaceLink]], bodies: Sequence[DepartmentIdentity], works: Sequence[Work]
) -> None:
    """The places of these chains, the departments with theirs, and the works, each once.

    Whoever mentions a department makes its counts stale.
    """
    of_bodies = {body.id: place_chain(body.jurisdiction, None) for body in bodies}
    places = _places([*chains, *of_bodies.values()])
    departments = {body.id: _department(body, of_bodies[body.id]) for body in bodies}
    found = {key_of(work): work for work in works}
    t.run(
        f"{KEEP_PLAN}{PLACES} {DEPARTMENTS} {WORKS}",
        places=sorted(places, key=lambda one: len(one["values"]["ancestors"])),
        departments=[departments[one] for one in sorted(departments)],
        works=[_work(key, found[key]) for key in sorted(found)],
    ).consume()


def put_works(t: Any, works: Sequence[Work]) -> None:
    """The works, each once."""
    put_shared(t, [], [], works)


def _places(chains: Sequence[Sequence[PlaceLink]]) -> list[dict[str, Any]]:
    """Every place of the chains, each inside the one before it."""
    places: dict[str, dict[str, Any]] = {}
    for chain in chains:
        for n, link in enumerate(chain):
            values = {**_values(link), "ancestors": [above.name for above in chain[:n]], "caption": link.name}
            places[link.key] = {"key": link.key, "parent": chain[n - 1].key if n else None, "values": values}
    return list(places.values())


def _values(link: PlaceLink) -> dict[str, Any]:
    return {"name": link.name, "place": link.place, "code": link.code, "level": link.level}


def _department(body: DepartmentIdentity, chain: Sequence[PlaceLink]) -> dict[str, Any]:
    return {
        "id": body.id,
        "place": chain[-1].key if chain else None,
        "values": {
            "key": body.key,
            "name": body.name,
            "registered": body.registered,
            "jurisdiction": chain[-1].name if chain else None,
            "level": body.level,
            "generic": body.generic,
            "caption": body.name,
        },
    }


def _work(key: str, work: Work) -> dict[str, Any]:
    caption = work.title or work.doc_number
    return {"key": key, "title": work.title, "doc_number": work.doc_number, "within": work.within, "caption": caption}


def assign_instruments(t: Any, works: Collection[str]) -> dict[str, str]:
    """Give these works, and those that share a title or number, their instruments; the instrument's id for each work's key."""
    if not works:
        return {}
    wanted: dict[str, str] = {}
    made: dict[str, dict[str, str]] = {}
    named: list[dict[str, str]] = []
    moved: list[dict[str, str]] = []
    for key, title, number, within, held, numbers in rows(t, KEEP_PLAN + KIN, keys=sorted(works)):
        known_by = instrument_key(Work(title, number, within), numbers)
        one = instrument_id(known_by)
        wanted[key] = one
        made.setdefault(one, {"id": one, "key": known_by, "title": title or number, "caption": title or number})
        if held != one:
            (named if held is None else moved).append({"work": key, "to": one})
    t.run(KEEP_PLAN + INSTRUMENTS, instruments=[made[one] for one in sorted(made)], named=named).consume()
    for statement in MOVE if moved else ():
        t.run(KEEP_PLAN + statement, moved=moved).consume()
    return wanted
