"""How two documents stand to each other, and which levels of government lie between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from graph.lineage.evidence import COPIED, Evidence
from graph.lineage.reading import Comparison
from ingest.records import DocumentFields
from ingest.registry.jurisdictions import ancestors, find_place

Standing = Literal["derives", "siblings", "unstated", "unrelated"]


def standing_of(found: Comparison, above: Collection[str], beside: Collection[str]) -> tuple[Standing, Evidence | None]:
    """How the lower document stands to the higher: ``above`` are the documents it says it was made under, ``beside`` those
    that were made under one that it was made under too. Evidence is null where nothing links the two.
    """
    if not found.alignment.related:
        return "unrelated", None
    if found.higher.row.id in above:
        return "derives", "stated"
    if found.higher.row.id in beside:
        return "siblings", "stated"
    if not found.links:
        return "unstated", None
    copied = sum(link.evidence == "copied" for link in found.links) / len(found.alignment.lower.units)
    return "unstated", "copied" if copied >= COPIED / 2 else "inferred"


def levels_between(lower: DocumentFields, higher: DocumentFields) -> tuple[str, ...]:
    """The places between those of two documents, from above; empty where the one does not lie in the other."""
    on = lower.issued_on or lower.published_on
    place = find_place(lower.jurisdiction, on=on) if lower.jurisdiction else None
    if place is None:
        return ()
    chain = [above.full_name for above in ancestors(place)]
    if higher.jurisdiction not in chain:
        return ()
    return tuple(chain[chain.index(higher.jurisdiction) + 1 :])
