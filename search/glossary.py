"""The bilingual glossary (``data/reference/glossary.csv``): English and everyday words → official Chinese.

A row of the glossary is one notion: its official Chinese terms, its English names and the everyday Chinese for it, each a list
separated by semicolons. English is compared by its stems, so that *wages* finds *wage*.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import defaultdict
from dataclasses import dataclass

from ingest.tokens import plain
from search.stemming import Stems, stems
from settings import ROOT

GLOSSARY = ROOT / "data" / "reference" / "glossary.csv"
LONGEST_ENGLISH = 7
"""Words of the longest English phrase that is looked for."""


@dataclass(frozen=True)
class Notion:
    """One row of the glossary."""

    kind: str
    official: tuple[str, ...]
    english: tuple[str, ...]
    everyday: tuple[str, ...]


@functools.cache
def notions() -> tuple[Notion, ...]:
    """Every row of the glossary in its order."""
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Notion(row["kind"], _split(row["official"]), _split(row["english"]), _split(row["everyday"]))
            for row in csv.DictReader(lines)
        )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@functools.cache
def english_index() -> dict[Stems, tuple[str, ...]]:
    """Stems of each English name → the official terms of every row that has it, in order."""
    found: dict[Stems, list[str]] = defaultdict(list)
    for notion in notions():
        for name in notion.english:
            found[stems(name)] += notion.official
    return {key: tuple(dict.fromkeys(terms)) for key, terms in found.items() if key}


def is_english_name(word: str) -> bool:
    """Whether the glossary has an English word as typed, or with another ending of number or tense."""
    return not _inflected(word.lower()).isdisjoint(_single_words())


@functools.cache
def _single_words() -> frozenset[str]:
    names = (name.lower() for notion in notions() for name in notion.english if " " not in name)
    return frozenset(form for name in names for form in _inflected(name))


def _inflected(word: str) -> frozenset[str]:
    """The word without its ending of number or tense."""
    bare = re.sub(r"(?:ies|y)$", "i", re.sub(r"(?:es|ed|ing|s|e)$", "", word))
    return frozenset({word, bare})


@functools.cache
def everyday_index() -> dict[str, tuple[str, ...]]:
    """Everyday Chinese → the official terms of every row that has it."""
    found: dict[str, list[str]] = defaultdict(list)
    for notion in notions():
        for word in notion.everyday:
            found[plain(word)] += notion.official
    return {key: tuple(dict.fromkeys(terms)) for key, terms in found.items()}


@functools.cache
def related_index() -> dict[str, tuple[str, ...]]:
    """Official term → the other terms of the rows in which it comes first."""
    found: dict[str, list[str]] = defaultdict(list)
    for notion in notions():
        found[notion.official[0]] += notion.official[1:]
        for term in notion.official[1:]:
            found[term] += ()
    return {key: tuple(dict.fromkeys(terms)) for key, terms in found.items()}


@functools.cache
def chinese_pattern() -> re.Pattern[str]:
    """Any everyday or official term of two characters or more, the longest first: 农民工 is not taken for 民工."""
    keys = sorted({*everyday_index(), *related_index()}, key=lambda key: (-len(key), key))
    return re.compile("|".join(re.escape(key) for key in keys if len(key) > 1) or r"(?!)")
