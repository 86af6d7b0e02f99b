"""One document's nodes and relationships: written together, removed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from graph.bodies_of import DepartmentIdentity, body_named, department_of, place_of
from graph.identity import Incoming, codes, fact_id, provision_id
from graph.linking import Work, cited_works
from graph.neo4j.bibliography import lookup, work_of_document
from graph.neo4j.connection import rows
from graph.neo4j.registering import assign_instruments, key_of, put_departments, put_places, put_works
from graph.writing import day_of, headings_above, own_values, place_chain
from ingest.records import Extraction, Record
from ingest.registry.jurisdictions import Place
from ingest.tokens import bigrams, words

DOCUMENT = """MERGE (d:Document {row: $row}) SET d = $values
WITH d CALL (d) { MATCH (j:Jurisdiction {key: $values.place}) CREATE (d)-[:IN]->(j) }
CREATE (d)-[:HAS]->(:Text {text: $text, boilerplate: $boilerplate, not_understood: $not_understood, locators: $locators,
    caption: 'text'})"""
PROVISIONS = """MATCH (d:Document {row: $row}) UNWIND $items AS item
CREATE (d)-[:HAS]->(p:Provision) SET p = item
FOREACH (_ IN CASE item.role WHEN 'measure' THEN [1] ELSE [] END | SET p:Measure)"""
PARTS = """UNWIND $pairs AS pair MATCH (p:Provision {id: pair[0]}) MATCH (above:Provision {id: pair[1]})
CREATE (p)-[:PART_OF]->(above)"""
AT = """OPTIONAL MATCH (p:Provision {id: one.at}) MATCH (d:Document {row: $row}) WITH one, coalesce(p, d) AS at"""
WRITE = {
    "responsibilities": f"UNWIND $facts AS one {AT} MATCH (b:Department {{id: one.to}})"
    " CREATE (b)-[r:RESPONSIBLE]->(at) SET r = one.values",
    "citations": f"UNWIND $facts AS one {AT} MATCH (i:Instrument {{id: one.to}}) CREATE (at)-[r:CITES]->(i) SET r = one.values",
    "targets": f"UNWIND $facts AS one {AT} CREATE (at)-[:SETS]->(f:Target) SET f = one.values",
    "programmes": f"UNWIND $facts AS one {AT} CREATE (at)-[:RUNS]->(f:Programme) SET f = one.values",
}
OWN_WORK = "UNWIND $facts AS one {at} CREATE (at)-[r:CITES]->(d) SET r = one.values".replace(
    "{at}", AT.replace("WITH one,", "WITH one, d,")
)
"""A citation of the text that a document itself prints leads to the document."""
ISSUERS = """MATCH (d:Document {row: $row}) UNWIND $issuers AS one MATCH (b:Department {id: one.department})
CREATE (d)-[r:ISSUED_BY]->(b) SET r = one.values"""
VERSION_OF = """MATCH (d:Document {row: $row}) MATCH (w:Work {key: $work})-[:NAMES]->(i:Instrument)
MERGE (d)-[:VERSION_OF]->(i)"""
COUNT_SYSTEMS = """UNWIND $counts AS one MERGE (s:System {system: one.system})
ON CREATE SET s.duties = 0, s.documents = 0, s.forms = [], s.caption = one.name
SET s.duties = s.duties + one.duties, s.documents = s.documents + 1,
    s.forms = s.forms + [form IN one.forms WHERE NOT form IN s.forms]"""

CLEAR = (
    """MATCH ()-[r:RESPONSIBLE {document: $id}]->() UNWIND r.systems AS system WITH system, count(*) AS n
    MATCH (s:System {system: system}) SET s.duties = s.duties - n, s.documents = s.documents - 1""",
    "MATCH (b:Department)-[r:RESPONSIBLE {document: $id}]->() SET b.stale = true DELETE r",
    "MATCH (:Document {id: $id})-[r:ISSUED_BY]->(b:Department) SET b.stale = true DELETE r",
    "MATCH ()-[r:CITES {document: $id}]->(i) SET i.stale = CASE WHEN i:Instrument THEN true END DELETE r",
    "MATCH (:Document {id: $id})-[r:VERSION_OF]->(i:Instrument) SET i.stale = true DELETE r",
    "MATCH (f:Target {document: $id}) DETACH DELETE f",
    "MATCH (f:Programme {document: $id}) DETACH DELETE f",
    "MATCH (:Document {id: $id})-[:HAS]->(x) WHERE x:Provision OR x:Text DETACH DELETE x",
    "MATCH (:Document {id: $id})-[r:IN]->() DELETE r",
    "MATCH (:Document {id: $id})-[c:COMPARED]->() SET c.unmatched = []",
    "MATCH (:Document {id: $id})<-[c:COMPARED]-() SET c.unmatched_higher = []",
)
REMOVE = (
    "MATCH (:Document {id: $id})-[r:FOUND_BY]->(b:Band) DELETE r WITH b WHERE NOT EXISTS { (b)<-[:FOUND_BY]-() } DELETE b",
    """MATCH (:Document {id: $id})-[r:WORDED_AS]->(u:UnitBand) DELETE r
    WITH DISTINCT u WHERE NOT EXISTS { (u)<-[:WORDED_AS]-() } DELETE u""",
    "MATCH (:Document {id: $id})-[:HAS]->(s:Source) DETACH DELETE s",
    "MATCH (d:Document {id: $id}) DETACH DELETE d",
)


@dataclass(frozen=True)
class Setting:
    """Where a document's records are written: its row and id, its order, and what settles what its names mean."""

    row: int
    id: str
    sort_key: str
    text: str
    place: Place | None
    on: str | None


