"""Nodes that documents share: places, departments, instruments and the works that name them; made on first use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from graph.bodies_of import DepartmentIdentity
from graph.linking import Work, instrument_id, instrument_key
from graph.neo4j.connection import rows
from graph.writing import PlaceLink, place_chain

PLACES = """UNWIND $places AS one MERGE (j:Jurisdiction {key: one.key})
ON CREATE SET j += one.values
WITH one, j WHERE one.parent IS NOT NULL MATCH (above:Jurisdiction {key: one.parent}) MERGE (j)-[:IN]->(above)"""
DEPARTMENTS = """UNWIND $departments AS one MERGE (b:Department {id: one.id}) ON CREATE SET b += one.values
SET b.stale = true WITH one, b WHERE one.place IS NOT NULL
MATCH (j:Jurisdiction {key: one.place}) MERGE (b)-[:IN]->(j)"""
WORKS = "UNWIND $works AS one MERGE (w:Work {key: one.key}) ON CREATE SET w += one"
KIN = """UNWIND $keys AS key MATCH (w:Work {key: key})
CALL (w) { WITH w WHERE w.title <> '' MATCH (k:Work {title: w.title}) RETURN k
    UNION WITH w WHERE w.doc_number <> '' MATCH (k:Work {doc_number: w.doc_number}) RETURN k UNION RETURN w AS k }
WITH DISTINCT k
RETURN k.key, k.title, k.doc_number, k.within, head([(k)-[:NAMES]->(i:Instrument) | i.id]),
    CASE k.title WHEN '' THEN [] ELSE
    COLLECT { MATCH (o:Work {title: k.title}) WHERE o.doc_number <> '' RETURN o.doc_number } END
ORDER BY k.key"""
INSTRUMENTS = """UNWIND $instruments AS one MERGE (i:Instrument {id: one.id}) ON CREATE SET i += one, i.kind = 'other',
i.citations = 0, i.documents = 0, i.held = false SET i.stale = true"""
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


def put_places(t: Any, chains: Sequence[Sequence[PlaceLink]]) -> None:
    """The places of these chains, each inside the one before it."""
    places: dict[str, dict[str, Any]] = {}
    for chain in chains:
        for n, link in enumerate(chain):
            values = {**_values(link), "ancestors": [above.name for above in chain[:n]], "caption": link.name}
            places[link.key] = {"key": link.key, "parent": chain[n - 1].key if n else None, "values": values}
    if places:
        t.run(PLACES, places=sorted(places.values(), key=lambda one: len(one["values"]["ancestors"]))).consume()


def _values(link: PlaceLink) -> dict[str, Any]:
    return {"name": link.name, "place": link.place, "code": link.code, "level": link.level}


def put_departments(t: Any, bodies: Sequence[DepartmentIdentity]) -> None:
    """The departments, with their places; whoever mentions them makes their counts stale."""
    chains = {body.id: place_chain(body.jurisdiction, None) for body in bodies}
    put_places(t, list(chains.values()))
    found = {
        body.id: {
            "id": body.id,
            "place": chains[body.id][-1].key if chains[body.id] else None,
            "values": {
                "key": body.key,
                "name": body.name,
                "registered": body.registered,
                "jurisdiction": chains[body.id][-1].name if chains[body.id] else None,
                "level": body.level,
                "generic": body.generic,
                "caption": body.name,
            },
        }
        for body in bodies
    }
    if found:
        t.run(DEPARTMENTS, departments=sorted(found.values(), key=lambda one: str(one["id"]))).consume()


def put_works(t: Any, works: Sequence[Work]) -> None:
    """The works, each once."""
    found = [
        {"key": key, "title": w.title, "doc_number": w.doc_number, "within": w.within, "caption": w.title or w.doc_number}
        for key, w in sorted({key_of(work): work for work in works}.items())
    ]
    if found:
        t.run(WORKS, works=found).consume()


def assign_instruments(t: Any, works: Collection[str]) -> dict[str, str]:
    """Give these works, and those that share a title or number, their instruments; the instrument's id for each work's key."""
    if not works:
        return {}
    wanted: dict[str, str] = {}
    made: dict[str, dict[str, str]] = {}
    moved = []
    for key, title, number, within, held, numbers in rows(t, KIN, keys=sorted(works)):
        known_by = instrument_key(Work(title, number, within), numbers)
        one = instrument_id(known_by)
        wanted[key] = one
        made.setdefault(one, {"id": one, "key": known_by, "title": title or number, "caption": title or number})
        if held != one:
            moved.append({"work": key, "to": one})
    t.run(INSTRUMENTS, instruments=sorted(made.values(), key=lambda one: one["id"])).consume()
    for statement in MOVE if moved else ():
        t.run(statement, moved=moved).consume()
    return wanted
