"""The store on a server for reading: each method asks the server; nothing is kept here but counts of the present version."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Self

from graph.exporting import export
from graph.full_text import Scores, Vector
from graph.lineage.rows import ComparisonRow, Derivation, HeldText, State
from graph.neo4j import (
    corrections,
    documents,
    facts,
    likenesses,
    lineage,
    provisions,
    querying,
    registry,
    searching,
    vectors,
    whole,
)
from graph.neo4j.address import Address
from graph.neo4j.connection import Server
from graph.neo4j.filters import find_document, settled
from graph.neo4j.migrating import check_schema
from graph.neo4j.totals import Totals
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
from graph.writing import Original
from ingest.records import Effect, Locator, Passage


class Neo4jReader:
    """Read-only. Safe to use from several threads; open it after a fork, not before."""

    def __init__(self, address: Address) -> None:
        self._server = Server(address)
        self._totals = Totals(self._server)
        self._snapshot: tuple[int, str] = (-1, "")
        try:
            self._check()
        except BaseException:
            self._server.close()
            raise

    def _check(self) -> None:
        check_schema(self._server)

    def close(self) -> None:
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def version(self) -> int:
        return whole.version(self._server)

    def snapshot(self) -> str:
        version = self.version()
        known, snapshot = self._snapshot
        if known != version:
            snapshot = digest_of(whole.revisions(self._server), self.meta("model"), whole.decisions(self._server))
            self._snapshot = (version, snapshot)
        return snapshot

    def meta(self, name: str) -> str | None:
        return whole.meta(self._server, name)

    def counts(self) -> Counts:
        return whole.counts(self._totals)

    def find_document(self, ref: str) -> str | None:
        return find_document(self._server, ref)

    def document(self, document_id: str) -> DocumentRow | None:
        return documents.document(self._server, document_id)

    def documents(self, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        return documents.documents(self._server, self._totals, settled(self._server, where), offset, limit)

    def conflicting(self, *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        return documents.conflicting(self._totals, offset, limit)

    def document_of_file(self, sha256: str) -> DocumentRow | None:
        return documents.document_of_file(self._server, sha256)

    def corrections(self) -> tuple[Correction, ...]:
        return corrections.all_corrections(self._server)

    def corrections_of(self, sha256: str) -> dict[str, str]:
        return self._server.read(lambda t: corrections.corrections_of(t, sha256))

    def likenesses(
        self, document_id: str | None = None, *, decided: bool | None = None, offset: int = 0, limit: int = 50
    ) -> Page[Likeness]:
        return likenesses.likenesses(self._totals, document_id, decided, offset, limit)

    def decisions(self) -> tuple[Decided, ...]:
        return likenesses.decisions(self._server)

    def source_text(self, document_id: str) -> str | None:
        return documents.source_text(self._server, document_id)

    def locators(self, document_id: str) -> tuple[Locator, ...]:
        return documents.locators(self._server, document_id)

    def passages(self, document_id: str, kind: str | None = None) -> tuple[Passage, ...]:
        return documents.passages(self._server, document_id, kind)

    def provision(self, provision_id: str) -> ProvisionRow | None:
        return next(iter(provisions.provisions(self._server, [provision_id])), None)

    def provisions(self, ids: Sequence[str]) -> tuple[ProvisionRow, ...]:
        return provisions.provisions(self._server, ids)

    def outline(self, document_id: str) -> tuple[ProvisionRow, ...]:
        return provisions.outline(self._server, document_id)

    def provision_ids(self, where: Filter = Filter()) -> frozenset[str]:
        return provisions.provision_ids(self._server, settled(self._server, where))

    def provisions_changed_since(self, version: int) -> tuple[str, ...]:
        return provisions.changed_since(self._server, version)

    def all_provisions(self) -> Iterator[ProvisionRow]:
        yield from provisions.all_provisions(self._server)

    def facts(
        self,
        kind: str,
        where: Filter = Filter(),
        *,
        provision_ids: Sequence[str] | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[Fact]:
        return facts.facts(self._server, self._totals, kind, settled(self._server, where), provision_ids, offset, limit)

    def fact(self, fact_id: str) -> Fact | None:
        return facts.fact(self._server, fact_id)

    def document_facts(self, document_id: str) -> dict[str, tuple[Fact, ...]]:
        return facts.document_facts(self._server, document_id)

    def department(self, department_id: str) -> DepartmentRow | None:
        return registry.department(self._server, department_id)

    def departments(
        self,
        where: Filter = Filter(),
        *,
        name: str | None = None,
        generic: bool | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[DepartmentRow]:
        return registry.departments(self._server, self._totals, settled(self._server, where), name, generic, offset, limit)

    def duties(self, department_id: str, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[Fact]:
        return facts.duties(self._server, self._totals, department_id, settled(self._server, where), offset, limit)

    def systems(self) -> tuple[SystemRow, ...]:
        return registry.systems(self._server)

    def jurisdictions(self) -> tuple[JurisdictionRow, ...]:
        return documents.jurisdictions(self._server)

    def instrument(self, instrument_id: str) -> InstrumentRow | None:
        return registry.instrument(self._server, instrument_id)

    def instruments(
        self, *, title: str | None = None, held: bool | None = None, kind: str | None = None, offset: int = 0, limit: int = 50
    ) -> Page[InstrumentRow]:
        return registry.instruments(self._totals, title, held, kind, offset, limit)

    def known_instruments(self) -> tuple[KnownInstrument, ...]:
        return whole.known_instruments(self._server)

    def citations_of(
        self, instrument_id: str, *, effects: Sequence[Effect] = (), offset: int = 0, limit: int = 50
    ) -> Page[Fact]:
        return facts.citations_of(self._totals, instrument_id, effects, offset, limit)

    def links(self, document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        return registry.links(self._server, document_id)

    def siblings(self, document_id: str, *, limit: int = 100) -> tuple[Sibling, ...]:
        return registry.siblings(self._server, document_id, limit)

    def vectors(self, model: str, ids: Sequence[str] | None = None) -> VectorSet:
        return vectors.read(self._server, model, ids)

    def ranked(self, queries: Sequence[str], limit: int) -> list[Scores]:
        """As ``graph.full_text`` says, and so for the three below."""
        return searching.ranked(self._server, queries, limit)

    def counted(self, queries: Sequence[str]) -> list[int]:
        return searching.counted(self._server, queries)

    def nearest(self, model: str, vector: Vector, limit: int) -> Scores:
        return searching.nearest(self._server, model, vector, limit)

    def cosines(self, model: str, vector: Vector, ids: Collection[str]) -> Scores:
        return searching.cosines(self._server, model, vector, ids)

    def known(self, address: str, sha256: str, extractor: str) -> str | None:
        return documents.known(self._server.rows, address, sha256, extractor)

    def stale(self, extractor: str) -> tuple[str, ...]:
        return whole.stale(self._server, extractor)

    def uncorrected(self) -> tuple[str, ...]:
        return whole.uncorrected(self._server)

    def not_compared(self) -> tuple[str, ...]:
        return likenesses.not_compared(self._server)

    def near(self, bands: Sequence[int]) -> tuple[str, ...]:
        return likenesses.near(self._server, bands)

    def originals(self, document_id: str) -> tuple[Original, ...]:
        return documents.originals(self._server, document_id)

    def identity_of(self, document_id: str) -> tuple[int, str, dict[str, str]]:
        return documents.identity_of(self._server, document_id)

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        return documents.original(self._server, document_id)

    def held_texts(self) -> tuple[HeldText, ...]:
        return lineage.held_texts(self._server)

    def comparisons(self, document_id: str) -> tuple[ComparisonRow, ...]:
        return lineage.comparisons(self._server, document_id)

    def derivations(self, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
        return lineage.derivations(self._server, provision_id)

    def derived_from(self, document_id: str) -> tuple[Derivation, ...]:
        return lineage.derived_from(self._server, document_id)

    def unmatched(self, document_id: str) -> dict[str, dict[str, State]]:
        return lineage.unmatched(self._server, document_id)

    @property
    def address(self) -> str | None:
        """Where another process can open the same store: null, for an address would carry the password along."""
        return None

    def ids(self, kind: IdKind) -> Iterator[str]:
        return whole.ids(self._server, kind)

    @property
    def language(self) -> Language:
        return "Cypher"

    def query(self, statement: str, *, limit: int = ROWS) -> QueryResult:
        return querying.query(self._server, statement, limit)

    def export(self) -> Iterator[dict[str, Any]]:
        yield from export(self)
