"""Places named in a question, in Chinese or by the English names of the glossary."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ingest.tokens import bigrams
from search.glossary import notions

SHORTEST_ENGLISH = 4
"""Shorter names in Latin letters (Ili, Aba) are too easily something else."""


@dataclass(frozen=True)
class NamedPlace:
    """A place by its full official name and its short one (云南), and where the question names it.

    ``held`` says whether some document of it, or of a place in it, is held.
    """

    name: str
    short: str
    start: int
    end: int
    held: bool = True


def find_places(text: str) -> list[NamedPlace]:
    """The places that a question in plain form names, in its order."""
    from ingest.registry.jurisdictions import find_place, places_in

    chinese = [NamedPlace(m.place.full_name, m.place.short, m.start, m.end) for m in places_in(text)]
    english = [
        NamedPlace(place.full_name, place.short, match.start(), match.end())
        for match in _english_pattern().finditer(text)
        if (place := find_place(_english()[match[0]]))
    ]
    # The country as a whole (全国) has no short name, and leaves nothing out.
    return sorted((place for place in chinese + english if bigrams(place.short)), key=lambda place: place.start)


@functools.cache
def _english() -> dict[str, str]:
    """Official names by English ones: those of the registry of places, and over them those of the glossary."""
    from ingest.registry.english import places_by_english

    registered = {form: place.full_name for form, place in places_by_english().items() if len(form) >= SHORTEST_ENGLISH}
    glossed = {name.lower(): notion.official[0] for notion in notions() if notion.kind == "place" for name in notion.english}
    return registered | glossed


@functools.cache
def _english_pattern() -> re.Pattern[str]:
    names = sorted(_english(), key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b" if names else r"(?!)")
