"""The writer of the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from graph.lineage.rows import Candidate, Compared
from graph.loading import adopt_document, load_document, take_out
from graph.protocol import Correction, Imported, KnownInstrument, Loaded
from graph.sqlite import lineage
from graph.sqlite.bibliography import put_list, rename_works, report
from graph.sqlite.connection import open_connection, writing
from graph.sqlite.corrections import put_corrections
from graph.sqlite.identifying import SqliteSteps
from graph.sqlite.likenesses import put_decisions, put_likenesses
from graph.sqlite.migrating import migrate
from graph.sqlite.reader import SqliteReader
from graph.sqlite.relinking import drop_places, is_stale, relink
from graph.sqlite.vectors import put_vectors
from graph.writer_lock import WriterLock
from graph.writing import Copied, Original
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
        with writing(self._db) as db:
            return load_document(SqliteSteps(db), extraction, original)

    def adopt(self, copied: Copied) -> None:
        with writing(self._db) as db:
            adopt_document(SqliteSteps(db), copied)

    def delete(self, document_id: str) -> bool:
        with writing(self._db) as db:
            if not take_out(SqliteSteps(db), document_id):
                return False
            relink(db)
            drop_places(db)
            self._grow()
        return True

    def correct(self, corrections: Sequence[Correction]) -> None:
        if corrections:
            with writing(self._db) as db:
                put_corrections(db, corrections)
                self._grow()

    def put_likenesses(self, document_id: str, bands: Sequence[int], likenesses: Sequence[tuple[str, float]]) -> None:
        with writing(self._db) as db:
            put_likenesses(db, document_id, bands, likenesses)
            self._grow()

    def decide(self, decisions: Sequence[tuple[str, str, str | None]]) -> None:
        with writing(self._db) as db:
            put_decisions(db, decisions)
            self._grow()

    def reload(self, document_ids: Sequence[str], files: Sequence[tuple[Extraction, Original]]) -> tuple[Loaded, ...]:
        with writing(self._db) as db:
            steps = SqliteSteps(db)
            for document_id in document_ids:
                take_out(steps, document_id)
            return tuple(load_document(steps, extraction, original) for extraction, original in files)

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

    def put_bands(self, bands: Iterable[tuple[str, Sequence[Sequence[int]]]]) -> None:
        with writing(self._db) as db:
            lineage.put_bands(db, bands)

    def untraced(self, method: str) -> tuple[str, ...]:
        return lineage.untraced(self._db, method)

    def candidates(self, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
        return lineage.candidates(self._db, method, ids)

    def put_comparisons(self, method: str, compared: Sequence[Compared]) -> None:
        if compared:
            with writing(self._db) as db:
                lineage.put_comparisons(db, method, compared)
                self._grow()

    def set_traced(self, method: str, ids: Sequence[str]) -> None:
        if ids:
            with writing(self._db) as db:
                lineage.set_traced(db, method, ids)

    def _grow(self) -> None:
        SqliteSteps(self._db).grow()
