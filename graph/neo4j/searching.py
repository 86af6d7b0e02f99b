"""The server's own full-text and vector indexes, as ``graph.full_text`` asks them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.full_text import Scores, Vector
from graph.neo4j import vectors
from graph.neo4j.connection import Server

RANKED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number], {limit: $limit}) YIELD node, score
    RETURN collect(node.id) AS ids, collect(score) AS scores }
RETURN ids, scores ORDER BY number"""
"""A record for each query and not for each hit, which costs twenty times as much; so for the cosines."""
COUNTED = """UNWIND range(0, size($queries) - 1) AS number
CALL (number) { CALL db.index.fulltext.queryNodes('provision_tokens', $queries[number]) YIELD node RETURN count(node) AS n }
RETURN n ORDER BY number"""
NEAREST = """CALL db.index.vector.queryNodes($index, $limit, $vector) YIELD node
RETURN collect(node.id), collect(vector.similarity.cosine(node[$property], $vector))"""
COSINES = """UNWIND $ids AS id MATCH (p:Provision {id: id}) WHERE p[$property] IS NOT NULL
RETURN collect(id), collect(vector.similarity.cosine(p[$property], $vector))"""


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
    if limit <= 0 or not vectors.has(server, model):
        return {}
    values = {"index": vectors.index_of(model), "property": vectors.property_of(model), "vector": vector.tolist()}
    return _cosines(server.rows(NEAREST, **values, limit=limit))


def cosines(server: Server, model: str, vector: Vector, ids: Collection[str]) -> Scores:
    """The exact cosines of these provisions."""
    if not ids:
        return {}
    return _cosines(server.rows(COSINES, property=vectors.property_of(model), vector=vector.tolist(), ids=sorted(ids)))


def _cosines(found: Sequence[tuple[Sequence[str], Sequence[float]]]) -> Scores:
    """The server gives a similarity from 0 to 1 for a cosine from -1 to 1."""
    return {one: 2.0 * similarity - 1.0 for ids, near in found for one, similarity in zip(ids, near, strict=True)}
