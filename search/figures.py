"""Questions that ask for a figure: a provision that sets a target for the topic counts more than one that speaks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.protocol import Reader
from ingest.records import Target
from search.coverage import Coverage

GAIN = 1.0
"""What a provision gains when one of its targets holds all that the question asks."""
UNQUANTIFIED = 0.5
"""The part of it for a target without a number."""
_PAGE = 500


def gains(reader: Reader, coverage: Coverage, ids: Sequence[str]) -> Mapping[str, float]:
    """For each provision that sets targets, ``GAIN`` times the best share of the question that one of them holds."""
    best: dict[str, float] = {}
    for identifier, target in _targets(reader, ids):
        gain = GAIN * coverage.share(target.text) * (UNQUANTIFIED if target.value is None else 1.0)
        best[identifier] = max(best.get(identifier, 0.0), gain)
    return best


def _targets(reader: Reader, ids: Sequence[str]) -> list[tuple[str, Target]]:
    found: list[tuple[str, Target]] = []
    offset, total = 0, 1
    while ids and offset < total:
        page = reader.facts("targets", provision_ids=ids, offset=offset, limit=_PAGE)
        found += [(fact.provision_id, fact.record) for fact in page.rows if isinstance(fact.record, Target)]
        offset, total = offset + _PAGE, page.total
    return found
