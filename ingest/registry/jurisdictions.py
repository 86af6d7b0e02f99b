"""The dated tree of places: county and above, from 1980 to now, by GB/T 2260 codes.

A place is one *spell*: a name and a parent for a stretch of years; spells of one place share its ``id``. The table is
``data/reference/jurisdictions.csv``; short forms and zones that do not name the place they lie in are in ``places_more.csv``;
``place_successors.csv`` says which places took over those that came to an end.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.records import Level
from ingest.source_text import fold
from settings import ROOT

REFERENCE = ROOT / "data" / "reference"
_TOWN = re.compile(r"(?=((?<=[市县区州盟旗])(?!城乡$|乡镇$|城镇$|集镇$|各)[^省市县区州盟旗]{1,8}(?:街道|民族乡|镇|乡|苏木)$))")
LEVELS: tuple[Level, ...] = ("national", "province", "prefecture", "county", "township")
COUNTRY_ID = "000000"
STANDS_ALONE = ("神农架林区", "特区")
"""Endings in 区 of places that are counties in all but name, written without the place above (万柏林区 is a district)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place under one name and one parent.

    ``id`` stays the same over its names; ``code`` is its last GB/T 2260 code under this name (null below counties);
    ``full_name`` is how a document field writes it (a district with its city). ``valid_from`` and ``valid_to`` are years,
    null where the tree does not reach back or the spell goes on; the place bore the name for part of the year ``valid_to``.
    """

    id: str
    code: str | None
    name: str
    full_name: str
    level: Level
    parent: str | None
    valid_from: str | None = None
    valid_to: str | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text, at ``start``:``end`` (code points)."""

    place: Place
    start: int
    end: int


COUNTRY = Place(COUNTRY_ID, COUNTRY_ID, "全国", "全国", "national", None)


