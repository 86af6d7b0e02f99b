"""Reading facts: by kind and filter, by document, by department, by instrument, one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.identity import KIND_NAMES
from graph.neo4j import filters
from graph.neo4j.connection import Server
from graph.neo4j.rows import PLACED, RECORDS, to_fact
from graph.neo4j.totals import Question, Totals
from graph.protocol import Fact, Filter, Page
from ingest.records import FACTS

KINDS = {name: kind for kind, name in KIND_NAMES.items()}

PATTERNS = {
    "responsibilities": "MATCH (b:Department)-[f:RESPONSIBLE]->(at)",
    "citations": "MATCH (at)-[f:CITES]->(i)",
    "targets": "MATCH (at)-[:SETS]->(f:Target)",
    "programmes": "MATCH (at)-[:RUNS]->(f:Programme)",
}
"""Where each kind of fact is; at is the provision, or the document itself where the outline has no item."""
ALL = {
    "responsibilities": "MATCH ()-[f:RESPONSIBLE]->() RETURN count(f)",
    "citations": "MATCH ()-[f:CITES]->() RETURN count(f)",
    "targets": "MATCH (f:Target) RETURN count(f)",
    "programmes": "MATCH (f:Programme) RETURN count(f)",
}
"""Counts that the server keeps."""
LINKED = {"responsibilities": "b.id", "citations": "CASE WHEN i:Instrument THEN i.id END"}
OF_PROVISIONS = "f.document = ask.document AND f.path IN ask.paths"
LEADS_FIRST = "CASE f.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END, f.sort"


def returned(kind: str) -> str:
    """What ``to_fact`` reads."""
    return f"[{PLACED}, at.heading, f.id, {RECORDS[kind]}, {LINKED.get(kind, 'null')}]"


def _facts(kind: str, found: Sequence[Sequence[Any]]) -> tuple[Fact, ...]:
    return tuple(to_fact(kind, *row) for row in found)


OF_DOCUMENT = (
    " ".join(
        f"CALL () {{ {PATTERNS[kind]} WHERE f.document = $id MATCH (d:Document {{id: f.document}}) WITH * ORDER BY f.sort"
        f" RETURN collect({returned(kind)}) AS {kind} }}"
        for kind in FACTS
    )
    + f" RETURN {', '.join(FACTS)}"
)


def facts(
    server: Server, totals: Totals, kind: str, where: Filter, provision_ids: Sequence[str] | None, offset: int, limit: int
) -> Page[Fact]:
    """Facts of one kind that the filter admits, by document and position."""
    if kind not in FACTS:
        raise KeyError(f"{kind}: no such kind of fact; there are {', '.join(FACTS)}")
    if provision_ids is not None:
        return _of_provisions(server, totals, kind, where, provision_ids, offset, limit)
    asked = filters.ask(server, where)
    pattern = PATTERNS[kind]
    if asked.where == Filter():
        return _page(totals, kind, filters.facts(asked, kind, f"{pattern} WHERE f.sort >= ''"), {}, "f.sort", (offset, limit))
    order = "d.sort_key, f.sort" if asked.document and not asked.duty else "f.sort"
    return _page(totals, kind, filters.facts(asked, kind, pattern), asked.values, order, (offset, limit))


def _page(totals: Totals, kind: str, match: str, values: dict[str, Any], order: str, cut: tuple[int, int]) -> Page[Fact]:
    count = f"{match} RETURN count(f)" if values else ALL[kind]
    rows, total = totals.page(Question(match, order, returned(kind), count, values), *cut)
    return Page(rows=_facts(kind, rows), total=total, offset=cut[0], limit=cut[1])


def _of_provisions(
    server: Server, totals: Totals, kind: str, where: Filter, ids: Sequence[str], offset: int, limit: int
) -> Page[Fact]:
    """Facts of these provisions, path 0 without an item in the outline included."""
    asked = filters.ask(server, where)
    values: dict[str, Any] = {**asked.values, "asked": _by_document([one.partition(":") for one in ids])}
    match = f"UNWIND $asked AS ask {filters.facts(asked, kind, PATTERNS[kind], OF_PROVISIONS)}"
    return _page(totals, kind, match, values, "f.sort", (offset, limit))


def _by_document(pairs: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for document, _, path in pairs:
        found.setdefault(document, []).append(path)
    return [{"document": document, "paths": paths} for document, paths in found.items()]


def fact(server: Server, one_id: str) -> Fact | None:
    """One record by its id."""
    kind = KINDS.get([*one_id.split(":"), "", "", ""][2])
    if kind is None:
        return None
    match = f"{PATTERNS[kind]} WHERE f.id = $id MATCH (d:Document {{id: f.document}})"
    found = server.one(f"{match} RETURN {returned(kind)}", id=one_id)
    return None if found is None else to_fact(kind, *found)


def document_facts(server: Server, document_id: str) -> dict[str, tuple[Fact, ...]]:
    """Every fact of a document by kind, in the order of the text."""
    [found] = server.rows(OF_DOCUMENT, id=document_id)
    return {kind: _facts(kind, rows) for kind, rows in zip(FACTS, found, strict=True)}


def duties(server: Server, totals: Totals, department_id: str, where: Filter, offset: int, limit: int) -> Page[Fact]:
    """Responsibilities of one department, leads first."""
    asked = filters.ask(server, where)
    match = filters.facts(asked, "responsibilities", "MATCH (b:Department {id: $owner})-[f:RESPONSIBLE]->(at)")
    values = {**asked.values, "owner": department_id}
    return _page(totals, "responsibilities", match, values, LEADS_FIRST, (offset, limit))


def citations_of(totals: Totals, instrument_id: str, effects: Sequence[str], offset: int, limit: int) -> Page[Fact]:
    """The citations that name an instrument; with ``effects`` only those that do one of these to it."""
    match = "MATCH (at)-[f:CITES]->(i:Instrument {id: $id})" + (" WHERE f.effect IN $effects" if effects else "")
    match += " MATCH (d:Document {id: f.document})"
    return _page(totals, "citations", match, {"id": instrument_id, "effects": list(effects)}, "f.sort", (offset, limit))