def write_document(t: Any, row: int, extraction: Extraction, new: Incoming, doc_id: str, version: int) -> None:
    """Write a document's own node and all its records; its sources are written apart."""
    fields, on = extraction.document, day_of(extraction)
    chain = place_chain(fields.jurisdiction, on)
    put_places(t, [chain])
    place = place_of(fields.jurisdiction, on)
    work = work_of_document(t, fields, place)
    values = {
        **own_values(extraction, new, doc_id, version),
        "row": row,
        "warnings": list(extraction.warnings),
        "place": chain[-1].key if chain else None,
        "jurisdiction": chain[-1].name if chain else None,
        "dated": on,
        "embedded": "",
        "work": key_of(work) if work else None,
        "understood_not": len(extraction.not_understood),
        "caption": fields.title or new.address,
    }
    values["conflicting"] = True if values["conflicts"] else None
    t.run(DOCUMENT, row=row, values=values, text=extraction.source_text, **_passages(extraction)).consume()
    setting = Setting(row, doc_id, values["sort_key"], extraction.source_text, place, on)
    _write_provisions(t, extraction, setting)
    _write_bodies(t, extraction, setting)
    _write_citations(t, extraction, setting, work)
    for kind in ("targets", "programmes"):
        _write_facts(t, kind, getattr(extraction, kind), setting)


def clear_document(t: Any, doc_id: str) -> None:
    """Remove everything that hangs on a document's text, and mark what it counted for; its node and sources stay."""
    for statement in CLEAR:
        t.run(statement, id=doc_id).consume()


def remove_document(t: Any, doc_id: str) -> None:
    """Remove a document with its records and sources; shared nodes that only it brought go with the next ``relink``."""
    clear_document(t, doc_id)
    for statement in REMOVE:
        t.run(statement, id=doc_id).consume()


def _passages(extraction: Extraction) -> dict[str, str]:
    names = ("boilerplate", "not_understood", "locators")
    return {name: msgspec.json.encode(getattr(extraction, name)).decode() for name in names}


def _write_provisions(t: Any, extraction: Extraction, setting: Setting) -> None:
    by_path = {p.path: p for p in extraction.provisions}
    items = []
    for item in extraction.provisions:
        text, heading = extraction.source_text[item.start : item.end], item.heading or ""
        items.append(
            {
                **msgspec.structs.asdict(item),
                "id": provision_id(setting.id, item.path),
                "text": text,
                "headings": headings_above(item, by_path),
                "words": " ".join(words(text)),
                "bigrams": " ".join(bigrams(text)),
                "heading_words": " ".join(words(heading)),
                "heading_bigrams": " ".join(bigrams(heading)),
                "caption": heading or item.marker or item.path,
            }
        )
    if items:
        t.run(PROVISIONS, row=setting.row, items=items).consume()
    pairs = [
        [provision_id(setting.id, p.path), provision_id(setting.id, p.parent)]
        for p in extraction.provisions
        if p.parent in by_path and p.parent is not None
    ]
    if pairs:
        t.run(PARTS, pairs=pairs).consume()


def _write_bodies(t: Any, extraction: Extraction, setting: Setting) -> None:
    """Issuers and responsibilities, with the departments that they name and what these serve."""
    duties = [department_of(record, setting.place, setting.on) for record in extraction.responsibilities]
    issuers = [body_named(name, setting.place, setting.on) for name in extraction.document.issuers]
    put_departments(t, [*duties, *issuers])
    t.run(ISSUERS, row=setting.row, issuers=_issuers(extraction, issuers, setting)).consume()
    links = [
        {
            "to": body.id,
            "body": body.name,
            "systems": sorted(set(record.system.split("+"))),
            "dated": setting.on,
            "caption": record.role,
        }
        for record, body in zip(extraction.responsibilities, duties, strict=True)
    ]
    _write_facts(t, "responsibilities", extraction.responsibilities, setting, links)
    _count_systems(t, extraction)


