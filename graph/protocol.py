"""What every engine of the store offers: the ``Store`` protocol over the rows and the filter of ``graph.rows``.

Reading methods answer from one consistent state; ``None`` or an empty page means "not held", never an error. A reference to
a document (``ref``) is its id, its document number in any bracket style, or its source (file name or address).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol, Self

import numpy as np

from graph.querying import ROWS, Language, QueryResult
from graph.rows import (
    Correction,
    Counts,
    Decided,
    DepartmentRow,
    DocumentBrief,
    DocumentRow,
    Fact,
    Filter,
    Imported,
    InstrumentRow,
    JurisdictionRow,
    KnownInstrument,
    Likeness,
    Link,
    Loaded,
    Page,
    ProvisionRow,
    Row,
    Sibling,
    SourceRow,
    SystemRow,
    VectorSet,
)
from graph.writing import Copied, Original
from ingest.records import Effect, Extraction, Locator, Passage

__all__ = [
    "Correction",
    "Counts",
    "Decided",
    "DepartmentRow",
    "DocumentBrief",
    "DocumentRow",
    "Fact",
    "Filter",
    "IdKind",
    "Imported",
    "InstrumentRow",
    "JurisdictionRow",
    "KnownInstrument",
    "Likeness",
    "Link",
    "Loaded",
    "Page",
    "ProvisionRow",
    "Reader",
    "Row",
    "Sibling",
    "SourceRow",
    "Store",
    "SystemRow",
    "VectorSet",
]

IdKind = Literal["document", "department", "instrument"]


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

    def conflicting(self, *, offset: int = 0, limit: int = 50) -> Page[DocumentRow]:
        """Documents on whose fields the text, its page or its file's name disagree, in the order of ``documents``."""

    def document_of_file(self, sha256: str) -> DocumentRow | None:
        """The document that a file of these bytes is a source of."""

    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of a field, by file and field; also those whose file is not held now."""

    def corrections_of(self, sha256: str) -> dict[str, str]:
        """Cells by field that hold for a file of these bytes when it is read."""

    def likenesses(
        self, document_id: str | None = None, *, decided: bool | None = None, offset: int = 0, limit: int = 50
    ) -> Page[Likeness]:
        """Documents with nearly the same text, the most alike first; of one document, or of all."""

    def decisions(self) -> tuple[Decided, ...]:
        """What readers decided of such texts."""

    def source_text(self, document_id: str) -> str | None: ...

    def locators(self, document_id: str) -> tuple[Locator, ...]:
        """Where in its file each stretch of the text stood, in the order of the text; none where the format does not tell."""

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

    def known_instruments(self) -> tuple[KnownInstrument, ...]:
        """Every entry of the imported lists of instruments, by list and title."""

    def citations_of(
        self, instrument_id: str, *, effects: Sequence[Effect] = (), offset: int = 0, limit: int = 50
    ) -> Page[Fact]:
        """The citations that name an instrument; with ``effects`` only those that do one of these to it."""

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

    def uncorrected(self) -> tuple[str, ...]:
        """Ids of documents that must be read again because other corrections of their fields are in force."""

    def not_compared(self) -> tuple[str, ...]:
        """Ids of documents whose text was not yet compared with the others (``graph.comparing``)."""

    def near(self, bands: Sequence[int]) -> tuple[str, ...]:
        """Ids of documents that share one of these keys, by id."""

    def originals(self, document_id: str) -> tuple[Original, ...]:
        """Every source of a document as it came, by address."""

    def identity_of(self, document_id: str) -> tuple[int, str, dict[str, str]]:
        """Rank of a held document's key, hash of its wording, and by address the hash of the text that each source had."""

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        """Name and bytes of the document's first source, as they came."""

    def ids(self, kind: IdKind) -> Iterator[str]:
        """Ids of all documents, departments or cited instruments, in order."""

    @property
    def language(self) -> Language:
        """The language of ``query``."""

    def query(self, statement: str, *, limit: int = ROWS) -> QueryResult:
        """The answer to one reading statement in the engine's own language. Raises ``graph.querying.QueryError``."""

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

    def adopt(self, copied: Copied) -> None:
        """Write a document as another store holds it, in one transaction; ``relink`` must follow."""

    def delete(self, document_id: str) -> bool:
        """Remove a document and everything that only it brought; false when it is not held."""

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Put corrections in force and note that their documents must be read again (``stale`` lists them)."""

    def put_likenesses(self, document_id: str, bands: Sequence[int], likenesses: Sequence[tuple[str, float]]) -> None:
        """Keep the keys under which a document's text is found, and the documents nearly the same, in place of former ones."""

    def decide(self, decisions: Sequence[tuple[str, str, str | None]]) -> None:
        """Keep what a reader decided of pairs of files (SHA-256): ``same``, ``different``, or null to take it back."""

    def reload(self, document_ids: Sequence[str], files: Sequence[tuple[Extraction, Original]]) -> tuple[Loaded, ...]:
        """Take documents out and load files in their place, in one transaction."""

    def relink(self) -> None:
        """Resolve citations to instruments and held documents, and document links, after a batch."""

    def put_list(self, name: str, entries: Sequence[KnownInstrument]) -> Imported:
        """Make the list of this name hold exactly these entries (none: drop it), and resolve citations against it."""

    def missing_vectors(self, model: str) -> tuple[str, ...]:
        """Ids of provisions that have no vector of this model."""

    def put_vectors(self, model: str, ids: Sequence[str], matrix: np.ndarray) -> None: ...

    def drop_vectors(self, keep: str) -> None:
        """Remove the vectors of all models but one, so that two can never be mixed."""

    def set_meta(self, items: Iterable[tuple[str, str]]) -> None:
        """Remember facts about the store itself (the model in force)."""
