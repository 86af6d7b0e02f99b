"""The server's own full-text and vector indexes, as ``graph.full_text`` asks them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.full_text import Scores, Vector
from graph.neo4j.connection import Server

RANKED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number], {limit: $limit}) YIELD node, score
    RETURN collect(node.id) AS ids, collect(score) AS scores }
RETURN ids, scores ORDER BY number"""
"""A record for each query and not for each hit, which costs twenty times as much; so for the cosines."""
COUNTED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number]) YIELD node RETURN count(node) AS n }
RETURN n ORDER BY number"""
EMBEDDED = "RETURN EXISTS { MATCH (p:Provision {model: $model}) }"
NEAREST = """CALL db.index.vector.queryNodes('provision_vectors', $limit, $vector) YIELD node WHERE node.model = $model
RETURN collect(node.id), collect(vector.similarity.cosine(node.vector, $vector))"""
COSINES = """UNWIND $ids AS id MATCH (p:Provision {id: id}) WHERE p.model = $model
RETURN collect(id), collect(vector.similarity.cosine(p.vector, $vector))"""


def ranked(server: Server, queries: Sequence[str], limit: int) -> list[Scores]:
    """For each query its best provisions, in one round trip."""
    if not queries or limit <= 0:
        return [{} for _ in queries]
    return [dict(zip(*found, strict=True)) for found in server.rows(RANKED, queries=list(queries), limit=limit)]


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


def _cosines(found: Sequence[tuple[Sequence[str], Sequence[float]]]) -> Scores:
    """The server gives a similarity from 0 to 1 for a cosine from -1 to 1."""
    return {one: 2.0 * similarity - 1.0 for ids, near in found for one, similarity in zip(ids, near, strict=True)}
