"""Bring counts and names of shared nodes up to date, and remove those that nothing mentions any more."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph.neo4j.connection import rows
from graph.neo4j.registering import assign_instruments

AT_ONCE = 500
MOST = 999_999_999

STALE = "MATCH (n:Department {stale: true}) RETURN 1 LIMIT 1", "MATCH (n:Instrument {stale: true}) RETURN 1 LIMIT 1"

DROP_DEPARTMENTS = """MATCH (b:Department {stale: true})
WHERE NOT EXISTS { (b)-[:RESPONSIBLE]->() } AND NOT EXISTS { (b)<-[:ISSUED_BY]-() } REMOVE b.stale DETACH DELETE b"""
# A node loses its mark before it goes: the index would still find it in the same transaction.
# The official name of the newest text, where texts of several days give several.
DEPARTMENTS = """MATCH (b:Department {stale: true}) WITH b LIMIT $limit
CALL (b) { MATCH (b)-[r:RESPONSIBLE]->() RETURN count(r) AS duties, count(DISTINCT r.document) AS documents }
CALL (b) {
    CALL (b) { MATCH (b)-[f:RESPONSIBLE]->() RETURN f.name AS name, f.body AS body, f.dated AS dated
        UNION ALL MATCH (b)<-[f:ISSUED_BY]-() RETURN f.name AS name, f.body AS body, f.dated AS dated }
    WITH name, body, max(coalesce(dated, '')) AS newest ORDER BY newest DESC, body
    RETURN collect(DISTINCT name) AS names, head(collect(body)) AS body
}
CALL (b) {
    CALL (b) { MATCH (b)-[f:RESPONSIBLE]->() RETURN DISTINCT f.systems AS systems
        UNION MATCH (b)<-[f:ISSUED_BY]-() RETURN DISTINCT f.systems AS systems }
    UNWIND systems AS system RETURN collect(DISTINCT system) AS systems
}
SET b.duties = duties, b.documents = documents, b.names = names, b.name = body, b.caption = body, b.systems = systems,
    b.rank = right('000000000' + toString($most - duties), 9) + '|' + body + '|' + b.id
REMOVE b.stale
WITH b CALL (b) { MATCH (b)-[r:OF_SYSTEM]->(s:System) WHERE NOT s.system IN b.systems DELETE r }
CALL (b) { UNWIND b.systems AS system MERGE (s:System {system: system})
    ON CREATE SET s.duties = 0, s.documents = 0, s.forms = [], s.caption = system MERGE (b)-[:OF_SYSTEM]->(s) }
RETURN count(b)"""
DROP_SYSTEMS = "MATCH (s:System) WHERE s.documents <= 0 AND NOT EXISTS { (s)<-[:OF_SYSTEM]-() } DETACH DELETE s"

TITLES = """MATCH (i:Instrument {stale: true})<-[:NAMES]-(w:Work) WHERE w.title <> '' RETURN DISTINCT w.title"""
DROP_WORKS = """MATCH (i:Instrument {stale: true})<-[:NAMES]-(w:Work)
WHERE NOT EXISTS { MATCH ()-[c:CITES]->() WHERE c.work = w.key } AND NOT EXISTS { MATCH (d:Document) WHERE d.work = w.key }
AND NOT EXISTS { (w)<-[:NAMED]-() }
DETACH DELETE w RETURN count(*)"""
DROP_INSTRUMENTS = "MATCH (i:Instrument {stale: true}) WHERE NOT EXISTS { (i)<-[:NAMES]-() } REMOVE i.stale DETACH DELETE i"
INSTRUMENTS = """MATCH (i:Instrument {stale: true}) WITH i LIMIT $limit
CALL (i) { MATCH (i)<-[c:CITES]-() RETURN count(DISTINCT c.document) AS documents }
RETURN i.id, documents, EXISTS { (i)<-[:VERSION_OF]-(:Document) },
    COLLECT { MATCH (i)<-[:NAMES]-(w:Work) RETURN [w.key, w.title, w.doc_number] },
    COLLECT { MATCH (i)<-[c:CITES]-() WITH c.work AS work, c.kind AS kind, count(*) AS uses RETURN [work, kind, uses] }"""
SET_INSTRUMENTS = """UNWIND $instruments AS one MATCH (i:Instrument {id: one.id}) SET i += one REMOVE i.stale"""

# From the leaves up: a place goes when neither a document nor a department nor a place below it is left.
DROP_PLACES = "MATCH (j:Jurisdiction) WHERE NOT EXISTS { (j)<-[:IN]-() } DETACH DELETE j RETURN count(*)"


def is_stale(t: Any) -> bool:
    """Whether anything waits for ``relink``."""
    return any(rows(t, query) for query in STALE)


def relink(t: Any) -> None:
    """Recount what documents loaded or removed since the last time touched. Inside the caller's transaction."""
    t.run(DROP_DEPARTMENTS).consume()
    while rows(t, DEPARTMENTS, limit=AT_ONCE, most=MOST)[0][0]:
        pass
    t.run(DROP_SYSTEMS).consume()
    _drop_works(t)
    while found := rows(t, INSTRUMENTS, limit=AT_ONCE):
        t.run(SET_INSTRUMENTS, instruments=[_instrument(*one) for one in found]).consume()
    while rows(t, DROP_PLACES)[0][0]:
        pass


def _drop_works(t: Any) -> None:
    """Remove unused works; a title that loses a number may now stand for the one that is left."""
    left = [title for (title,) in rows(t, TITLES)]
    if rows(t, DROP_WORKS)[0][0]:
        works = rows(t, "UNWIND $titles AS title MATCH (w:Work {title: title}) RETURN w.key", titles=left)
        assign_instruments(t, {key for (key,) in works})
    t.run(DROP_INSTRUMENTS).consume()


def _instrument(one_id: str, documents: int, held: bool, works: list[list[str]], uses: list[list[Any]]) -> dict[str, Any]:
    """The title most often used, then the longest; the kind most often given."""
    titles: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    by_key = {key: title for key, title, _ in works}
    for work, kind, count in uses:
        titles[by_key.get(work, "")] += count
        kinds[kind] += count
    named = sorted({title for title in by_key.values() if title}, key=lambda title: (-titles[title], -len(title), title))
    number = max((number for _, _, number in works), default="")
    title = named[0] if named else number
    return {
        "id": one_id,
        "documents": documents,
        "citations": sum(kinds.values()),
        "held": held,
        "title": title,
        "caption": title,
        "doc_number": number or None,
        "kind": min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else "policy",
        "rank": f"{MOST - documents:09d}|{title}|{one_id}",
    }
