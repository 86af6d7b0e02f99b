"""Vectors on the server: a property and an index for each model, so that one model serves until the next one is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.identity import digest
from graph.neo4j.connection import AWAIT_INDEXES, KEEP_PLAN, Server
from graph.protocol import VectorSet

Vector = NDArray[np.float32]
AT_ONCE = 2_000
WRITTEN_AT_ONCE = 500
KEPT = "vectors "
"""Before a model's name in the ``Meta`` node that tells of its property."""
MODELS = "MATCH (m:Meta) WHERE m.name STARTS WITH $kept AND m.name <> $kept + $keep RETURN m.name"
MISSING = """MATCH (d:Document) WHERE d.embedded < $model OR d.embedded > $model
MATCH (d)-[:HAS]->(p:Provision) WHERE p[$property] IS NULL RETURN p.id ORDER BY d.id, p.path"""
PUT = """UNWIND $rows AS one MATCH (p:Provision {id: one[0]})
CALL db.create.setNodeVectorProperty(p, $property, one[1])"""
COMPLETE = """UNWIND $ids AS id MATCH (d:Document {id: id}) SET d.changed = $version, d.embedded = CASE WHEN EXISTS {
    MATCH (d)-[:HAS]->(p:Provision) WHERE p[$property] IS NULL } THEN '' ELSE $model END"""
NOTE = "MERGE (m:Meta {name: $name}) SET m.value = $property, m.caption = $name"
FIND_INDEX = "SHOW VECTOR INDEXES YIELD name, options WHERE name = $name RETURN options.indexConfig['vector.dimensions']"
MAKE_INDEX = """CREATE VECTOR INDEX {name} IF NOT EXISTS FOR (n:Provision) ON (n.{property})
OPTIONS {{indexConfig: {{`vector.dimensions`: {dimensions}, `vector.similarity_function`: 'cosine'}}}}"""
DROP = """MATCH (p:Provision) WHERE p.{property} IS NOT NULL
CALL (p) {{ REMOVE p.{property} }} IN TRANSACTIONS OF 10000 ROWS"""
FORGET = "MATCH (m:Meta {name: $name}) DELETE m", "MATCH (d:Document {embedded: $model}) SET d.embedded = ''"
ALL = """MATCH (p:Provision) WHERE p.id > $last AND p[$property] IS NOT NULL
RETURN p.id, p[$property] ORDER BY p.id LIMIT $limit"""
SOME = "UNWIND $ids AS id MATCH (p:Provision {id: id}) WHERE p[$property] IS NOT NULL RETURN p.id, p[$property]"


def property_of(model: str) -> str:
    """The property that holds the vectors of a model: letters and digits, whatever the model is called."""
    return f"vector_{digest(model, 8)}"


def index_of(model: str) -> str:
    """The name of the index over that property."""
    return f"provision_{property_of(model)}"


def missing(server: Server, model: str) -> tuple[str, ...]:
    """Ids of provisions without a vector of this model."""
    return tuple(one for (one,) in server.rows(MISSING, model=model, property=property_of(model)))


def make_index(server: Server, model: str, dimensions: int) -> None:
    """The model's index, for vectors of this length; ready before a vector is written, as the server needs it to be."""
    name = index_of(model)
    if server.one(FIND_INDEX, name=name) == dimensions:
        return
    server.schema(f"DROP INDEX {name} IF EXISTS")
    server.schema(MAKE_INDEX.format(name=name, property=property_of(model), dimensions=int(dimensions)))
    server.schema(AWAIT_INDEXES)


def put(t: Any, model: str, ids: Sequence[str], matrix: np.ndarray, version: int) -> None:
    """Write the vectors, and mark the documents that have all of theirs."""
    property_, documents = property_of(model), sorted({one.partition(":")[0] for one in ids})
    pairs = [[one, row] for one, row in zip(ids, np.asarray(matrix, dtype=np.float32).tolist(), strict=True)]
    t.run(NOTE, name=KEPT + model, property=property_).consume()
    for start in range(0, len(pairs), WRITTEN_AT_ONCE):
        t.run(KEEP_PLAN + PUT, rows=pairs[start : start + WRITTEN_AT_ONCE], property=property_).consume()
    t.run(KEEP_PLAN + COMPLETE, ids=documents, model=model, property=property_, version=version).consume()


def others(server: Server, keep: str) -> list[str]:
    """The models other than this one of which there are vectors."""
    return [name.removeprefix(KEPT) for (name,) in server.rows(MODELS, kept=KEPT, keep=keep)]


def drop(server: Server, model: str) -> None:
    """Remove the vectors of a model and their index, some at a time; ``forget`` must follow."""
    server.schema(f"DROP INDEX {index_of(model)} IF EXISTS")
    server.schema(DROP.format(property=property_of(model)))


def forget(t: Any, model: str) -> None:
    """Note that there are none of this model any more."""
    for statement in FORGET:
        t.run(statement, name=KEPT + model, model=model).consume()


def has(server: Server, model: str) -> bool:
    """Whether there are vectors of this model."""
    return server.one("MATCH (m:Meta {name: $name}) RETURN m.value", name=KEPT + model) is not None


def read(server: Server, model: str, ids: Sequence[str] | None) -> VectorSet:
    """Vectors of one model by id, all or those asked for; an empty set has shape (0, 0)."""
    if ids is None:
        return _collect(sorted(_all(server, model), key=lambda piece: _key(piece[0])))
    asked = sorted(set(ids), key=_key)
    found: dict[str, Vector] = {}
    for start in range(0, len(asked), AT_ONCE):
        found.update(server.rows(SOME, ids=asked[start : start + AT_ONCE], property=property_of(model)))
    return _collect([(one, found[one]) for one in asked if one in found])


def _all(server: Server, model: str) -> Iterator[tuple[str, Vector]]:
    last = ""
    while held := server.rows(ALL, last=last, property=property_of(model), limit=AT_ONCE):
        yield from ((one, np.asarray(vector, dtype=np.float32)) for one, vector in held)
        last = held[-1][0]


def _key(provision_id: str) -> tuple[str, str]:
    document, _, path = provision_id.partition(":")
    return document, path


def _collect(pieces: list[tuple[str, Vector]]) -> VectorSet:
    matrix = np.array([vector for _, vector in pieces], dtype=np.float32) if pieces else np.empty((0, 0), dtype=np.float32)
    return VectorSet(ids=tuple(one for one, _ in pieces), matrix=matrix)
