"""The writer of the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from graph.identity import Decision, Held, Incoming, Key, decide, incoming
from graph.protocol import Correction, Imported, KnownInstrument, Loaded
from graph.sqlite.bibliography import put_list, rename_works, report
from graph.sqlite.connection import open_connection, writing
from graph.sqlite.corrections import mark_uncorrected, put_corrections
from graph.sqlite.identifying import forget_source, free_id, id_of, read_before, settle_ids
from graph.sqlite.loading import Original, clear_document, put_source, remove_document, write_document
from graph.sqlite.migrating import migrate
from graph.sqlite.reader import SqliteReader
from graph.sqlite.relinking import drop_places, is_stale, relink
from graph.sqlite.texts import body_held
from graph.sqlite.vectors import put_vectors
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
        if found := self.known(address, original.sha256, extraction.extractor):
            return Loaded(document_id=found, outcome="unchanged")
        new = incoming(extraction, address)
        with writing(self._db) as db:
            before = read_before(db, original)
            choice = decide(new, self._same_wording(new), self._same_key(new), before)
            document, note = self._apply(choice, extraction, new)
            put_source(db, document, original, new.revision)
            if before not in (None, document):
                forget_source(db, before, address)
            mark_uncorrected(db, document)
            settle_ids(db, new.key.text)
            self._grow()
            outcome = "refreshed" if document == before else choice.outcome
            return Loaded(document_id=id_of(db, document), outcome=outcome, note=note)

    def _same_wording(self, new: Incoming) -> Held | None:
        return next(iter(self._held("wording", new.wording)), None)

    def _same_key(self, new: Incoming) -> list[Held]:
        return self._held("key", new.key.text)

    def _held(self, column: str, value: str) -> list[Held]:
        sql = f"SELECT document, key, key_rank, wording, address FROM documents WHERE {column} = ? ORDER BY id"
        rows = list(self._db.execute(sql, (value,)))
        return [Held(d, Key(key, rank), wording, source, body_held(self._db, d)) for d, key, rank, wording, source in rows]

    def _apply(self, choice: Decision, extraction: Extraction, new: Incoming) -> tuple[int, str | None]:
        """Write what was decided; the document's row, and a note for the summary."""
        db, version = self._db, self.version() + 1
        if choice.document is not None:
            if choice.write:
                clear_document(db, choice.document)
                old_key = str(db.execute("SELECT key FROM documents WHERE document = ?", (choice.document,)).get)
                write_document(db, choice.document, extraction, new, free_id(db, new, choice.document), version)
                settle_ids(db, old_key)
            return choice.document, None
        note = f"another text is held under the same key: {new.key.text}" if choice.outcome == "conflict" else None
        return write_document(db, None, extraction, new, free_id(db, new, None), version), note

    def delete(self, document_id: str) -> bool:
        with writing(self._db) as db:
            found = db.execute("SELECT document, key FROM documents WHERE id = ?", (document_id,)).fetchone()
            if found is None:
                return False
            remove_document(db, found[0])
            relink(db)
            drop_places(db)
            settle_ids(db, found[1])
            self._grow()
        return True

    def correct(self, corrections: Sequence[Correction]) -> None:
        if corrections:
            with writing(self._db) as db:
                put_corrections(db, corrections)
                self._grow()

    def relink(self) -> None:
        if is_stale(self._db):
            with writing(self._db) as db:
                relink(db)
                drop_places(db)
                self._grow()

    def put_list(self, name: str, entries: Sequence[KnownInstrument]) -> Imported:
        with writing(self._db) as db:
            changed = put_list(db, name, entries)
            if changed:
                rename_works(db)
                relink(db)
                self._grow()
            return report(db, name, *(changed or (0, 0)))

    def missing_vectors(self, model: str) -> tuple[str, ...]:
        sql = """SELECT d.id || ':' || p.path FROM documents d JOIN provisions p USING (document)
            WHERE d.embedded IS NOT ?1
            AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ?1 AND v.provision = p.provision) ORDER BY d.id, p.path"""
        return tuple(row for (row,) in self._db.execute(sql, (model,)))

    def put_vectors(self, model: str, ids: Sequence[str], matrix: np.ndarray) -> None:
        if len(matrix) != len(ids):
            raise ValueError(f"{len(ids)} ids for {len(matrix)} vectors")
        with writing(self._db) as db:
            put_vectors(db, model, ids, np.ascontiguousarray(matrix, dtype="<f4"), self.version() + 1)
            self._grow()

    def drop_vectors(self, keep: str) -> None:
        if self._db.execute("SELECT EXISTS (SELECT 1 FROM vectors WHERE model < ?1 OR model > ?1)", (keep,)).get:
            with writing(self._db) as db:
                db.execute("DELETE FROM vectors WHERE model <> ?", (keep,))
                db.execute("UPDATE documents SET embedded = NULL WHERE embedded <> ?", (keep,))
                self._grow()

    def set_meta(self, items: Iterable[tuple[str, str]]) -> None:
        changed = [(name, value) for name, value in items if self.meta(name) != value]
        if changed:
            with writing(self._db) as db:
                db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", changed)
                self._grow()

    def _grow(self) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'")
