"""The tree of places as a page shows it: the country, then province by province what lies below each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.protocol import JurisdictionRow

FEW = 12
"""So many places are shown at once; of more, the provinces only, each to be opened."""


class Province(NamedTuple):
    """A province, region or the country itself, with the places below it."""

    place: JurisdictionRow
    below: list[JurisdictionRow]

    @property
    def documents(self) -> int:
        """How many documents they have together."""
        return sum(place.documents for place in (self.place, *self.below))


def by_province(places: Sequence[JurisdictionRow]) -> list[Province]:
    """``places`` come each after the one it lies in: a group for each that stands right below the country, and for it."""
    groups: list[Province] = []
    for place in places:
        if len(place.ancestors) > 1 and groups:
            groups[-1].below.append(place)
        else:
            groups.append(Province(place, []))
    return groups


def are_few(places: Sequence[JurisdictionRow]) -> bool:
    """Whether all can be shown at once."""
    return len(places) <= FEW
