"""Questions that ask for a figure: a provision that sets a target for the topic counts more than one that speaks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.protocol import Reader
from ingest.records import Target
from ingest.tokens import bigrams
from search.keyword import Group, KeywordIndex

GAIN = 1.0
"""What a provision gains when one of its targets holds all that the question asks."""
_PAGE = 500


def gains(reader: Reader, index: KeywordIndex, groups: Sequence[Group], ids: Sequence[str]) -> Mapping[str, float]:
    """For each provision that sets targets, ``GAIN`` times the best share of the question that one of them holds."""
    asked = [group for group in groups if group.asked]
    weights = [index.reach([group]) for group in asked]
    total = sum(weights)
    best: dict[str, float] = {}
    for identifier, target in _targets(reader, ids) if total else ():
        held = set(bigrams(target.text))
        share = sum(weight * _held(group, held) for group, weight in zip(asked, weights, strict=True)) / total
        best[identifier] = max(best.get(identifier, 0.0), GAIN * share * (1.0 if target.value is not None else 0.5))
    return best


def _targets(reader: Reader, ids: Sequence[str]) -> list[tuple[str, Target]]:
    found: list[tuple[str, Target]] = []
    offset, total = 0, 1
    while ids and offset < total:
        page = reader.facts("targets", provision_ids=ids, offset=offset, limit=_PAGE)
        found += [(fact.provision_id, fact.record) for fact in page.rows if isinstance(fact.record, Target)]
        offset, total = offset + _PAGE, page.total
    return found


def _held(group: Group, held: set[str]) -> float:
    """The share of the group's best alternative that stands in the target."""
    shares = [len(parts & held) / len(parts) for a in group.alternatives if (parts := set(bigrams(a.text)))]
    return max(shares, default=0.0)
