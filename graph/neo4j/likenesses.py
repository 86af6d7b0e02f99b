"""Documents with nearly the same text, and what readers decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.neo4j.connection import Server, rows
from graph.neo4j.rows import to_brief
from graph.neo4j.totals import Question, Totals
from graph.rows import Decided, Likeness, Page

NOT_COMPARED = "MATCH (d:Document) WHERE d.compared IS NULL OR d.compared <> d.wording RETURN d.id ORDER BY d.id"
NEAR = "UNWIND $bands AS band MATCH (:Band {band: band})<-[:FOUND_BY]-(d:Document) RETURN DISTINCT d.id AS id ORDER BY id"
FORGET = (
    "MATCH (:Document {id: $id})-[r:FOUND_BY]->(b:Band) DELETE r WITH b WHERE NOT EXISTS { (b)<-[:FOUND_BY]-() } DELETE b",
    "MATCH (:Document {id: $id})-[r:NEARLY_SAME]-() DELETE r",
)
PUT = (
    "MATCH (d:Document {id: $id}) SET d.compared = d.wording",
    "MATCH (d:Document {id: $id}) UNWIND $bands AS band MERGE (b:Band {band: band}) MERGE (d)-[:FOUND_BY]->(b)",
    """MATCH (d:Document {id: $id}) UNWIND $likenesses AS one MATCH (e:Document {id: one[0]})
    CREATE (d)-[r:NEARLY_SAME]->(e) SET r.likeness = one[1]""",
)
DECIDED = """EXISTS { MATCH (d)-[:HAS]->(s:Source) MATCH (e)-[:HAS]->(t:Source) MATCH (k:LikenessDecision)
    WHERE k.key IN [s.sha256 + '|' + t.sha256, t.sha256 + '|' + s.sha256] }"""
RETURNED = f"[d {{.id, .title, .doc_number, .address}}, e {{.id, .title, .doc_number, .address}}, r.likeness, {DECIDED}]"
DECISION = (
    "MERGE (k:LikenessDecision {key: $key}) SET k.one = $one, k.other = $other, k.decision = $decision, k.caption = $decision"
)
SAME = """MATCH (k:LikenessDecision {decision: 'same'}) WHERE k.one = $sha OR k.other = $sha
MATCH (s:Source {sha256: CASE WHEN k.one = $sha THEN k.other ELSE k.one END})<-[:HAS]-(d:Document)
RETURN d.row ORDER BY d.key_rank, d.address LIMIT 1"""


def not_compared(server: Server) -> tuple[str, ...]:
    """Ids of documents whose text has changed since it was compared with the others."""
    return tuple(one for (one,) in server.rows(NOT_COMPARED))


def near(server: Server, bands: Sequence[int]) -> tuple[str, ...]:
    """Ids of documents found under one of these keys."""
    return tuple(one for (one,) in server.rows(NEAR, bands=list(bands)))


def put_likenesses(t: Any, document_id: str, bands: Iterable[int], likenesses: Sequence[tuple[str, float]]) -> None:
    """Keep a document's keys and the documents nearly the same."""
    values = {"id": document_id, "bands": sorted(set(bands)), "likenesses": [list(one) for one in likenesses]}
    for statement in (*FORGET, *PUT):
        t.run(statement, values).consume()


def likenesses(totals: Totals, document_id: str | None, decided: bool | None, offset: int, limit: int) -> Page[Likeness]:
    """Pairs by likeness and ids; ``decided`` false leaves out those that were decided on, true keeps only them."""
    conditions = ["r.likeness >= 0"]
    if document_id is not None:
        conditions.append("(d.id = $id OR e.id = $id)")
    if decided is not None:
        conditions.append(DECIDED if decided else f"NOT {DECIDED}")
    match = f"MATCH (d:Document)-[r:NEARLY_SAME]->(e:Document) WHERE {' AND '.join(conditions)}"
    values = {"id": document_id}
    order = "r.likeness DESC, CASE WHEN d.id < e.id THEN d.id ELSE e.id END, CASE WHEN d.id < e.id THEN e.id ELSE d.id END"
    rows, total = totals.page(Question(match, order, RETURNED, f"{match} RETURN count(r)", values), offset, limit)
    return Page(rows=tuple(_row(*row) for row in rows), total=total, offset=offset, limit=limit)


def _row(d: Any, e: Any, likeness: float, decided: bool) -> Likeness:
    one, other = sorted((to_brief(d), to_brief(e)), key=lambda each: each.id)
    return Likeness(one=one, other=other, likeness=likeness, decision="different" if decided else None)


def decisions(server: Server) -> tuple[Decided, ...]:
    """Every decision by the files it is about."""
    found = server.rows("MATCH (k:LikenessDecision) RETURN k.one, k.other, k.decision ORDER BY k.one, k.other")
    return tuple(Decided(one=one, other=other, decision=decision) for one, other, decision in found)


def put_decisions(t: Any, found: Iterable[tuple[str, str, str | None]]) -> None:
    """Keep decisions on pairs of files, in place of earlier ones; a null one is taken back."""
    for left, right, decision in found:
        one, other = sorted((left, right))
        values = {"key": f"{one}|{other}", "one": one, "other": other, "decision": decision}
        t.run("MATCH (k:LikenessDecision {key: $key}) DELETE k" if decision is None else DECISION, values).consume()


def decided_same(t: Any, sha256: str) -> int | None:
    """The row of the document of a file that a reader decided to be the same text as this file."""
    found = rows(t, SAME, sha=sha256)
    return int(found[0][0]) if found else None
