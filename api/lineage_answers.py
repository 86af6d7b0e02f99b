"""The answers about lineage: two documents compared, the matrix of measures and places, a family, the cascade of indicators."""

from __future__ import annotations

from typing import Literal

import msgspec

from api.answers import Answer
from graph.lineage.changes import Changes
from graph.lineage.evidence import Evidence
from graph.lineage.relations import MeasureRelation
from graph.lineage.rows import MeasureEnd
from graph.lineage.standing import Standing
from graph.protocol import DocumentBrief
from ingest.records import Target


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a link changed, in words."""

    zh: str
    en: str


class MeasurePair(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of the document and where it comes from; ``source_path`` null (relation ``new``) when from nowhere.

    ``id`` and ``source_id`` are those of the two provisions; ``score`` the probability that they belong together.
    """

    path: str
    source_path: str | None
    relation: MeasureRelation
    evidence: Evidence | None
    score: float | None
    changes: Changes | None
    id: str
    heading: str | None
    source_id: str | None
    source_heading: str | None
    summary: Summary


class Unmatched(msgspec.Struct, frozen=True, kw_only=True):
    """A measure by itself; ``words`` are its first ones, by which an article without a heading is known."""

    path: str
    id: str
    heading: str | None
    words: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How many measures were carried over (word for word, or changed), left out, new, and in doubt on either side."""

    verbatim: int
    changed: int
    new: int
    doubtful: int
    left_out: int
    doubtful_sources: int


class ComparisonAnswer(Answer, frozen=True, kw_only=True):
    """A document against a source, measure by measure.

    ``standing`` tells how the two stand to each other: one made under the other, both under a third, neither said, or about
    different matters (then nothing is compared). Measures in ``doubtful`` are too unlike to be linked at ``threshold`` and
    too like to be called new. ``via`` are levels of government between the two from which nothing is held, so that a change
    may have been made there.
    """

    document: DocumentBrief
    source: DocumentBrief
    standing: Standing
    evidence: Evidence | None
    closeness: float
    threshold: float
    pairs: tuple[MeasurePair, ...]
    left_out: tuple[Unmatched, ...]
    doubtful: tuple[Unmatched, ...]
    doubtful_sources: tuple[Unmatched, ...]
    coverage: Coverage
    via: tuple[str, ...]


CellState = Literal["verbatim", "adapted", "extended", "left_out", "doubtful"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What one document made of one measure: the provisions that come from it, or why there is none."""

    state: CellState
    ids: tuple[str, ...] = ()
    score: float | None = None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A document compared with this one. ``cells`` has one entry for each measure, in order."""

    document: DocumentBrief
    jurisdiction: str | None
    date: str | None
    standing: Standing
    cells: tuple[Cell, ...]


class MatrixAnswer(Answer, frozen=True, kw_only=True):
    """The measures of a document × the documents that were compared with it, by place.

    ``not_compared`` were made under it and have not been compared; ``not_held`` are places below it of which no document is
    held that was made under it.
    """

    document: DocumentBrief
    measures: tuple[Unmatched, ...]
    columns: tuple[Column, ...]
    not_compared: tuple[DocumentBrief, ...]
    not_held: tuple[str, ...]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A text of a family; ``id`` is an instrument's where the text is not held."""

    id: str
    title: str | None
    doc_number: str | None
    jurisdiction: str | None
    level: str | None
    date: str | None
    held: bool


class Bond(msgspec.Struct, frozen=True, kw_only=True):
    """``lower`` comes from ``higher``, or stands beside it; ``linked`` of ``units`` measures are linked, if compared."""

    lower: str
    higher: str
    standing: Standing
    evidence: Evidence | None
    linked: int | None = None
    units: int | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where the words of a measure were first written, as far as texts held tell; null ``first`` for its own."""

    measure: Unmatched
    first: MeasureEnd | None
    steps: int


class FamilyAnswer(Answer, frozen=True, kw_only=True):
    """The texts around a document: above, below and beside it, and who wrote each of its measures first."""

    document: DocumentBrief
    members: tuple[Member, ...]
    bonds: tuple[Bond, ...]
    origins: tuple[Origin, ...]
    more: int


class CascadeStep(msgspec.Struct, frozen=True, kw_only=True):
    """A target of the document beside its counterpart above (``parent``) or below (``child``).

    ``ratio`` is the child's value over the parent's, ``years`` how much later the child's deadline is; both null with the
    ``reason`` why they cannot be compared.
    """

    direction: Literal["parent", "child"]
    target: Target
    provision_id: str
    other: Target | None
    other_provision_id: str | None
    other_document: DocumentBrief
    other_jurisdiction: str | None
    ratio: float | None
    years: float | None
    reason: str | None


class CascadeAnswer(Answer, frozen=True, kw_only=True):
    """The targets of a document with those above and below them."""

    document: DocumentBrief
    steps: tuple[CascadeStep, ...]
