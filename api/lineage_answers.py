"""The answers about lineage: two documents compared, the matrix of measures and places, a family, the cascade of indicators."""

from __future__ import annotations

import msgspec

from api.answers import Answer
from graph.lineage.changes import Changes
from graph.lineage.evidence import Evidence
from graph.lineage.relations import MeasureRelation
from graph.lineage.standing import Standing
from graph.protocol import DocumentBrief


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
    """A measure by itself."""

    path: str
    id: str
    heading: str | None


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
