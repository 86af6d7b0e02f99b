"""The rows that a store answers with, and the filter that it takes."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import msgspec
import numpy as np

from ingest.records import Citation, DocumentFields, Level, Programme, Provision, Responsibility, Target

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


class KnownInstrument(Row, frozen=True, kw_only=True):
    """An instrument as a list has it. ``validity`` is the list's own word (现行有效, 失效); dates are ISO, or a year."""

    title: str
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    force: str | None = None
    validity: str | None = None
    published: str | None = None
    effective: str | None = None
    listed_in: str = ""


class Imported(Row, frozen=True, kw_only=True):
    """What importing a list of instruments did: entries in it, and citations held that now mean one of them."""

    listed_in: str
    entries: int
    added: int
    removed: int
    citations: int
    instruments: int


class InstrumentRow(Row, frozen=True, kw_only=True):
    """A work that others cite. ``held`` are its versions in the store, newest first; ``citations`` how often it is named.

    ``known`` is what imported lists say of it, the newest first; ``validity`` the newest word on it, null for unknown.
    """

    id: str
    title: str
    doc_number: str | None
    kind: str
    held: tuple[DocumentBrief, ...]
    citations: int
    documents: int
    known: tuple[KnownInstrument, ...] = ()
    validity: str | None = None


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


class Correction(Row, frozen=True, kw_only=True):
    """A field of a document corrected by a reader, anchored to the bytes of a source.

    ``cell`` is its text as in the table of metadata (see ``ingest.corrections``), null in one that takes an earlier correction
    back; ``document`` the id of the document it is in force for, null where no file of these bytes is held.
    """

    sha256: str
    field: str
    cell: str | None
    document: str | None = None


class Likeness(Row, frozen=True, kw_only=True):
    """Two documents with nearly the same text. ``likeness`` is 0 to 1, after alignment; ``one`` has the smaller id.

    ``decision`` is what a reader decided of them: ``different``, or null. Two decided to be the same are one document.
    """

    one: DocumentBrief
    other: DocumentBrief
    likeness: float
    decision: Literal["different"] | None = None


class Decided(Row, frozen=True, kw_only=True):
    """A reader's decision on two files, by their bytes; ``one`` is the smaller SHA-256."""

    one: str
    other: str
    decision: Literal["same", "different"]


class VectorSet(Row, frozen=True, kw_only=True):
    """Vectors of provisions: ``ids[i]`` has row ``i`` of ``matrix``.

    The matrix is float32, L2-normalised, of shape ``(len(ids), dimensions)``.
    """

    ids: tuple[str, ...]
    matrix: np.ndarray
