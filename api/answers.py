"""The answers of the resources, besides those of ``search.answers``: frozen structs shared by pages, JSON and command line.

Every answer has ``snapshot``. Offsets are code points of the source text, half-open. A list is a ``Listing``; what belongs
to one thing and may be long (the duties of a department) is a ``Listing`` inside its answer.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from graph.lineage.rows import Derivation
from graph.protocol import (
    Counts,
    DepartmentRow,
    DocumentBrief,
    DocumentRow,
    InstrumentRow,
    JurisdictionRow,
    Likeness,
    Link,
    Sibling,
    SystemRow,
)
from graph.versions import CitedVersion, Version
from ingest.masthead.conflicts import Conflict
from ingest.records import Citation, Level, Passage, Programme, Provision, Record, Responsibility, Target

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A page of items, how many there are in all, and the API addresses of the pages beside it."""

    total: int
    offset: int
    limit: int
    next: str | None
    previous: str | None
    items: tuple[T, ...]


class FactView(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A fact with its evidence: ``quote`` is source text ``record.start``:``record.end``, ``context`` its sentence.

    ``version`` is the text that a citation means, given for one measure or record and null in lists.
    """

    id: str
    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    issued_on: str | None
    provision_id: str
    heading: str | None
    record: R
    quote: str
    context: str
    context_start: int
    context_end: int
    department_id: str | None = None
    instrument_id: str | None = None
    version: CitedVersion | None = None


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a document or measure, by kind, in the order of the text."""

    responsibilities: tuple[FactView[Responsibility], ...] = ()
    citations: tuple[FactView[Citation], ...] = ()
    targets: tuple[FactView[Target], ...] = ()
    programmes: tuple[FactView[Programme], ...] = ()


class OutlineItem(msgspec.Struct, frozen=True, kw_only=True):
    """One provision in the outline of a document."""

    id: str
    provision: Provision


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers: the state of the store they were read from."""

    snapshot: str


class ListAnswer(Listing[T], Generic[T], frozen=True, kw_only=True):
    """A listing that is an answer by itself."""

    snapshot: str


class DocumentsAnswer(ListAnswer[DocumentRow], frozen=True, kw_only=True):
    """Documents by place and date."""


class DocumentAnswer(Answer, frozen=True, kw_only=True):
    """One document: fields, verbatim text, outline, facts, spans of furniture or not understood, links by citation.

    ``conflicts`` are fields on which its sources disagree, ``alike`` documents with nearly the same text.
    """

    document: DocumentRow
    source_text: str
    outline: tuple[OutlineItem, ...]
    facts: Facts
    boilerplate: tuple[Passage, ...]
    not_understood: tuple[Passage, ...]
    derives_from: tuple[Link, ...]
    descendants: tuple[Link, ...]
    siblings: tuple[Sibling, ...]
    conflicts: tuple[Conflict, ...]
    alike: tuple[Likeness, ...]


class RuleCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many records of a kind (``provisions`` among them) one rule found in a document."""

    kind: str
    rule: str
    count: int


class UnreadPassage(msgspec.Struct, frozen=True, kw_only=True):
    """Text that no rule understood. ``label``: the kind of fact that it looks like, or ``outside`` of every provision."""

    start: int
    end: int
    label: str
    text: str
    provision_id: str | None
    path: str | None


class ProvenanceAnswer(Answer, frozen=True, kw_only=True):
    """How a document was read: its facts, the rules that found them, text not understood, and measures without any fact."""

    document: DocumentRow
    facts: Facts
    rules: tuple[RuleCount, ...]
    not_understood: tuple[UnreadPassage, ...]
    silent: tuple[OutlineItem, ...]


class MeasureAnswer(Answer, frozen=True, kw_only=True):
    """One provision: its words, those above and below it, its facts, and under what its document was made.

    ``line_up`` and ``line_down`` are the measures that it comes from and that come from it; ``compared_with`` tells with how
    many documents its own was compared: with 0, no counterpart was sought.
    """

    id: str
    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    issued_on: str | None
    provision: Provision
    text: str
    above: tuple[OutlineItem, ...]
    below: tuple[OutlineItem, ...]
    previous: OutlineItem | None
    next: OutlineItem | None
    facts: Facts
    below_facts: Facts
    derives_from: tuple[Link, ...]
    line_up: tuple[Derivation, ...] = ()
    line_down: tuple[Derivation, ...] = ()
    compared_with: int = 0


class FactAnswer(Answer, frozen=True, kw_only=True):
    """One record with its evidence."""

    kind: str
    fact: Any


class DepartmentsAnswer(ListAnswer[DepartmentRow], frozen=True, kw_only=True):
    """Departments, those with most duties first where the store orders so."""


class DepartmentAnswer(Answer, frozen=True, kw_only=True):
    """One department and its duties, leads first."""

    department: DepartmentRow
    duties: Listing[FactView[Responsibility]]


class SystemsAnswer(Answer, frozen=True, kw_only=True):
    """All systems, also those that nothing held names."""

    items: tuple[SystemRow, ...]


class SystemAnswer(Answer, frozen=True, kw_only=True):
    """One system: its departments in all places, and what they are made responsible for."""

    system: SystemRow
    departments: Listing[DepartmentRow]
    duties: Listing[FactView[Responsibility]]


class InstrumentsAnswer(ListAnswer[InstrumentRow], frozen=True, kw_only=True):
    """Instruments cited, the most cited first."""


class InstrumentAnswer(Answer, frozen=True, kw_only=True):
    """One instrument, the versions held of it with the days of their force, and who cites it."""

    instrument: InstrumentRow
    versions: tuple[Version, ...]
    citations: Listing[FactView[Citation]]


class TargetsAnswer(ListAnswer[FactView[Target]], frozen=True, kw_only=True):
    """Targets, by document and position."""


class TraceItem(msgspec.Struct, frozen=True, kw_only=True):
    """A text up or down the line. ``evidence``: stated, copied or inferred; ``source`` null where the text is not held.

    ``linked`` of the lower text's ``units`` measures come from the higher one; null when they were not compared.
    """

    id: str
    title: str | None
    doc_number: str | None
    source: str | None
    held: bool
    evidence: str
    quote: str | None = None
    path: str | None = None
    citation_id: str | None = None
    linked: int | None = None
    units: int | None = None


class TraceAnswer(Answer, frozen=True, kw_only=True):
    """What a document derives from (``sources``), what derives from it, and what else was made under the same instruments."""

    document: DocumentBrief
    sources: tuple[TraceItem, ...]
    descendants: tuple[TraceItem, ...]
    siblings: tuple[Sibling, ...]


class StatsAnswer(Answer, frozen=True, kw_only=True):
    """What the store holds."""

    counts: Counts
    extractor: str | None
    model: str


class AboutAnswer(Answer, frozen=True, kw_only=True):
    """What this is, what it holds, and where."""

    name: str
    licence: str
    counts: Counts
    extractor: str | None
    model: str
    jurisdictions: tuple[JurisdictionRow, ...]


class ResolveAnswer(Answer, frozen=True, kw_only=True):
    """What each name asked for stands for, in the order asked."""

    items: tuple[Any, ...]


Shown = DocumentAnswer | MeasureAnswer | DepartmentAnswer | SystemAnswer | InstrumentAnswer | FactAnswer
