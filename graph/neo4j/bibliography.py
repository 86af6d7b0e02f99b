"""Lists of instruments in the store: importing one, and finding the entry that a citation means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from graph.bibliography import (
    cited,
    cited_forms,
    finder,
    known_forms,
    known_id,
    known_work,
    list_digest,
    own_citation,
    work_of_text,
)
from graph.bodies_of import place_of
from graph.linking import Work, cited_works
from graph.neo4j.connection import rows
from graph.neo4j.registering import assign_instruments, key_of, put_works
from graph.neo4j.rows import record_of, to_known
from graph.protocol import Imported, KnownInstrument
from ingest.records import Citation, DocumentFields
from ingest.registry.jurisdictions import Place

AT_ONCE = 1_000
HELD = "MATCH (k:KnownInstrument {listed_in: $name}) RETURN k.id, k {.*}"
ADD = """UNWIND $entries AS one MERGE (k:KnownInstrument {key: one.key}) SET k = one.values
WITH one, k MATCH (w:Work {key: one.work}) MERGE (k)-[:NAMED]->(w)
WITH one, k UNWIND one.forms AS form MERGE (f:Form {form: form}) MERGE (f)-[:FINDS]->(k)"""
REMOVE = (
    """UNWIND $keys AS key MATCH (f:Form)-[r:FINDS]->(:KnownInstrument {key: key}) DELETE r
    WITH DISTINCT f WHERE NOT EXISTS { (f)-[:FINDS]->() } DELETE f""",
    "UNWIND $keys AS key MATCH (k:KnownInstrument {key: key}) DETACH DELETE k",
)
WORKS = "UNWIND $keys AS key MATCH (:KnownInstrument {key: key})-[:NAMED]->(w:Work) RETURN DISTINCT w.key"
FOUND = """UNWIND $forms AS form MATCH (:Form {form: form})-[:FINDS]->(k:KnownInstrument)
RETURN form, collect(k {.*})"""
STALE = """UNWIND $works AS key MATCH (:Work {key: key})-[:NAMES]->(i:Instrument) SET i.stale = true"""
SET_DOCUMENT = (
    "MATCH (d:Document {row: $row}) SET d.work = $work",
    "MATCH (d:Document {row: $row})-[r:VERSION_OF]->() DELETE r",
    "MATCH (d:Document {row: $row}) MATCH (w:Work {key: $work})-[:NAMES]->(i:Instrument) MERGE (d)-[:VERSION_OF]->(i)",
)
SET_CITATIONS = """UNWIND $moved AS one MATCH (at)-[c:CITES {id: one.id}]->()
MATCH (w:Work {key: one.work})-[:NAMES]->(i:Instrument)
CREATE (at)-[n:CITES]->(i) SET n = properties(c), n.work = one.work DELETE c"""
MEANT = """MATCH (k:KnownInstrument {listed_in: $name})-[:NAMED]->(:Work)-[:NAMES]->(i:Instrument) WITH DISTINCT i
OPTIONAL MATCH (i)<-[c:CITES]-() WITH i, count(c) AS citations
RETURN sum(citations), sum(CASE WHEN citations > 0 THEN 1 ELSE 0 END)"""


def lookup(t: Any, citations: Sequence[Citation], place: Place | None, on: str | None) -> Callable[[Citation], Work | None]:
    """What finds the works of known instruments that these citations mean, in a text of that place and day."""
    forms = sorted({form for citation in citations for form in cited_forms(cited(citation, place, on))})
    held = {form: [to_known(one) for one in found] for form, found in rows(t, FOUND, forms=forms)} if forms else {}
    return finder(lambda wanted: [entry for form in wanted for entry in held.get(form, ())], place, on)


def work_of_document(t: Any, fields: DocumentFields, place: Place | None, listed: bool) -> Work | None:
    """The work that a held document is a text of; a number of its own is kept. ``listed``: there are imported lists."""
    return work_of_text(fields, lookup(t, [own_citation(fields)], place, None) if listed else None)


def put_list(t: Any, name: str, wanted: Sequence[KnownInstrument]) -> tuple[int, int] | None:
    """Make the list of this name hold exactly these entries; how many came and went, null when nothing changed."""
    by_id = {known_id(entry): entry for entry in wanted}
    digest = list_digest(by_id)
    if rows(t, "MATCH (b:Bibliography {listed_in: $name}) RETURN b.digest", name=name) == [[digest]]:
        return None
    t.run("MERGE (b:Bibliography {listed_in: $name}) SET b.digest = $d, b.caption = $name", name=name, d=digest).consume()
    held = {one: to_known(values) for one, values in rows(t, HELD, name=name)}
    gone = [one for one, entry in held.items() if by_id.get(one) != entry]
    come = [one for one, entry in by_id.items() if held.get(one) != entry]
    works = _remove(t, name, gone) | _add(t, name, {one: by_id[one] for one in come})
    if not by_id:
        t.run("MATCH (b:Bibliography {listed_in: $name}) DELETE b", name=name).consume()
    assign_instruments(t, works)
    return len(set(come) - set(held)), len(set(gone) - set(by_id))


def _remove(t: Any, name: str, ids: Sequence[str]) -> set[str]:
    keys = [f"{name}|{one}" for one in ids]
    works = {key for (key,) in rows(t, WORKS, keys=keys)}
    for statement in REMOVE:
        t.run(statement, keys=keys).consume()
    return works


def _add(t: Any, name: str, entries: dict[str, KnownInstrument]) -> set[str]:
    put_works(t, [known_work(entry) for entry in entries.values()])
    found = []
    for one, entry in entries.items():
        key = f"{name}|{one}"
        values = {
            **msgspec.structs.asdict(entry),
            "issuers": list(entry.issuers),
            "id": one,
            "key": key,
            "caption": entry.title,
        }
        found.append({"key": key, "values": values, "work": key_of(known_work(entry)), "forms": sorted(known_forms(entry))})
    for start in range(0, len(found), AT_ONCE):
        t.run(ADD, entries=found[start : start + AT_ONCE]).consume()
    return {str(one["work"]) for one in found}


def rename_works(t: Any) -> None:
    """Look up again which work every citation and document names, after the lists have changed."""
    listed = bool(rows(t, "MATCH (b:Bibliography) RETURN 1 LIMIT 1"))
    for row, work, fields in rows(t, "MATCH (d:Document) RETURN d.row, d.work, d.fields ORDER BY d.row"):
        _rename_document(t, row, work, msgspec.json.decode(fields, type=DocumentFields), listed)


def _rename_document(t: Any, row: int, work: str | None, fields: DocumentFields, listed: bool) -> None:
    on = fields.issued_on or fields.published_on
    place = place_of(fields.jurisdiction, on)
    own = work_of_document(t, fields, place, listed)
    query = "MATCH (d:Document {row: $row}) MATCH ()-[c:CITES {document: d.id}]->() RETURN c {.*} ORDER BY c.sort"
    held = [one for (one,) in rows(t, query, row=row)]
    citations = [record_of(Citation, one) for one in held]
    named = cited_works(citations, place, on, lookup(t, citations, place, on) if listed else None)
    moved = [(one, new) for one, new in zip(held, named, strict=True) if new and key_of(new) != one.get("work")]
    renamed = own is not None and key_of(own) != work
    works = [new for _, new in moved] + ([own] if own and renamed else [])
    if not works:
        return
    put_works(t, works)
    old: list[str] = [one["work"] for one, _ in moved if one.get("work")] + ([work] if work and renamed else [])
    touched = sorted({*(key_of(new) for new in works), *old})
    assign_instruments(t, touched)
    t.run(STALE, works=touched).consume()
    t.run(SET_CITATIONS, moved=[{"id": one["id"], "work": key_of(new)} for one, new in moved]).consume()
    for statement in SET_DOCUMENT if own and renamed else ():
        t.run(statement, row=row, work=key_of(own) if own else None).consume()


def report(t: Any, name: str, added: int, removed: int) -> Imported:
    """What the store now knows through a list."""
    entries = rows(t, "MATCH (k:KnownInstrument {listed_in: $name}) RETURN count(k)", name=name)[0][0]
    citations, instruments = rows(t, MEANT, name=name)[0]
    return Imported(listed_in=name, entries=entries, added=added, removed=removed, citations=citations, instruments=instruments)
