"""Reading provisions, and their vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.neo4j import filters
from graph.neo4j.connection import Server
from graph.neo4j.rows import PLACED, PROVISION, to_provision
from graph.protocol import Filter, ProvisionRow, VectorSet

Vector = NDArray[np.float32]
AT_ONCE = 2_000
ROW = f"[{PLACED}, {PROVISION}]"
BY_IDS = f"UNWIND $ids AS id MATCH (p:Provision {{id: id}})<-[:HAS]-(d:Document) RETURN collect({ROW})"


def provisions(server: Server, ids: Sequence[str]) -> tuple[ProvisionRow, ...]:
    """The provisions of these ids in this order; those not held are left out."""
    found: dict[str, ProvisionRow] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = server.one(BY_IDS, ids=list(dict.fromkeys(ids[start : start + AT_ONCE])))
        found |= {row.id: row for row in (to_provision(*values) for values in rows)}
    return tuple(found[one] for one in ids if one in found)


def outline(server: Server, document_id: str, by: str = "p.order, p.path") -> tuple[ProvisionRow, ...]:
    """All provisions of a document in its order."""
    query = f"MATCH (d:Document {{id: $id}})-[:HAS]->(p:Provision) WITH d, p ORDER BY {by} RETURN collect({ROW})"
    return tuple(to_provision(*values) for values in server.one(query, id=document_id))


def provision_ids(server: Server, where: Filter) -> frozenset[str]:
    """Ids of the provisions that the filter admits."""
    asked = filters.ask(server, where)
    match = "MATCH (p:Provision)" if where == Filter() else filters.provisions(asked)
    return frozenset(server.one(f"{match} RETURN collect(p.id)", **asked.values))


def changed_since(server: Server, version: int) -> tuple[str, ...]:
    """Ids of provisions loaded or embedded after that version."""
    query = "MATCH (d:Document)-[:HAS]->(p:Provision) WHERE d.changed > $version RETURN p.id ORDER BY d.id, p.path"
    return tuple(one for (one,) in server.rows(query, version=version))


def all_provisions(server: Server) -> Iterator[ProvisionRow]:
    """Every provision by document id and path, one document in memory at a time."""
    for one in document_ids(server):
        yield from outline(server, one, by="p.path")


def document_ids(server: Server) -> Iterator[str]:
    """Ids of all documents in order, a page in memory at a time."""
    last = ""
    while True:
        query = "MATCH (d:Document) WHERE d.id > $last RETURN d.id ORDER BY d.id LIMIT $limit"
        found = server.rows(query, last=last, limit=AT_ONCE)
        if not found:
            return
        yield from (one for (one,) in found)
        last = found[-1][0]


ALL_VECTORS = """MATCH (p:Provision) WHERE p.id > $last AND p.model = $model
RETURN p.id, p.vector ORDER BY p.id LIMIT $limit"""
SOME_VECTORS = "UNWIND $ids AS id MATCH (p:Provision {id: id}) WHERE p.model = $model RETURN p.id, p.vector"


def vectors(server: Server, model: str, ids: Sequence[str] | None) -> VectorSet:
    """Vectors of one model by id, all or those asked for; an empty set has shape (0, 0)."""
    if ids is None:
        pieces = list(_all_vectors(server, model))
        pieces.sort(key=lambda piece: _key(piece[0]))
        return _collect(pieces)
    asked = sorted(set(ids), key=_key)
    found: dict[str, Vector] = {}
    for start in range(0, len(asked), AT_ONCE):
        found.update(server.rows(SOME_VECTORS, ids=asked[start : start + AT_ONCE], model=model))
    return _collect([(one, found[one]) for one in asked if one in found])


def _all_vectors(server: Server, model: str) -> Iterator[tuple[str, Vector]]:
    last = ""
    while rows := server.rows(ALL_VECTORS, last=last, model=model, limit=AT_ONCE):
        yield from ((one, np.asarray(vector, dtype=np.float32)) for one, vector in rows)
        last = rows[-1][0]


def _key(provision_id: str) -> tuple[str, str]:
    document, _, path = provision_id.partition(":")
    return document, path


def _collect(pieces: list[tuple[str, Vector]]) -> VectorSet:
    matrix = np.array([vector for _, vector in pieces], dtype=np.float32) if pieces else np.empty((0, 0), dtype=np.float32)
    return VectorSet(ids=tuple(one for one, _ in pieces), matrix=matrix)