@functools.cache
def spells() -> dict[str, tuple[Place, ...]]:
    """Every spell by the id of its place, oldest first."""
    with (REFERENCE / "jurisdictions.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    names = _names_by_id(rows)
    found: dict[str, list[Place]] = defaultdict(list)
    found[COUNTRY_ID].append(COUNTRY)
    for place_id, code, name, short, parent, rank, since, until in rows:
        full = name
        if rank == "3" and name.endswith("区") and not name.endswith(STANDS_ALONE):
            full = _name_in(names[parent], until) + name
        level = LEVELS[int(rank)]
        found[place_id].append(
            Place(place_id, code or place_id, name, full, level, parent, since or None, until or None, short or name[:-1])
        )
    return {key: tuple(value) for key, value in found.items()}


def _names_by_id(rows: Iterable[list[str]]) -> dict[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        names[row[0]].append((row[7] or "9999", row[2]))
    return names


def _name_in(names: list[tuple[str, str]], until: str) -> str:
    """The name a place had just before the year ``until`` (empty: now)."""
    return next((name for end, name in names if end >= (until or "9999")), names[-1][1])


@functools.cache
def forms() -> dict[str, tuple[Place, ...]]:
    """Spells by every full form of their name: as printed, with the place above, and without the names of peoples."""
    found: dict[str, dict[Place, None]] = defaultdict(dict)
    for place in _every_spell():
        for form in {place.name, place.full_name, *_shortened(place)} - _bare_names(place.id):
            found[form][place] = None
    for form, name in _more():
        for place in spells()[COUNTRY_ID] if name == "全国" else _latest(found[name]):
            found[form][place] = None
    return {form: tuple(places) for form, places in found.items()}


@functools.cache
def short_forms() -> dict[str, tuple[Place, ...]]:
    """Spells by their bare name of two characters or more, without 省, 市, 县 …"""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in _every_spell():
        bare = place.name if place.name in _bare_names(place.id) else place.short
        if len(bare) > 1 and (bare != place.name or bare in _bare_names(place.id)):
            found[bare].append(place)
    return {form: tuple(places) for form, places in found.items()}


@functools.cache
def _bare_names(place_id: str) -> frozenset[str]:
    """Names of one spell that are the short form of another of the same place (井冈山 before it was 井冈山市)."""
    group = spells()[place_id]
    return frozenset({p.name for p in group} & {p.short for p in group if p.short != p.name})


@functools.cache
def letters() -> dict[str, Place]:
    """Places by the letter that stands for them (粤 → 广东省)."""
    return {form: _latest(forms()[name])[0] for form, name in _more() if len(form) == 1}


def _every_spell() -> Iterator[Place]:
    return (place for group in spells().values() for place in group)


def _more() -> list[tuple[str, str]]:
    with (REFERENCE / "places_more.csv").open(encoding="utf-8") as lines:
        return [(row[0], row[1]) for row in list(csv.reader(lines))[1:]]


SELF_GOVERNED = re.compile(r"(?:各族|族)?自治[州县旗]$")


def _shortened(place: Place) -> set[str]:
    """恩施土家族苗族自治州 → 恩施州; 鄂伦春自治旗 → 鄂伦春旗; 内蒙古自治区 has none (its bare name is a short form)."""
    if not (match := SELF_GOVERNED.search(place.name)):
        return set()
    stem = place.short if place.short != place.name else place.name[: match.start()]
    return {stem + place.name[-1]}


def _latest(places: Iterable[Place]) -> list[Place]:
    """Of the spells of each place the newest."""
    by_id: dict[str, Place] = {}
    for place in places:
        held = by_id.get(place.id)
        if held is None or _years(place)[1] >= _years(held)[1]:
            by_id[place.id] = place
    return list(by_id.values())


def _years(place: Place) -> tuple[int, int]:
    return int(place.valid_from or 0), int(place.valid_to or 9999)


def valid(place: Place, on: str | None) -> bool:
    """Whether the spell holds on a day (ISO, or a year); without a day, whether it holds now."""
    first, last = _years(place)
    return last == 9999 if on is None else first <= int(on[:4]) <= last


def ancestors(place: Place, on: str | None = None) -> tuple[Place, ...]:
    """The places above, the country first, as they were named on that day, else at the end of the spell."""
    chain: list[Place] = []
    day = on or place.valid_to
    while place.parent:
        place = next((p for p in reversed(spells()[place.parent]) if valid(p, day)), spells()[place.parent][-1])
        chain.append(place)
    return tuple(reversed(chain))


def lies_in(place: Place, above: Place) -> bool:
    """Whether a place is ``above`` or somewhere below it."""
    return above.id == place.id or any(p.id == above.id for p in ancestors(place))


def successors(place: Place) -> tuple[Place, ...]:
    """The spells that follow: the same place renamed or moved, else the places it was made into; empty when it goes on."""
    if place.valid_to is None:
        return ()
    if renamed := tuple(p for p in spells().get(place.id, ()) if p.valid_from == place.valid_to):
        return renamed
    after = str(int(place.valid_to) + 1)
    heirs = _made_into().get((place.id, place.valid_to), ())
    return tuple(spell for heir in heirs for spell in spells()[heir] if valid(spell, after))[: len(heirs)]


@functools.cache
def _made_into() -> dict[tuple[str, str], tuple[str, ...]]:
    """For places that ended in a year the ids of those that took them over."""
    with (REFERENCE / "place_successors.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["id"], row["until"]): tuple(row["successors"].split("|")) for row in csv.DictReader(lines)}


def find_place(name: str, within: Place | None = None, on: str | None = None) -> Place | None:
    """The one place that a name means, or null when there is none or several.

    ``within`` settles equal names: a place below it, then one below the places above it. ``on`` (ISO) prefers the spell of
    that day; without it the current one is preferred. A town is told by the place it lies in, written out before it.

    >>> find_place("清水河县五良太乡").level
    'township'
    """
    name = fold(name).replace(" ", "")
    for table in (forms(), short_forms()):
        if choices := table.get(name):
            place = _settle(choices, within, on, by_rank=table is not forms())
            return place if place and _meant(name, place, within) else None
    return _find_chained(name, within, on) or _find_town(name, on)


def _find_chained(name: str, within: Place | None, on: str | None) -> Place | None:
    """江苏省南京市鼓楼区, 广西梧州蒙山县: the longest place in front, the rest within it."""
    for cut in range(len(name) - 2, 1, -1):
        head, rest = name[:cut], name[cut:]
        choices = forms().get(head) or short_forms().get(head, ())
        for place in choices:
            below = find_place(rest, place, on)
            if below and below.id != place.id and lies_in(below, place):
                return below
    return None if within is None else _settle((), within, on)


def _find_town(name: str, on: str | None) -> Place | None:
    """清水河县五良太乡: a town behind the full name of the county or city it lies in."""
    for match in _TOWN.finditer(name):
        above = find_place(name[: match.start()], on=on) if name[: match.start()] in forms() else None
        if above and above.level in ("prefecture", "county"):
            return township(match[1], above)
    return None


def _settle(choices: Iterable[Place], within: Place | None, on: str | None, by_rank: bool = False) -> Place | None:
    """One of several spells: by context, then by date; by rank too where the form is a bare short name."""
    left = list(choices)
    if within is not None:
        for above in (within, *reversed(ancestors(within))):
            if below := [p for p in left if lies_in(p, above)]:
                left = below
                break
    left = [p for p in left if valid(p, on)] or left
    left = _latest(left)
    if len(left) > 1 and not any(valid(p, on) for p in left):
        newest = max(_years(p)[1] for p in left)
        left = [p for p in left if _years(p)[1] == newest]
    if by_rank and left:
        rank = min(LEVELS.index(p.level) for p in left)
        left = [p for p in left if LEVELS.index(p.level) == rank]
    return left[0] if len(left) == 1 else None


RELATIVE: dict[str, tuple[str, ...]] = {
    "自治区": ("自治区",),
    "省": ("省",),
    "自治州": ("自治州",),
    "州": ("州",),
    "盟": ("盟",),
    "地区": ("地区",),
    "市": ("市",),
    "县": ("县",),
    "旗": ("旗",),
    "区": ("区",),
}
"""Words that name a place by its kind, and the ending of the names they can stand for (longest word first)."""


def relative_place(word: str, here: Place, on: str | None = None) -> Place | None:
    """What 省, 市, 自治区 … means in a text of ``here``: the nearest such place from there upwards, or null."""
    chain = (here, *reversed(ancestors(here, on)))
    return next((p for p in chain if p.name.endswith(RELATIVE[word])), None)


def township(name: str, above: Place) -> Place:
    """A town, street or village community that the table does not hold, written with the place it lies in."""
    return Place(f"{above.id}/{name}", None, name, above.full_name + name, "township", above.id)


@functools.cache
def _longest() -> dict[str, int]:
    """For the first two characters of every form, the length of the longest."""
    longest: dict[str, int] = defaultdict(int)
    for form in (*forms(), *short_forms()):
        if len(form) > 1:
            longest[form[:2]] = max(longest[form[:2]], len(form))
    return dict(longest)


def place_at(
    text: str, start: int, within: Place | None = None, on: str | None = None, bare: Level = "county"
) -> Mention | None:
    """The longest place named at ``start``. ``bare`` is the lowest level that may stand without 省, 市, 县 …"""
    for end in range(min(len(text), start + _longest().get(text[start : start + 2], 0)), start + 1, -1):
        form = text[start:end]
        choices, by_rank = forms().get(form), False
        if choices is None and (choices := short_forms().get(form)):
            choices, by_rank = tuple(p for p in choices if LEVELS.index(p.level) <= LEVELS.index(bare)), True
        if choices and (place := _settle(choices, within, on, by_rank)) and _meant(form, place, within):
            return Mention(place, start, end)
    return None


COMMON_WORDS = re.compile(r"[东西南北中城新老郊矿市]{1,2}区")
"""Names of districts that are common words too (新区): they are places only inside the place they lie in."""


def _meant(form: str, place: Place, within: Place | None) -> bool:
    return not COMMON_WORDS.fullmatch(form) or (within is not None and lies_in(place, within))


def places_in(text: str, within: Place | None = None, on: str | None = None) -> tuple[Mention, ...]:
    """Places named in a text, left to right; a chain (江苏省南京市) is one mention of its last link.

    Counties need their 县, 市 or 区; what is ambiguous is left out.
    """
    folded, found, at = fold(text), list[Mention](), 0
    while at < len(folded):
        last = found[-1] if found and found[-1].end == at else None
        mention = place_at(folded, at, last.place if last else within, on, bare="prefecture")
        if mention is None:
            at += 1
            continue
        if last and lies_in(mention.place, last.place):
            found.pop()
            mention = Mention(mention.place, last.start, mention.end)
        found.append(mention)
        at = mention.end
    return tuple(found)
