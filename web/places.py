"""The tree of places as a page shows it: the country, then province by province what lies below each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.protocol import JurisdictionRow

FEW = 12
"""So many places are shown at once; of more, the provinces only, each to be opened."""


class Province(NamedTuple):
    """A province, region or the country itself, with the places below it and the number of documents of them all."""

    place: JurisdictionRow
    below: list[JurisdictionRow]
    documents: int


def by_province(places: Sequence[JurisdictionRow]) -> list[Province]:
    """``places`` come each after the one it lies in: a group for each that stands right below the country, and for it."""
    groups: list[Province] = []
    for place in places:
        if len(place.ancestors) > 1 and groups:
            last = groups[-1]
            groups[-1] = Province(last.place, [*last.below, place], last.documents + place.documents)
        else:
            groups.append(Province(place, [], place.documents))
    return groups


def are_few(places: Sequence[JurisdictionRow]) -> bool:
    """Whether all can be shown at once."""
    return len(places) <= FEW
