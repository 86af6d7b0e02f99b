"""The vocabulary that all rooms share: one frozen struct for each kind of record.

Field names and closed vocabularies are those of the annotation guideline. ``start`` and ``end`` are half-open offsets in
code points of the source text; ``rule`` names the rule that found the record (module, a dot, the rule's own name).
Optional fields that a record does not have are null, so that every record of a kind has the same keys.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["national", "province", "prefecture", "county", "township"]
ProvisionRole = Literal["section", "statement", "goal", "measure"]
Role = Literal["lead", "joint", "support", "responsible"]
Stated = Literal["bracket", "text"]
Relation = Literal["basis", "implements", "mentions"]
InstrumentKind = Literal["law", "regulation", "policy", "self", "other"]
Effect = Literal["amends", "repeals", "replaces", "interprets"]
Bound = Literal[">=", "<=", "=", "~"]
TargetKind = Literal["target", "milestone", "standard"]
QuantityKind = Literal["stock", "yearly", "cumulative", "rate", "growth"]
Nature = Literal["normative", "draft", "interpretation", "qa", "news", "list", "reply", "unknown"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every record has: the provision it stands in, its place in the source text, the rule that found it."""

    path: str
    start: int
    end: int
    rule: str


class Provision(Record, frozen=True, kw_only=True):
    """One item of the outline. ``start``:``end`` is its own text (marker, heading, body) without its child items.

    ``subtree_end`` is where its last descendant ends; ``parent`` the path of the item above, null at the top;
    ``marker`` the marker as written (``（三）``); ``order`` its position in the document from 0.
    """

    heading: str | None
    role: ProvisionRole
    marker: str | None = None
    heading_start: int | None = None
    heading_end: int | None = None
    body_start: int
    subtree_end: int
    parent: str | None = None
    order: int = 0


class Responsibility(Record, frozen=True, kw_only=True):
    """An organisation made responsible. ``covers_start``:``covers_end`` is what it covers when less than the provision.

    ``cue`` is the word that gives the role (牵头, 会同, 负责 …); ``corrected`` the name meant where the text has a typing
    error.
    """

    name: str
    system: str
    role: Role
    generic: bool
    stated: Stated
    cue: str | None = None
    corrected: str | None = None
    covers_start: int | None = None
    covers_end: int | None = None


class Citation(Record, frozen=True, kw_only=True):
    """An instrument named. ``pinpoint`` is a provision of it (第二十条), ``effect`` what this text does to it.

    ``full_title`` is what a short name stands for (以下简称《意见》) where it is used later.
    """

    title: str
    doc_number: str | None
    relation: Relation
    kind: InstrumentKind
    pinpoint: str | None = None
    effect: Effect | None = None
    issuer: str | None = None
    full_title: str | None = None


class Target(Record, frozen=True, kw_only=True):
    """A quantity or dated result. ``value`` has 万, 亿 and % applied; ``by`` is an ISO year or date.

    ``quantity`` tells what one may compare: a ``stock`` at one time, what is done each year (``yearly``) or in all
    (``cumulative``), a ``rate``, or a change (``growth``); null where the number is none of these (amounts, limits).
    """

    text: str
    metric: str | None
    op: Bound | None
    value: int | float | None
    unit: str | None
    period: Literal["year"] | None
    from_year: str | None
    by: str | None
    kind: TargetKind
    baseline: str | None = None
    population: str | None = None
    strength: str | None = None
    quantity: QuantityKind | None = None


class Programme(Record, frozen=True, kw_only=True):
    """A named campaign, project or scheme."""

    name: str


class FieldCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a document field could have, with the place it was read from.

    ``place`` is where it stands: ``masthead``, ``metadata``, ``signature``, ``title_line``, ``sidecar``, ``file_name`` …;
    offsets are null when it does not stand in the source text.
    """

    field: str
    value: str
    place: str
    rule: str
    start: int | None = None
    end: int | None = None


class DocumentFields(msgspec.Struct, frozen=True, kw_only=True):
    """The masthead as the guideline defines it, every candidate read, and the reason for each choice (field → rule).

    ``effective_on`` and ``expires_on`` are the days from and to which the text itself says that it is in force.
    """

    title: str | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    jurisdiction: str | None = None
    level: Level | None = None
    kind: str | None = None
    issued_on: str | None = None
    published_on: str | None = None
    addressees: tuple[str, ...] = ()
    nature: Nature = "unknown"
    effective_on: str | None = None
    expires_on: str | None = None
    chosen: dict[str, str] = {}
    candidates: tuple[FieldCandidate, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the source text with a label: website boilerplate, text that no rule understood."""

    start: int
    end: int
    label: str


class Locator(msgspec.Struct, frozen=True, kw_only=True):
    """Where in its file a stretch of the source text stood: ``kind`` ``page`` with its number, or ``element`` with its name."""

    start: int
    end: int
    kind: str
    label: str


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """All that one file says: the object that ``zhengmai extract`` prints.

    ``boilerplate`` are the spans left out as furniture of the website, ``not_understood`` the spans that look like a fact
    but that no rule could read, ``warnings`` sentences for the reader of the summary.
    """

    file: str
    source_text: str
    document: DocumentFields
    provisions: tuple[Provision, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    programmes: tuple[Programme, ...] = ()
    boilerplate: tuple[Passage, ...] = ()
    not_understood: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    locators: tuple[Locator, ...] = ()
    extractor: str = ""


FACTS: dict[str, type[Record]] = {
    "responsibilities": Responsibility,
    "citations": Citation,
    "targets": Target,
    "programmes": Programme,
}
"""The kinds of fact by the name of their list in an extraction, in the order in which they are shown."""
