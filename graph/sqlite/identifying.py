"""The steps of loading a document, over one transaction of the embedded store."""

from __future__ import annotations

from typing import Literal

import apsw

from graph.identity import Held, Incoming, Key, document_id
from graph.sqlite import documents, likenesses, loading
from graph.sqlite.corrections import mark_uncorrected
from graph.sqlite.counting import version
from graph.sqlite.texts import body_held
from graph.writing import Original
from ingest.records import Extraction

SEEN = """SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?1 OR key = ?2 OR wording = ?3)
    OR EXISTS (SELECT 1 FROM sources WHERE address = ?4 AND sha256 = ?5)
    OR EXISTS (SELECT 1 FROM field_corrections WHERE sha256 = ?5)
    OR EXISTS (SELECT 1 FROM likeness_decisions WHERE one = ?5 OR other = ?5)"""


class SqliteSteps:
    """``graph.loading.Steps`` over SQLite."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def is_unseen(self, new: Incoming, original: Original) -> bool:
        key = new.key.text
        return not self._db.execute(SEEN, (document_id(key), key, new.wording, original.address, original.sha256)).get

    def known(self, original: Original, extractor: str) -> str | None:
        return documents.known(self._db, original.address, original.sha256, extractor)

    def held(self, name: Literal["key", "wording"], value: str) -> list[Held]:
        return self._held(name, value)

    def _held(self, name: str, value: str | int) -> list[Held]:
        db = self._db
        sql = f"SELECT document, key, key_rank, wording, address FROM documents WHERE {name} = ? ORDER BY id"
        rows = list(db.execute(sql, (value,)))
        return [Held(d, Key(key, rank), wording, source, body_held(db, d)) for d, key, rank, wording, source in rows]

    def decided_same(self, sha256: str) -> Held | None:
        found = likenesses.decided_same(self._db, sha256)
        return None if found is None else self._held("document", found)[0]

    def row_of(self, doc_id: str) -> int | None:
        found = self._db.execute("SELECT document FROM documents WHERE id = ?", (doc_id,)).get
        return None if found is None else int(found)

    def id_of(self, document: int) -> str:
        return str(self._db.execute("SELECT id FROM documents WHERE document = ?", (document,)).get)

    def key_of(self, document: int) -> str:
        return str(self._db.execute("SELECT key FROM documents WHERE document = ?", (document,)).get)

    def read_before(self, original: Original) -> int | None:
        sql = """SELECT d.document FROM sources s JOIN documents d USING (document)
            WHERE s.address = ? AND s.sha256 = ? AND d.address = s.address"""
        found = self._db.execute(sql, (original.address, original.sha256)).get
        return None if found is None else int(found)

    def write_document(self, document: int | None, extraction: Extraction, new: Incoming, doc_id: str) -> int:
        return loading.write_document(self._db, document, extraction, new, doc_id, version(self._db) + 1)

    def clear_document(self, document: int) -> None:
        loading.clear_document(self._db, document)

    def remove_document(self, document: int) -> None:
        loading.remove_document(self._db, document)

    def put_source(self, document: int, original: Original, revision: str) -> None:
        loading.put_source(self._db, document, original, revision)

    def drop_source(self, document: int, address: str) -> bool:
        self._db.execute("DELETE FROM sources WHERE document = ? AND address = ?", (document, address))
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM sources WHERE document = ?)", (document,)).get)

    def under_key(self, key: str) -> list[tuple[int, str, str, str]]:
        sql = "SELECT document, id, wording, sort_key FROM documents WHERE key = ? ORDER BY address, wording"
        return [(row, doc_id, wording, order) for row, doc_id, wording, order in self._db.execute(sql, (key,))]

    def rename(self, document: int, doc_id: str, sort_key: str, final: bool) -> None:
        changed = version(self._db) + 1 if final else None
        sql = "UPDATE documents SET id = ?, sort_key = ?, changed = coalesce(?, changed) WHERE document = ?"
        self._db.execute(sql, (doc_id, sort_key, changed, document))

    def mark_uncorrected(self, document: int) -> None:
        mark_uncorrected(self._db, document)

    def grow(self) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'")
