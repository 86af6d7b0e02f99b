"""Reading provisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.neo4j import filters
from graph.neo4j.connection import Server
from graph.neo4j.rows import PLACED, PROVISION, to_provision
from graph.protocol import Filter, ProvisionRow

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