def _issuers(extraction: Extraction, bodies: Sequence[DepartmentIdentity], setting: Setting) -> list[dict[str, Any]]:
    return [
        {
            "department": body.id,
            "values": {
                "position": position,
                "name": name,
                "body": body.name,
                "systems": list(body.systems),
                "document": setting.id,
                "dated": setting.on,
            },
        }
        for position, (name, body) in enumerate(zip(extraction.document.issuers, bodies, strict=True))
    ]


def _count_systems(t: Any, extraction: Extraction) -> None:
    from graph.system_names import system_names

    counts: dict[str, dict[str, Any]] = {}
    for record in extraction.responsibilities:
        for system in sorted(set(record.system.split("+"))):
            name = system_names().get(system, (system,))[0]
            one = counts.setdefault(system, {"system": system, "name": name, "duties": 0, "forms": []})
            one["duties"] += 1
            one["forms"] = sorted({*one["forms"], record.system})
    if counts:
        t.run(COUNT_SYSTEMS, counts=list(counts.values())).consume()


def _write_citations(t: Any, extraction: Extraction, setting: Setting, own: Work | None) -> None:
    find = lookup(t, setting.place, setting.on)
    cited = cited_works(extraction.citations, setting.place, setting.on, find)
    works = [work for work in (*cited, own) if work]
    put_works(t, works)
    instruments = assign_instruments(t, {key_of(work) for work in works})
    if own:
        t.run(VERSION_OF, row=setting.row, work=key_of(own)).consume()
    links = [
        {"to": instruments[key_of(work)] if work else None, "work": key_of(work) if work else None, "caption": record.relation}
        for record, work in zip(extraction.citations, cited, strict=True)
    ]
    _write_facts(t, "citations", extraction.citations, setting, links)


def _write_facts(
    t: Any, kind: str, records: Sequence[Record], setting: Setting, links: Sequence[dict[str, Any]] | None = None
) -> None:
    facts = []
    for record, code, link in zip(records, codes(records), links or [{}] * len(records), strict=True):
        values = {
            **msgspec.structs.asdict(record),
            **{name: value for name, value in link.items() if name != "to"},
            "id": fact_id(setting.id, record.path, kind, code),
            "document": setting.id,
            "sort": sort(setting.sort_key, record.start, code),
            "quote": setting.text[record.start : record.end],
        }
        values.setdefault("caption", getattr(record, "name", None) or getattr(record, "text", None))
        facts.append({"at": provision_id(setting.id, record.path), "to": link.get("to"), "values": values})
    for statement, some in (
        (WRITE[kind], [f for f in facts if f["to"] or kind not in LINKED]),
        (OWN_WORK, _of_itself(kind, facts)),
    ):
        if some:
            t.run(statement, row=setting.row, facts=some).consume()


LINKED = ("responsibilities", "citations")


def _of_itself(kind: str, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [fact for fact in facts if kind == "citations" and not fact["to"]]


def sort(sort_key: str, start: int, code: str) -> str:
    """Orders facts by document, position and code."""
    return f"{sort_key}|{start:09d}|{code}"


def rename_document(t: Any, row: int, doc_id: str, sort_key: str, changed: int | None) -> None:
    """Give a document another id, and with it all that bears the id."""
    old, order = rows(t, "MATCH (d:Document {row: $row}) RETURN d.id, d.sort_key", row=row)[0]
    values = {"row": row, "id": doc_id, "sort": sort_key, "old": old, "order": order, "changed": changed}
    t.run(
        "MATCH (d:Document {row: $row}) SET d.id = $id, d.sort_key = $sort, d.changed = coalesce($changed, d.changed)", values
    )
    t.run("MATCH (:Document {row: $row})-[:HAS]->(p:Provision) SET p.id = $id + ':' + p.path", values).consume()
    t.run("MATCH (:Document {row: $row})-[r:ISSUED_BY]->() SET r.document = $id", values).consume()
    for match in (
        "MATCH ()-[f:RESPONSIBLE {document: $old}]->()",
        "MATCH ()-[f:CITES {document: $old}]->()",
        "MATCH (f:Target {document: $old})",
        "MATCH (f:Programme {document: $old})",
    ):
        moved = f"""{match} SET f.document = $id, f.id = $id + substring(f.id, size($old)),
            f.sort = $sort + substring(f.sort, size($order))"""
        t.run(moved, values).consume()
