"""Reading documents, their sources, texts and places."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import msgspec

from graph.neo4j import filters
from graph.neo4j.connection import Server
from graph.neo4j.rows import OWN, to_document
from graph.neo4j.totals import Question, Totals
from graph.protocol import DocumentRow, Filter, JurisdictionRow, Page
from graph.writing import Original
from ingest.records import Locator, Passage

KNOWN = """MATCH (d:Document)-[:HAS]->(s:Source) WHERE s.address = $address AND s.sha256 = $sha256
AND (d.extractor = $extractor OR d.address <> s.address) RETURN d.id ORDER BY d.id LIMIT 1"""
EVERY = f"MATCH (d:Document) WHERE {filters.IN_ORDER}"
HELD = """MATCH (j:Jurisdiction) WHERE EXISTS { MATCH (j)<-[:IN*0..8]-(:Jurisdiction)<-[:IN]-(:Document) }
WITH j ORDER BY coalesce(j.code, '~'), j.key
RETURN collect([j.name, j.code, j.level, j.ancestors, COUNT { MATCH (j)<-[:IN]-(:Document) }])"""


def known(ask: Callable[..., list[Any]], address: str, sha256: str, extractor: str) -> str | None:
    """The document that this very file gave, unless another extractor read it. ``ask`` gives the rows of a query."""
    found = ask(KNOWN, address=address, sha256=sha256, extractor=extractor)
    return str(found[0][0]) if found else None


def document(server: Server, document_id: str) -> DocumentRow | None:
    """One document by its id."""
    found = server.one(f"MATCH (d:Document {{id: $id}}) RETURN {OWN}", id=document_id)
    return None if found is None else to_document(found)


def document_of_file(server: Server, sha256: str) -> DocumentRow | None:
    """The document that a file of these bytes is a source of."""
    match = "MATCH (s:Source {sha256: $sha})<-[:HAS]-(d:Document)"
    found = server.one(f"{match} WITH d ORDER BY d.id LIMIT 1 RETURN {OWN}", sha=sha256)
    return None if found is None else to_document(found)


def documents(server: Server, totals: Totals, where: Filter, offset: int, limit: int) -> Page[DocumentRow]:
    """Documents that the filter admits, by place, date and id."""
    asked = filters.ask(server, where)
    match = filters.documents(asked)
    return _page(totals, match, asked.values if where != Filter() else {}, offset, limit)


def conflicting(totals: Totals, offset: int, limit: int) -> Page[DocumentRow]:
    """Documents on whose fields their candidates disagree."""
    match = "MATCH (d:Document) WHERE d.conflicting = true"
    return _page(totals, match, {}, offset, limit)


def _page(totals: Totals, match: str, values: dict[str, Any], offset: int, limit: int) -> Page[DocumentRow]:
    count = "MATCH (d:Document) RETURN count(d)" if match == EVERY else f"{match} RETURN count(d)"
    rows, total = totals.page(Question(match, "d.sort_key", OWN, count, values), offset, limit)
    return Page(rows=tuple(map(to_document, rows)), total=total, offset=offset, limit=limit)


def source_text(server: Server, document_id: str) -> str | None:
    """The source text, verbatim."""
    found = server.one("MATCH (:Document {id: $id})-[:HAS]->(t:Text) RETURN t.text", id=document_id)
    return None if found is None else str(found)


def passages(server: Server, document_id: str, kind: str | None) -> tuple[Passage, ...]:
    """Labelled stretches of a text, in its order."""
    text = server.one("MATCH (:Document {id: $id})-[:HAS]->(t:Text) RETURN t {.boilerplate, .not_understood}", id=document_id)
    names = ("boilerplate", "not_understood") if kind is None else (kind,)
    found = [one for name in names for one in msgspec.json.decode((text or {}).get(name) or "[]", type=tuple[Passage, ...])]
    return tuple(sorted(found, key=lambda p: (p.start, p.end, p.label)))


def locators(server: Server, document_id: str) -> tuple[Locator, ...]:
    """Where the stretches of a text stood in its file, in its order."""
    held = server.one("MATCH (:Document {id: $id})-[:HAS]->(t:Text) RETURN t.locators", id=document_id)
    found = msgspec.json.decode(str(held or "[]"), type=tuple[Locator, ...])
    return tuple(sorted(found, key=lambda one: (one.start, one.kind, one.label)))


def original(server: Server, document_id: str) -> tuple[str, bytes] | None:
    """Name and bytes of the source that the text came from."""
    match = "MATCH (d:Document {id: $id})-[:HAS]->(s:Source) WHERE s.address = d.address"
    found = server.rows(f"{match} RETURN s.address, s.content", id=document_id)
    return (str(found[0][0]), zlib.decompress(found[0][1])) if found else None


def originals(server: Server, document_id: str) -> tuple[Original, ...]:
    """Every source of a document as it came, by address."""
    query = "MATCH (:Document {id: $id})-[:HAS]->(s:Source) RETURN s.address, s.content, s.fetched_at ORDER BY s.address"
    return tuple(
        Original(address, zlib.decompress(content), day) for address, content, day in server.rows(query, id=document_id)
    )


def identity_of(server: Server, document_id: str) -> tuple[int, str, dict[str, str]]:
    """Rank of its key, hash of its wording, and by address the hash of the text that each source had."""
    query = "MATCH (d:Document {id: $id}) RETURN d.key_rank, d.wording, [(d)-[:HAS]->(s:Source) | [s.address, s.revision]]"
    [(rank, wording, sources)] = server.rows(query, id=document_id)
    return int(rank), str(wording), {str(address): str(revision) for address, revision in sources}


def jurisdictions(server: Server) -> tuple[JurisdictionRow, ...]:
    """The places of held documents and all above them, in tree order: parents first, then by code."""
    return tuple(
        JurisdictionRow(name=name, code=code, level=level, ancestors=tuple(ancestors), documents=count)
        for name, code, level, ancestors, count in server.one(HELD)
    )
