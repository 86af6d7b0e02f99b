"""The steps of loading a document, over one transaction of the server."""

from __future__ import annotations

import zlib
from functools import partial
from typing import Any, Literal

import msgspec

from graph.identity import Held, Incoming, Key, document_id
from graph.neo4j import documents, removing, writing
from graph.neo4j.connection import KEEP_PLAN, rows
from graph.neo4j.corrections import corrections_of
from graph.neo4j.likenesses import decided_same
from graph.writing import Original
from ingest.corrections import corrected
from ingest.records import DocumentFields, Extraction
from ingest.source_text import squeeze

LOCK = """MATCH (m:Meta {name: 'version'}) SET m.number = m.number
RETURN m.number, coalesce(m.rows, 0), EXISTS { MATCH (:Bibliography) }"""
GROW = "MATCH (m:Meta {name: 'version'}) SET m.number = $number, m.rows = $rows"
SEEN = """RETURN EXISTS { MATCH (:Document {id: $id}) } OR EXISTS { MATCH (:Document {key: $key}) }
    OR EXISTS { MATCH (:Document {wording: $wording}) } OR EXISTS { MATCH (:Source {address: $address, sha256: $sha256}) }
    OR EXISTS { MATCH (c:Correction) WHERE c.sha256 = $sha256 }
    OR EXISTS { MATCH (k:LikenessDecision) WHERE k.one = $sha256 OR k.other = $sha256 }"""
HELD = """MATCH (d:Document {{{name}: $value}})-[:HAS]->(t:Text)
RETURN d.row, d.key, d.key_rank, d.wording, d.address, t.text,
    COLLECT {{ MATCH (d)-[:HAS]->(p:Provision) RETURN [p.start, p.end] }} ORDER BY d.id"""
BEFORE = """MATCH (s:Source {address: $address, sha256: $sha256})<-[:HAS]-(d:Document) WHERE d.address = s.address
RETURN d.row ORDER BY d.row LIMIT 1"""
SOURCE = """MATCH (d:Document {row: $row}) OPTIONAL MATCH (d)-[:HAS]->(old:Source {address: $values.address}) DETACH DELETE old
CREATE (d)-[:HAS]->(s:Source) SET s = $values"""
FILE = "MATCH (d:Document {row: $row})-[:HAS]->(s:Source) WHERE s.address = d.address RETURN d.fields, s.sha256"


class Neo4jSteps:
    """``graph.loading.Steps`` over Neo4j. Holds the store's version from the start, so that one writer at a time goes on."""

    def __init__(self, t: Any) -> None:
        self._t = t
        self.version, self._rows, self._listed = rows(t, KEEP_PLAN + LOCK)[0]

    def is_unseen(self, new: Incoming, original: Original) -> bool:
        key, sha256 = new.key.text, original.sha256
        asked = {"id": document_id(key), "key": key, "wording": new.wording, "address": original.address, "sha256": sha256}
        return not rows(self._t, KEEP_PLAN + SEEN, **asked)[0][0]

    def known(self, original: Original, extractor: str) -> str | None:
        return documents.known(partial(rows, self._t), original.address, original.sha256, extractor)

    def held(self, name: Literal["key", "wording", "row"], value: str | int) -> list[Held]:
        found = rows(self._t, HELD.format(name=name), value=value)
        return [
            Held(row, Key(key, rank), wording, address, _body(text, spans))
            for row, key, rank, wording, address, text, spans in found
        ]

    def row_of(self, doc_id: str) -> int | None:
        found = rows(self._t, "MATCH (d:Document {id: $id}) RETURN d.row", id=doc_id)
        return int(found[0][0]) if found else None

    def id_of(self, document: int) -> str:
        return str(self._of(document, "id"))

    def key_of(self, document: int) -> str:
        return str(self._of(document, "key"))

    def _of(self, document: int, name: str) -> Any:
        return rows(self._t, f"MATCH (d:Document {{row: $row}}) RETURN d.{name}", row=document)[0][0]

    def decided_same(self, sha256: str) -> Held | None:
        row = decided_same(self._t, sha256)
        return None if row is None else self.held("row", row)[0]

    def read_before(self, original: Original) -> int | None:
        found = rows(self._t, BEFORE, address=original.address, sha256=original.sha256)
        return int(found[0][0]) if found else None

    def write_document(self, document: int | None, extraction: Extraction, new: Incoming, doc_id: str) -> int:
        if document is None:
            self._rows = document = self._rows + 1
        writing.write_document(self._t, document, extraction, new, doc_id, self.version + 1, self._listed)
        return document

    def clear_document(self, document: int) -> None:
        removing.clear_document(self._t, self.id_of(document))

    def remove_document(self, document: int) -> None:
        removing.remove_document(self._t, self.id_of(document))

    def put_source(self, document: int, original: Original, revision: str) -> None:
        values = {
            "id": f"{document}|{original.address}",
            "address": original.address,
            "sha256": original.sha256,
            "fetched_at": original.fetched_at,
            "bytes": len(original.content),
            "revision": revision,
            "content": zlib.compress(original.content, 6),
            "caption": original.address,
        }
        self._t.run(KEEP_PLAN + SOURCE, row=document, values=values).consume()

    def drop_source(self, document: int, address: str) -> bool:
        match = "MATCH (d:Document {row: $row})-[:HAS]->(s:Source)"
        self._t.run(f"{match} WHERE s.address = $address DETACH DELETE s", row=document, address=address).consume()
        return bool(rows(self._t, f"{match} RETURN count(s)", row=document)[0][0])

    def under_key(self, key: str) -> list[tuple[int, str, str, str]]:
        query = "MATCH (d:Document {key: $key}) RETURN d.row, d.id, d.wording, d.sort_key ORDER BY d.address, d.wording"
        return [(row, doc_id, wording, order) for row, doc_id, wording, order in rows(self._t, query, key=key)]

    def rename(self, document: int, doc_id: str, sort_key: str, final: bool) -> None:
        removing.rename_document(self._t, document, doc_id, sort_key, self.version + 1 if final else None)

    def mark_uncorrected(self, document: int) -> None:
        found = rows(self._t, FILE, row=document)
        if found:
            fields = msgspec.json.decode(found[0][0], type=DocumentFields)
            if corrected(fields, corrections_of(self._t, found[0][1])) != fields:
                self._t.run("MATCH (d:Document {row: $row}) SET d.extractor = ''", row=document).consume()

    def grow(self) -> None:
        self._t.run(KEEP_PLAN + GROW, number=self.version + 1, rows=self._rows).consume()


def _body(text: str, spans: list[list[int]]) -> str:
    """``graph.identity.body_of`` of the text held."""
    if not spans:
        return squeeze(text)
    return squeeze(text[min(start for start, _ in spans) : max(end for _, end in spans)])
