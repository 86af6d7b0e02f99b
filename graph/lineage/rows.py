"""Lineage as a store keeps it and answers with it, and what a store must offer to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol, runtime_checkable

from graph.lineage.evidence import Evidence
from graph.lineage.measure_link import MeasureLink
from graph.lineage.relations import MeasureRelation
from graph.lineage.standing import Standing
from graph.protocol import DocumentBrief, Row

State = Literal["new", "left_out", "doubtful"]


class Candidate(Row, frozen=True, kw_only=True):
    """Two documents to be compared; ``stated`` when the lower says that it was made under the higher, ``beside`` when both say
    so of a third. Ids.
    """

    lower: str
    higher: str
    stated: bool = False
    beside: bool = False


class Compared(Row, frozen=True, kw_only=True):
    """The outcome of one comparison, ready to be stored; ``unmatched`` of the lower and of the higher text by path."""

    lower: str
    higher: str
    standing: Standing
    evidence: Evidence | None
    closeness: float
    units: int
    links: tuple[MeasureLink, ...]
    unmatched: tuple[tuple[str, State], ...] = ()
    unmatched_higher: tuple[tuple[str, State], ...] = ()

    @property
    def linked(self) -> int:
        """How many measures of the lower text have a counterpart."""
        return len({link.path for link in self.links})


class ComparisonRow(Row, frozen=True, kw_only=True):
    """Two documents that were compared; ``units`` measures of the lower, ``linked`` of them with a counterpart."""

    lower: DocumentBrief
    lower_place: str | None
    lower_date: str | None
    higher: DocumentBrief
    higher_place: str | None
    higher_date: str | None
    standing: Standing
    evidence: Evidence | None
    closeness: float
    units: int
    linked: int


class HeldText(Row, frozen=True, kw_only=True):
    """A document held, as far as its family is told by it."""

    document: DocumentBrief
    place: str | None
    level: str | None
    date: str | None


class MeasureEnd(Row, frozen=True, kw_only=True):
    """One end of a link between measures."""

    id: str
    path: str
    heading: str | None
    document: DocumentBrief
    jurisdiction: str | None
    date: str | None


class Derivation(Row, frozen=True, kw_only=True):
    """A measure (``lower``) and the one that it comes from; ``standing`` is how their documents stand to each other."""

    lower: MeasureEnd
    higher: MeasureEnd
    relation: MeasureRelation
    evidence: Evidence
    score: float
    standing: Standing


@runtime_checkable
class LineageReader(Protocol):
    """What an engine answers about lineage."""

    @property
    def address(self) -> str | None:
        """Where another process can open the same store; null where it cannot."""

    def held_texts(self) -> tuple[HeldText, ...]:
        """Every document held, by day."""

    def comparisons(self, document_id: str) -> tuple[ComparisonRow, ...]:
        """All comparisons in which a document takes part, those with most links first."""

    def derivations(self, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
        """What a measure comes from and what comes from it, the surest first."""

    def derived_from(self, document_id: str) -> tuple[Derivation, ...]:
        """Every link whose source is a measure of this document, in its order."""

    def unmatched(self, document_id: str) -> dict[str, dict[str, State]]:
        """For each document compared with this one as its source: path of a measure of this one → why it has no link."""


@runtime_checkable
class LineageStore(LineageReader, Protocol):
    """An engine that keeps lineage."""

    def untraced(self, method: str) -> tuple[str, ...]:
        """Ids of documents whose sources were not looked for, or by another method, or in another text."""

    def put_bands(self, bands: Iterable[tuple[str, Sequence[Sequence[int]]]]) -> None:
        """Keep the bands of each measure of some documents, in place of those they had."""

    def candidates(self, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
        """Pairs in which one of these documents takes part that are to be compared and were not yet."""

    def put_comparisons(self, method: str, compared: Sequence[Compared]) -> None:
        """Keep comparisons, each in place of the one there was."""

    def set_traced(self, method: str, ids: Sequence[str]) -> None:
        """Note that the sources of these documents have been looked for."""
