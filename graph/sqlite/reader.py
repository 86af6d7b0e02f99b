"""The embedded store for reading: each method answers from one state, on the calling thread's own connection."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import apsw
import msgspec

from graph.exporting import export
from graph.lineage.rows import ComparisonRow, Derivation, HeldText, State
from graph.protocol import (
    Correction,
    Counts,
    Decided,
    DepartmentRow,
    DocumentRow,
    Fact,
    Filter,
    IdKind,
    InstrumentRow,
    JurisdictionRow,
    KnownInstrument,
    Likeness,
    Link,
    Page,
    ProvisionRow,
    Sibling,
    SystemRow,
    VectorSet,
)
from graph.querying import ROWS, Language, QueryResult
from graph.snapshots import digest_of
from graph.sqlite import (
    bibliography,
    corrections,
    counting,
    documents,
    facts,
    instruments,
    likenesses,
    lineage,
    provisions,
    querying,
    registry,
    texts,
    vectors,
)
from graph.sqlite.connection import Connections, reading
from graph.sqlite.migrating import check_schema
from graph.writing import Original
from ingest.records import Effect, Locator, Passage

IDS: dict[IdKind, str] = {
    "department": "SELECT id FROM departments ORDER BY id",
    "instrument": "SELECT id FROM instruments WHERE documents > 0 ORDER BY id",
    "document": "SELECT id FROM documents ORDER BY id",
}


class SqliteReader:
    """Read-only. Safe to use from several threads; open it after a fork, not before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections = Connections(path)
        self._totals = counting.Totals()
        self._snapshot: tuple[int, str] = (-1, "")
        try:
            check_schema(self._connections.get(), path)
        except BaseException:
            self._connections.close()
            raise

    def _reading(self) -> Any:
        return reading(self._connections.get())

    def close(self) -> None:
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def version(self) -> int:
        with self._reading() as db:
            return counting.version(db)

    def snapshot(self) -> str:
        with self._reading() as db:
            version = counting.version(db)
            known, snapshot = self._snapshot
            if known != version:
                snapshot = digest_of(
                    counting.revisions(db), counting.meta(db, "model"), [*counting.decisions(db), *bibliography.digests(db)]
                )
                self._snapshot = (version, snapshot)
            return snapshot

    def meta(self, name: str) -> str | None:
        with self._reading() as db:
            return counting.meta(db, name)

    def counts(self) -> Counts:
        with self._reading() as db:
            return counting.counts(db)

    def find_document(self, ref: str) -> str | None:
        with self._reading() as db:
            return documents.find_document(db, ref)

    def document(self, document_id: str) -> DocumentRow | None:
        with self._reading() as db:
            return documents.document(db, document_id)

    def documents(self, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        with self._reading() as db:
            return documents.documents(db, self._totals, self._settled(db, where), offset, limit)

    def conflicting(self, *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        with self._reading() as db:
            return documents.conflicting(db, self._totals, offset, limit)

    def document_of_file(self, sha256: str) -> DocumentRow | None:
        sql = "SELECT d.id FROM sources s JOIN documents d USING (document) WHERE s.sha256 = ? ORDER BY d.id LIMIT 1"
        with self._reading() as db:
            found = db.execute(sql, (sha256,)).get
            return None if found is None else documents.document(db, str(found))

    def corrections(self) -> tuple[Correction, ...]:
        with self._reading() as db:
            return corrections.all_corrections(db)

    def corrections_of(self, sha256: str) -> dict[str, str]:
        with self._reading() as db:
            return corrections.corrections_of(db, sha256)

    def source_text(self, document_id: str) -> str | None:
        with self._reading() as db:
            row = _row_of(db, document_id)
            return None if row is None else texts.text_held(db, row)

    def locators(self, document_id: str) -> tuple[Locator, ...]:
        with self._reading() as db:
            row = _row_of(db, document_id)
            return () if row is None else texts.locators_held(db, row)

    def passages(self, document_id: str, kind: str | None = None) -> tuple[Passage, ...]:
        with self._reading() as db:
            row = _row_of(db, document_id)
            return () if row is None else texts.passages_held(db, row, kind)

    def provision(self, provision_id: str) -> ProvisionRow | None:
        with self._reading() as db:
            return provisions.provision(db, provision_id)

    def provisions(self, ids: Sequence[str]) -> tuple[ProvisionRow, ...]:
        with self._reading() as db:
            return provisions.provisions(db, ids)

    def outline(self, document_id: str) -> tuple[ProvisionRow, ...]:
        with self._reading() as db:
            return provisions.outline(db, document_id)

    def provision_ids(self, where: Filter = Filter()) -> frozenset[str]:
        with self._reading() as db:
            return provisions.provision_ids(db, self._settled(db, where))

    def provisions_changed_since(self, version: int) -> tuple[str, ...]:
        with self._reading() as db:
            return provisions.changed_since(db, version)

    def all_provisions(self) -> Iterator[ProvisionRow]:
        with self._reading() as db:
            yield from provisions.all_provisions(db)

    def facts(
        self,
        kind: str,
        where: Filter = Filter(),
        *,
        provision_ids: Sequence[str] | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[Fact]:
        with self._reading() as db:
            return facts.facts(db, self._totals, kind, self._settled(db, where), provision_ids, offset, limit)

    def fact(self, fact_id: str) -> Fact | None:
        with self._reading() as db:
            return facts.fact(db, fact_id)

    def document_facts(self, document_id: str) -> dict[str, tuple[Fact, ...]]:
        with self._reading() as db:
            return facts.document_facts(db, document_id)

    def department(self, department_id: str) -> DepartmentRow | None:
        with self._reading() as db:
            return registry.department(db, department_id)

    def departments(
        self,
        where: Filter = Filter(),
        *,
        name: str | None = None,
        generic: bool | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[DepartmentRow]:
        with self._reading() as db:
            return registry.departments(db, self._totals, self._settled(db, where), name, generic, offset, limit)

    def duties(self, department_id: str, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[Fact]:
        with self._reading() as db:
            return facts.duties(db, self._totals, department_id, self._settled(db, where), offset, limit)

    def systems(self) -> tuple[SystemRow, ...]:
        with self._reading() as db:
            return registry.systems(db)

    def jurisdictions(self) -> tuple[JurisdictionRow, ...]:
        with self._reading() as db:
            return documents.jurisdictions(db)

    def instrument(self, instrument_id: str) -> InstrumentRow | None:
        with self._reading() as db:
            return instruments.instrument(db, instrument_id)

    def instruments(
        self, *, title: str | None = None, held: bool | None = None, kind: str | None = None, offset: int = 0, limit: int = 50
    ) -> Page[InstrumentRow]:
        with self._reading() as db:
            return instruments.instruments(db, self._totals, title, held, kind, offset, limit)

    def known_instruments(self) -> tuple[KnownInstrument, ...]:
        with self._reading() as db:
            return bibliography.entries(db)

    def citations_of(
        self, instrument_id: str, *, effects: Sequence[Effect] = (), offset: int = 0, limit: int = 50
    ) -> Page[Fact]:
        with self._reading() as db:
            return facts.citations_of(db, self._totals, instrument_id, effects, offset, limit)

    def links(self, document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        with self._reading() as db:
            return instruments.links(db, document_id)

    def siblings(self, document_id: str, *, limit: int = 100) -> tuple[Sibling, ...]:
        with self._reading() as db:
            return instruments.siblings(db, document_id, limit)

    def held_texts(self) -> tuple[HeldText, ...]:
        with self._reading() as db:
            return lineage.held_texts(db)

    def comparisons(self, document_id: str) -> tuple[ComparisonRow, ...]:
        with self._reading() as db:
            return lineage.comparisons(db, document_id)

    def derivations(self, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
        with self._reading() as db:
            return lineage.derivations(db, provision_id)

    def derived_from(self, document_id: str) -> tuple[Derivation, ...]:
        with self._reading() as db:
            return lineage.derived_from(db, document_id)

    def unmatched(self, document_id: str) -> dict[str, dict[str, State]]:
        with self._reading() as db:
            return lineage.unmatched(db, document_id)

    @property
    def address(self) -> str | None:
        """Where another process can open the same store."""
        return str(self.path)

    def vectors(self, model: str, ids: Sequence[str] | None = None) -> VectorSet:
        with self._reading() as db:
            return vectors.read_vectors(db, model, ids)

    def known(self, address: str, sha256: str, extractor: str) -> str | None:
        with self._reading() as db:
            return documents.known(db, address, sha256, extractor)

    def stale(self, extractor: str) -> tuple[str, ...]:
        with self._reading() as db:
            return documents.stale(db, extractor)

    def uncorrected(self) -> tuple[str, ...]:
        with self._reading() as db:
            return corrections.uncorrected(db)

    def likenesses(
        self, document_id: str | None = None, *, decided: bool | None = None, offset: int = 0, limit: int = 50
    ) -> Page[Likeness]:
        with self._reading() as db:
            return likenesses.likenesses(db, self._totals, document_id, decided, offset, limit)

    def decisions(self) -> tuple[Decided, ...]:
        with self._reading() as db:
            return likenesses.decisions(db)

    def not_compared(self) -> tuple[str, ...]:
        with self._reading() as db:
            return likenesses.not_compared(db)

    def near(self, bands: Sequence[int]) -> tuple[str, ...]:
        with self._reading() as db:
            return likenesses.near(db, bands)

    def originals(self, document_id: str) -> tuple[Original, ...]:
        sql = """SELECT s.address, o.zlib, s.fetched_at FROM documents d JOIN sources s USING (document)
            JOIN originals o USING (source) WHERE d.id = ? ORDER BY s.address"""
        with self._reading() as db:
            return tuple(Original(name, zlib.decompress(packed), day) for name, packed, day in db.execute(sql, (document_id,)))

    def identity_of(self, document_id: str) -> tuple[int, str, dict[str, str]]:
        with self._reading() as db:
            rank, wording = db.execute("SELECT key_rank, wording FROM documents WHERE id = ?", (document_id,)).get
            sql = "SELECT s.address, s.revision FROM documents d JOIN sources s USING (document) WHERE d.id = ?"
            return int(rank), str(wording), dict(db.execute(sql, (document_id,)))

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        sql = """SELECT s.address, o.zlib FROM documents d JOIN sources s ON s.document = d.document AND s.address = d.address
            JOIN originals o ON o.source = s.source WHERE d.id = ?"""
        with self._reading() as db:
            row = db.execute(sql, (document_id,)).fetchone()
            return None if row is None else (row[0], zlib.decompress(row[1]))

    def ids(self, kind: IdKind) -> Iterator[str]:
        with self._reading() as db:
            yield from (one for (one,) in list(db.execute(IDS[kind])))

    @property
    def language(self) -> Language:
        return "SQL"

    def query(self, statement: str, *, limit: int = ROWS) -> QueryResult:
        return querying.query(self.path, statement, limit)

    def export(self) -> Iterator[dict[str, Any]]:
        with self._reading():
            yield from export(self)

    def _settled(self, db: apsw.Connection, where: Filter) -> Filter:
        """The filter with its document as an id; a document that is not held admits nothing."""
        if not where.document:
            return where
        return msgspec.structs.replace(where, document=documents.find_document(db, where.document) or where.document)


def _row_of(db: apsw.Connection, document_id: str) -> int | None:
    found = db.execute("SELECT document FROM documents WHERE id = ?", (document_id,)).get
    return None if found is None else int(found)
