"""What every engine of the store offers: rows, filters and the ``Store`` protocol.

Reading methods answer from one consistent state; ``None`` or an empty page means "not held", never an error. A reference to
a document (``ref``) is its id, its document number in any bracket style, or its source (file name or address).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, Self, TypeVar

import msgspec
import numpy as np

from ingest.records import (
    Citation,
    DocumentFields,
    Extraction,
    Level,
    Passage,
    Programme,
    Provision,
    Responsibility,
    Target,
)

T = TypeVar("T")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything a store answers with."""


class DocumentBrief(Row, frozen=True, kw_only=True):
    """The ``document`` of every answer: ``{id, title, doc_number, source}``."""

    id: str
    title: str | None
    doc_number: str | None
    source: str


class SourceRow(Row, frozen=True, kw_only=True):
    """One file or page that a document was read from."""

    id: str
    address: str
    sha256: str
    fetched_at: str | None
    bytes: int


class DocumentRow(Row, frozen=True, kw_only=True):
    """One document: its fields, sources, counts, and the version of the extractor that read it."""

    id: str
    brief: DocumentBrief
    key: str
    revision: str
    fields: DocumentFields
    sources: tuple[SourceRow, ...]
    measures: int
    warnings: tuple[str, ...]
    extractor: str


class ProvisionRow(Row, frozen=True, kw_only=True):
    """One provision with its document. ``text`` is its own text; ``headings`` are those of the items above it, top first."""

    id: str
    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    provision: Provision
    text: str
    headings: tuple[str, ...]


class Fact(Row, frozen=True, kw_only=True):
    """One record in its document. ``document_id:path`` is the provision it stands in."""

    id: str
    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    issued_on: str | None
    provision_id: str
    heading: str | None
    record: Responsibility | Citation | Target | Programme
    department_id: str | None = None
    instrument_id: str | None = None


class DepartmentRow(Row, frozen=True, kw_only=True):
    """A body of one place. ``names`` are the forms found in texts, ``name`` the registry's or the longest found."""

    id: str
    name: str
    names: tuple[str, ...]
    jurisdiction: str | None
    level: Level | None
    systems: tuple[str, ...]
    generic: bool
    duties: int
    documents: int


class SystemRow(Row, frozen=True, kw_only=True):
    """The function that bodies of all levels share."""

    system: str
    name_zh: str
    name_en: str
    departments: int
    duties: int
    documents: int


class InstrumentRow(Row, frozen=True, kw_only=True):
    """A work that others cite. ``held`` are its versions in the store, newest first; ``citations`` how often it is named."""

    id: str
    title: str
    doc_number: str | None
    kind: str
    held: tuple[DocumentBrief, ...]
    citations: int
    documents: int


class JurisdictionRow(Row, frozen=True, kw_only=True):
    """A place as dated in the tree: ``code`` by GB/T 2260, ``ancestors`` from the country down to its parent."""

    name: str
    code: str | None
    level: Level | None
    ancestors: tuple[str, ...]
    documents: int


class Link(Row, frozen=True, kw_only=True):
    """A document-level link: ``lower`` is made under ``higher``. ``held`` false when the higher text is only cited.

    ``evidence`` is ``stated``, ``copied`` or ``inferred``; ``citation_id`` the record that states it.
    """

    lower: DocumentBrief
    higher_id: str
    higher_title: str
    higher_doc_number: str | None
    higher_source: str | None
    held: bool
    evidence: str
    citation_id: str | None = None
    quote: str | None = None
    path: str | None = None


class Sibling(Row, frozen=True, kw_only=True):
    """Another document made under the same instrument. ``held`` false when that instrument's text is only cited."""

    document: DocumentBrief
    jurisdiction: str | None
    instrument_id: str
    instrument_title: str
    instrument_doc_number: str | None
    held: bool


class Page(Row, Generic[T], frozen=True, kw_only=True):
    """A page of rows and how many there are in all."""

    rows: tuple[T, ...]
    total: int
    offset: int
    limit: int


class Counts(Row, frozen=True, kw_only=True):
    """What the store holds."""

    documents: int
    sources: int
    provisions: int
    measures: int
    departments: int
    responsibilities: int
    citations: int
    instruments: int
    targets: int
    programmes: int
    jurisdictions: int
    not_understood: int


