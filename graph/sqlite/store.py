"""The writer of the embedded store."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import apsw
import numpy as np

from graph.identity import Decision, Held, Incoming, Key, decide, document_id, incoming
from graph.protocol import Loaded
from graph.sqlite.connection import open_connection, writing
from graph.sqlite.loading import Original, clear_document, put_source, write_document
from graph.sqlite.migrating import migrate
from graph.sqlite.reader import SqliteReader
from graph.sqlite.relinking import drop_places, is_stale, relink
from graph.sqlite.texts import content_held
from graph.writer_lock import WriterLock
from ingest.records import Extraction


class SqliteStore(SqliteReader):
    """A reader that also writes; holds the writer's lock until it is closed. Writing is for one thread at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = WriterLock(path.parent)
        try:
            self._db = open_connection(path, write=True)
            migrate(self._db, path)
            super().__init__(path)
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        super().close()
        self._db.pragma("optimize")
        self._db.close()
        self._lock.release()

    def load(self, extraction: Extraction, content: bytes, *, address: str, fetched_at: str | None = None) -> Loaded:
        original = Original(address, content, fetched_at)
        if known := self._known(extraction, original):
            return known
        new = incoming(extraction, address)
        with writing(self._db) as db:
            choice = decide(new, self._same_wording(new), self._same_key(new))
            document, note = self._apply(choice, extraction, new)
            put_source(db, document, original, new.revision)
            _settle_ids(db, new.key.text)
            self._grow()
            return Loaded(document_id=_id_of(db, document), outcome=choice.outcome, note=note)

    def _known(self, extraction: Extraction, original: Original) -> Loaded | None:
        """Whether this very file was read before, by this version of the extractor or for a text replaced since."""
        sql = """SELECT d.id, d.extractor, d.source = s.address FROM sources s JOIN documents d USING (document)
            WHERE s.address = ? AND s.sha256 = ? ORDER BY d.id"""
        for doc_id, extractor, primary in self._db.execute(sql, (original.address, original.sha256)):
            if extractor == extraction.extractor or not primary:
                return Loaded(document_id=doc_id, outcome="unchanged")
        return None

    def _same_wording(self, new: Incoming) -> Held | None:
        return next(iter(self._held("wording", new.wording)), None)

    def _same_key(self, new: Incoming) -> list[Held]:
        return self._held("key", new.key.text)

    def _held(self, column: str, value: str) -> list[Held]:
        sql = f"SELECT document, key, key_rank, wording, source FROM documents WHERE {column} = ? ORDER BY id"
        rows = list(self._db.execute(sql, (value,)))
        return [Held(d, Key(key, rank), wording, source, content_held(self._db, d)) for d, key, rank, wording, source in rows]

    def _apply(self, choice: Decision, extraction: Extraction, new: Incoming) -> tuple[int, str | None]:
        """Write what was decided; the document's row, and a note for the summary."""
        db, version = self._db, self.version() + 1
        if choice.document is not None:
            if choice.write:
                clear_document(db, choice.document)
                old_key = str(db.execute("SELECT key FROM documents WHERE document = ?", (choice.document,)).get)
                write_document(db, choice.document, extraction, new, _free_id(db, new, choice.document), version)
                _settle_ids(db, old_key)
            return choice.document, None
        note = f"another text is held under the same key: {new.key.text}" if choice.outcome == "conflict" else None
        return write_document(db, None, extraction, new, _free_id(db, new, None), version), note

    def delete(self, document_id: str) -> bool:
        with writing(self._db) as db:
            found = db.execute("SELECT document, key FROM documents WHERE id = ?", (document_id,)).fetchone()
            if found is None:
                return False
            clear_document(db, found[0])
            db.execute("DELETE FROM documents WHERE document = ?", (found[0],))
            relink(db)
            drop_places(db)
            _settle_ids(db, found[1])
            self._grow()
        return True

    def relink(self) -> None:
        if is_stale(self._db):
            with writing(self._db) as db:
                relink(db)
                drop_places(db)
                self._grow()

    def missing_vectors(self, model: str) -> tuple[str, ...]:
        sql = """SELECT d.id || ':' || p.path FROM provisions p JOIN documents d USING (document)
            WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ? AND v.provision = p.provision) ORDER BY 1"""
        return tuple(row for (row,) in self._db.execute(sql, (model,)))

    def put_vectors(self, model: str, ids: Sequence[str], matrix: np.ndarray) -> None:
        rows = np.ascontiguousarray(matrix, dtype="<f4")
        if rows.shape[0] != len(ids):
            raise ValueError(f"{len(ids)} ids for {rows.shape[0]} vectors")
        version = self.version() + 1
        with writing(self._db) as db:
            for one, row in zip(ids, rows, strict=True):
                doc_id, _, path = one.partition(":")
                sql = "SELECT p.provision FROM provisions p JOIN documents d USING (document) WHERE d.id = ? AND p.path = ?"
                if (provision := db.execute(sql, (doc_id, path)).get) is not None:
                    db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (model, provision, row.tobytes()))
            for doc_id, _ in itertools.groupby(one.partition(":")[0] for one in ids):
                db.execute("UPDATE documents SET changed = ? WHERE id = ?", (version, doc_id))
            self._grow()

    def set_meta(self, items: Iterable[tuple[str, str]]) -> None:
        changed = [(name, value) for name, value in items if self.meta(name) != value]
        if changed:
            with writing(self._db) as db:
                db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", changed)
                self._grow()

    def _grow(self) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'")


def _id_of(db: apsw.Connection, document: int) -> str:
    return str(db.execute("SELECT id FROM documents WHERE document = ?", (document,)).get)


def _free_id(db: apsw.Connection, new: Incoming, document: int | None) -> str:
    """The plain id of a key, unless another document has it."""
    plain = document_id(new.key.text)
    taken = db.execute("SELECT document FROM documents WHERE id = ?", (plain,)).get
    return plain if taken in (None, document) else document_id(new.key.text, new.wording)


def _settle_ids(db: apsw.Connection, key: str) -> None:
    """Of several texts under one key, the one with the smallest address has the plain id, whatever came first."""
    sql = "SELECT document, id, wording, sort_key FROM documents WHERE key = ? ORDER BY source, wording"
    rows = list(db.execute(sql, (key,)))
    wanted = {row[0]: document_id(key, row[2] if rank else None) for rank, row in enumerate(rows)}
    moved = [row for row in rows if row[1] != wanted[row[0]]]
    for row in moved:
        passing = sha256(f"{row[1]} moving".encode()).hexdigest()
        db.execute("UPDATE documents SET id = ?1, sort_key = ?1 WHERE document = ?2", (passing, row[0]))
    for document, old, _, order in moved:
        new = wanted[document]
        values = (new, order.removesuffix(old) + new, document)
        db.execute("UPDATE documents SET id = ?, sort_key = ? WHERE document = ?", values)
