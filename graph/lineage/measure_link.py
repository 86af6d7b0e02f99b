"""One link between two measures, as a row."""

from __future__ import annotations

from graph.lineage.evidence import Evidence
from graph.lineage.relations import MeasureRelation
from graph.rows import Row


class MeasureLink(Row, frozen=True, kw_only=True):
    """Provision ``path`` of the lower document comes from ``source_path`` of the higher; ``score`` is the probability."""

    path: str
    source_path: str
    relation: MeasureRelation
    evidence: Evidence
    score: float
