"""The server's own full-text and vector indexes, as ``graph.full_text`` asks them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.full_text import Scores, Vector
from graph.neo4j.connection import Server

RANKED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number], {limit: $limit}) YIELD node, score
    RETURN node.id AS id, score }
RETURN number, id, score ORDER BY number, score DESC, id"""
COUNTED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number]) YIELD node RETURN count(node) AS n }
RETURN n ORDER BY number"""
EMBEDDED = "RETURN EXISTS { MATCH (p:Provision {model: $model}) }"
NEAREST = """CALL db.index.vector.queryNodes('provision_vectors', $limit, $vector) YIELD node WHERE node.model = $model
RETURN node.id AS id, vector.similarity.cosine(node.vector, $vector) AS near ORDER BY near DESC, id"""
COSINES = """UNWIND $ids AS id MATCH (p:Provision {id: id}) WHERE p.model = $model
RETURN id, vector.similarity.cosine(p.vector, $vector)"""


def ranked(server: Server, queries: Sequence[str], limit: int) -> list[Scores]:
    """For each query its best provisions, in one round trip."""
    found: list[Scores] = [{} for _ in queries]
    for number, one, score in server.rows(RANKED, queries=list(queries), limit=limit) if queries and limit else ():
        found[number][one] = score
    return found


def counted(server: Server, queries: Sequence[str]) -> list[int]:
    """For each query how many provisions it admits, in one round trip."""
    return [count for (count,) in server.rows(COUNTED, queries=list(queries))] if queries else []


def nearest(server: Server, model: str, vector: Vector, limit: int) -> Scores:
    """Provisions near in meaning, with exact cosines: those of the index are rounded."""
    if limit <= 0 or not server.one(EMBEDDED, model=model):
        return {}
    return _cosines(server.rows(NEAREST, model=model, vector=vector.tolist(), limit=limit))


def cosines(server: Server, model: str, vector: Vector, ids: Collection[str]) -> Scores:
    """The exact cosines of these provisions."""
    return _cosines(server.rows(COSINES, model=model, vector=vector.tolist(), ids=sorted(ids))) if ids else {}


def _cosines(found: Sequence[tuple[str, float]]) -> Scores:
    """The server gives a similarity from 0 to 1 for a cosine from -1 to 1."""
    return {one: 2.0 * similarity - 1.0 for one, similarity in found}
