"""Taking a document's nodes and relationships away, or giving them another id."""

from __future__ import annotations

from typing import Any

from graph.neo4j.connection import rows

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
    "MATCH (d:Document {id: $id}) SET d.traced = null",
    "MATCH (:Document {id: $id})-[c:COMPARED]-(o:Document) SET o.traced = null DELETE c",
)
REMOVE = (
    "MATCH (:Document {id: $id})-[r:FOUND_BY]->(b:Band) DELETE r WITH b WHERE NOT EXISTS { (b)<-[:FOUND_BY]-() } DELETE b",
    """MATCH (:Document {id: $id})-[r:WORDED_AS]->(u:UnitBand) DELETE r
    WITH DISTINCT u WHERE NOT EXISTS { (u)<-[:WORDED_AS]-() } DELETE u""",
    "MATCH (:Document {id: $id})-[:HAS]->(s:Source) DETACH DELETE s",
    "MATCH (d:Document {id: $id}) DETACH DELETE d",
)


def clear_document(t: Any, doc_id: str) -> None:
    """Remove everything that hangs on a document's text, and mark what it counted for; its node and sources stay."""
    for statement in CLEAR:
        t.run(statement, id=doc_id).consume()


def remove_document(t: Any, doc_id: str) -> None:
    """Remove a document with its records and sources; shared nodes that only it brought go with the next ``relink``."""
    clear_document(t, doc_id)
    for statement in REMOVE:
        t.run(statement, id=doc_id).consume()


def rename_document(t: Any, row: int, doc_id: str, sort_key: str, changed: int | None) -> None:
    """Give a document another id, and with it all that bears the id."""
    old, order = rows(t, "MATCH (d:Document {row: $row}) RETURN d.id, d.sort_key", row=row)[0]
    values = {"row": row, "id": doc_id, "sort": sort_key, "old": old, "order": order, "changed": changed}
    t.run(
        "MATCH (d:Document {row: $row}) SET d.id = $id, d.sort_key = $sort, d.changed = coalesce($changed, d.changed)", values
    )
    t.run(
        "MATCH (:Document {row: $row})-[:HAS]->(p:Provision) SET p.id = $id + ':' + p.path, p.document = $id", values
    ).consume()
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