class Filter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which documents and provisions count; all given conditions hold at once.

    ``jurisdiction`` is a name (full, short or former) or code and includes everything below it. ``since`` and ``until`` are
    ISO, inclusive, and compare the date of issue (of publication where that is unknown). ``role`` is a role of a
    responsibility or of a provision. ``document`` is a ref, ``instrument`` and ``department`` are ids. ``system``,
    ``department`` and a responsibility's role are sought in one and the same responsibility; documents and provisions
    count when they hold it.
    """

    jurisdiction: str | None = None
    level: Level | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    system: str | None = None
    role: str | None = None
    document: str | None = None
    instrument: str | None = None
    department: str | None = None


class Loaded(Row, frozen=True, kw_only=True):
    """What loading one extraction did.

    ``outcome`` is ``new``, ``unchanged``, ``replaced``, ``same_text`` (a further source), ``refreshed`` (the same file
    read by another extractor) or ``conflict`` (a really different text under the same key).
    """

    document_id: str
    outcome: str
    note: str | None = None


class VectorSet(Row, frozen=True, kw_only=True):
    """Vectors of provisions: ``ids[i]`` has row ``i`` of ``matrix``.

    The matrix is float32, L2-normalised, of shape ``(len(ids), dimensions)``.
    """

    ids: tuple[str, ...]
    matrix: np.ndarray


class Reader(Protocol):
    """Everything that only reads. Safe to use from several threads."""

    def version(self) -> int:
        """A number that grows with every change of the store; caches are stamped with it."""

    def snapshot(self) -> str:
        """The digest of revisions, corrections, extractor and model that every answer carries."""

    def counts(self) -> Counts: ...

    def find_document(self, ref: str) -> str | None:
        """The id of the document that ``ref`` (id, number, source) names."""

    def document(self, document_id: str) -> DocumentRow | None: ...

    def documents(self, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        """Documents by jurisdiction code, date and id."""

    def source_text(self, document_id: str) -> str | None: ...

    def passages(self, document_id: str, kind: str | None = None) -> tuple[Passage, ...]:
        """Spans of a document of one kind, ``boilerplate`` or ``not_understood``; both when null."""

    def provision(self, provision_id: str) -> ProvisionRow | None: ...

    def provisions(self, ids: Sequence[str]) -> tuple[ProvisionRow, ...]:
        """The provisions of these ids in this order; those not held are left out."""

    def outline(self, document_id: str) -> tuple[ProvisionRow, ...]:
        """All provisions of a document in its order."""

    def provision_ids(self, where: Filter = Filter()) -> frozenset[str]:
        """Ids of the provisions that the filter admits."""

    def provisions_changed_since(self, version: int) -> tuple[str, ...]:
        """Ids of provisions loaded after the store had that version."""

    def all_provisions(self) -> Iterator[ProvisionRow]:
        """Every provision, ordered by id, without loading them all at once."""

    def facts(
        self,
        kind: str,
        where: Filter = Filter(),
        *,
        provision_ids: Sequence[str] | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[Fact]:
        """Facts of one kind (a key of ``ingest.records.FACTS``), by document, position and id."""

    def fact(self, fact_id: str) -> Fact | None:
        """One record by its id."""

    def document_facts(self, document_id: str) -> dict[str, tuple[Fact, ...]]:
        """Every fact of a document, by kind, in the order of the text."""

    def department(self, department_id: str) -> DepartmentRow | None: ...

    def departments(
        self,
        where: Filter = Filter(),
        *,
        name: str | None = None,
        generic: bool | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[DepartmentRow]: ...

    def duties(self, department_id: str, where: Filter = Filter(), *, offset: int = 0, limit: int = 50) -> Page[Fact]:
        """Responsibilities of one department, by role (leads first), document and position."""

    def systems(self) -> tuple[SystemRow, ...]: ...

    def jurisdictions(self) -> tuple[JurisdictionRow, ...]:
        """The places of held documents and everything above them, in tree order."""

    def instrument(self, instrument_id: str) -> InstrumentRow | None: ...

    def instruments(
        self, *, title: str | None = None, held: bool | None = None, kind: str | None = None, offset: int = 0, limit: int = 50
    ) -> Page[InstrumentRow]:
        """Instruments by number of citing documents, then title."""

    def citations_of(self, instrument_id: str, *, offset: int = 0, limit: int = 50) -> Page[Fact]: ...

    def links(self, document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """What the document derives from, and what derives from it."""

    def siblings(self, document_id: str, *, limit: int = 100) -> tuple[Sibling, ...]:
        """Documents that stand under an instrument under which this one stands too, the least common instruments first."""

    def meta(self, name: str) -> str | None:
        """A fact about the store itself, as ``set_meta`` remembered it."""

    def vectors(self, model: str, ids: Sequence[str] | None = None) -> VectorSet:
        """Stored vectors of one model, ordered by id; all of them when ``ids`` is null."""

    def known(self, address: str, sha256: str, extractor: str) -> str | None:
        """The id of the document that this very file gave, when reading it again with this extractor would change nothing."""

    def stale(self, extractor: str) -> tuple[str, ...]:
        """Ids of documents read by another version of the extractor."""

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        """Name and bytes of the document's first source, as they came."""

    def export(self) -> Iterator[dict[str, Any]]:
        """The whole store as plain objects, sorted; equal for equal content however it was loaded."""

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        """The store itself, closed at the end of the ``with`` block."""

    def __exit__(self, *_: object) -> None: ...


class Store(Reader, Protocol):
    """A reader that may also write. One process at a time holds it."""

    def load(self, extraction: Extraction, content: bytes, *, address: str, fetched_at: str | None = None) -> Loaded:
        """Load one document with all its records in one transaction; the vectors follow through ``put_vectors``."""

    def delete(self, document_id: str) -> bool:
        """Remove a document and everything that only it brought; false when it is not held."""

    def relink(self) -> None:
        """Resolve citations to instruments and held documents, and document links, after a batch."""

    def missing_vectors(self, model: str) -> tuple[str, ...]:
        """Ids of provisions that have no vector of this model."""

    def put_vectors(self, model: str, ids: Sequence[str], matrix: np.ndarray) -> None: ...

    def drop_vectors(self, keep: str) -> None:
        """Remove the vectors of all models but one, so that two can never be mixed."""

    def set_meta(self, items: Iterable[tuple[str, str]]) -> None:
        """Remember facts about the store itself (the model in force)."""
