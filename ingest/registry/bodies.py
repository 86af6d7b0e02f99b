"""The registry of bodies: any organisation's name → place, level, systems, status, successors and a stable key."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from ingest.records import Level
from ingest.registry.body_functions import OF_COMMITTEE, OF_GOVERNMENT, Reading, read
from ingest.registry.body_places import ITSELF, Located, locate
from ingest.registry.body_tables import Central, Function, by_national_name, by_stem, central, zones
from ingest.registry.english import body_english
from ingest.registry.jurisdictions import Place, successors
from ingest.registry.systems import OTHER, system_of
from ingest.source_text import fold

Status = Literal["current", "abolished"]


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What a name says of the body that bears it; what it does not say is null, and ``systems`` empty.

    ``body`` is the full official name, ``key`` the same for every way of writing one body of one place (also over a renaming).
    ``part_of`` is the key of the body that an office, division or party group belongs to (省科技厅办公室).
    ``name_en`` is put together from tables, null where they lack a part.
    ``valid_from`` and ``valid_to`` (ISO, or a year) bound the time of this name; ``successors`` are who came after it.
    """

    name: str
    body: str | None
    key: str
    jurisdiction: str | None
    level: Level | None
    systems: tuple[str, ...]
    status: Status | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    place_id: str | None = None
    kind: str | None = None
    part_of: str | None = None
    name_en: str | None = None


NOTE = re.compile(r"\(([^()]*)\)$")
STATE = re.compile(r"^中华人民共和国(?=.{2})")
GONE = re.compile(r"已(?:撤销|变更|更名|合并)|撤销")
FORMER = re.compile(r"^原(?=.{3})")
ASIDE = re.compile(r"^(?:含|原|简称|以下简称)")


OPENED = {"youth_league": "共青团", "cppcc": "中国人民政治协商会议"}
"""Heads that make an organ of their place together with 委员会."""
SPELT_OUT = (("管委会", "管理委员会"), ("办", "办公室"), ("经开区", "经济技术开发区"), ("高新区", "高新技术产业开发区"))
"""Short forms inside names, and what they stand for."""
ZONE_BODY = re.compile(r"(?<=区)管委会$")
"""A zone and its administration are one body."""


class _Name(msgspec.Struct, frozen=True):
    core: str
    gone: bool
    former: bool


def resolve(name: str, place: Place | None = None, on: str | None = None) -> Body:
    """What is known of an organisation from its name, the place of the text it stands in, and that text's date (ISO)."""
    return _resolve(name, place, on)


@functools.lru_cache(65536)
def _resolve(name: str, here: Place | None, on: str | None) -> Body:
    written = _without_notes(fold(name).replace(" ", ""))
    located = locate(written.core, here, on)
    reading = read(located.rest) if located.central is None else read_central(located)
    place = located.place
    body = _full_name(written.core, located, reading)
    first, last, heirs = _times(located, reading)
    return Body(
        name=name,
        body=body,
        key=f"{place.id if place else _unknown(here)}:{_identity(located, reading)}",
        jurisdiction=place.full_name if place else None,
        level=place.level if place and not located.levels else None,
        systems=_systems(written.core, body),
        status=_status(written, last, on, known=_is_one_body(located, reading)),
        valid_from=first,
        valid_to=last,
        successors=heirs,
        place_id=place.id if place else None,
        kind=reading.organ.kind if reading and reading.organ else None,
        part_of=_part_of(located, reading),
        name_en=body_english(place, located.central, reading, located.head) if place and body else None,
    )


def _systems(written: str, body: str | None) -> tuple[str, ...]:
    """The systems that the name tells as written, else those of the full name it stands for (最高法)."""
    found = system_of(written)
    if found == OTHER and body:
        found = system_of(body)
    return tuple(system for system in found.split("+") if system != OTHER)


INSIDE = re.compile(r".{0,12}(?:办公室|办公厅|办|[部处科司组]|中心|委员会|党委|局)$")
"""What the name of a part adds to that of its body."""


def _part_of(located: Located, reading: Reading | None) -> str | None:
    """The key of the body whose part this is: the longest known body that the name begins with."""
    place, rest = located.place, located.rest
    if located.central and reading is None and place:
        bodies = {*(c.body for c in central().values()), *by_national_name()} - {located.central}
        above = [body for body in bodies if located.central.startswith(body)]
        return _resolve(max(above, key=len), None, None).key if above and not located.branch_of else None
    if place is None or (reading is not None and reading.organ is None):
        return None
    for end in range(len(rest) - 1, 1, -1):
        whole = read(rest[:end])
        if whole and whole.official and INSIDE.fullmatch(rest, end):
            key = f"{place.id}:{_identity(Located(place, rest[:end]), whole)}"
            return None if reading and reading.organ and whole.organ == reading.organ else key
    return None


def _unknown(here: Place | None) -> str:
    return f"?{here.id}" if here else "?"


def _without_notes(name: str) -> _Name:
    """A name without the notes behind it: (已撤销), (原…), (含常委会); other brackets belong to it."""
    gone, former = False, False
    while match := NOTE.search(name):
        if not (GONE.search(match[1]) or ASIDE.match(match[1])):
            break
        gone = gone or bool(GONE.search(match[1]))
        name = name[: match.start()]
    if FORMER.match(name):
        name, former = name[1:], True
    return _Name(STATE.sub("", name), gone, former)


def read_central(located: Located) -> Reading | None:
    """The reading of a body known by its central name; null when its function has no row."""
    function = next((f for f in by_stem().values() if f.national == located.central), None)
    return Reading(functions=(function,), stem=function.stem) if function else None


def _identity(located: Located, reading: Reading | None) -> str:
    """What tells the bodies of one place apart: the line of an organ or function, else the name itself."""
    if located.head in OPENED and located.rest in ITSELF:
        line = located.head
    elif located.branch_of:
        line = located.branch_of
    elif row := _central_row(located):
        line = row.line or located.head + _plain_name(row.body)
    elif reading is None:
        line = located.head + _plain_name(located.central or located.rest)
    elif reading.organ:
        line = reading.organ.line
    else:
        line = "+".join(dict.fromkeys(f.line for f in reading.functions))
    return f"{located.levels}/{line}" if located.levels else line


def _central_row(located: Located) -> Central | None:
    """The row of a central body that is named itself, not a part of it, where it has a history of its own."""
    row = central().get(located.central or "")
    return row if row and row.body == located.central and (row.line or row.body not in by_national_name()) else None


def _plain_name(name: str) -> str:
    """A name that no table knows, in the form that its short and long way of writing share."""
    name = OF_GOVERNMENT.sub("", name, count=1)
    for short, long in SPELT_OUT:
        name = name.replace(long, short)
    return ZONE_BODY.sub("", name)


def _full_name(written: str, located: Located, reading: Reading | None) -> str | None:
    """The full official name; null when the place cannot be told, or several bodies are meant."""
    place = located.place
    if located.levels or place is None:
        return None
    if located.central:
        return located.central
    if opening := OPENED.get(located.head):
        return f"{opening}{place.full_name}{'委员会' if located.rest in ITSELF else located.rest}"
    if reading and reading.organ:
        return _organ_name(place, located, reading)
    head = "中共" if located.head == "party" else ""
    if place.level == "national":
        only = reading.functions[0] if reading and len(reading.functions) == 1 else None
        return (only and only.national) or head + located.rest
    if reading and reading.official:
        government = "人民政府" if located.rest.startswith("人民政府") else ""
        return f"{head}{place.full_name}{government}{reading.body(place.level)}"
    names_place = place.short in written or place.name in written or located.rest.startswith(zones())
    return written if names_place else head + place.full_name + located.rest


COURTS = {"national": "最高", "province": "高级", "prefecture": "中级"}


def _organ_name(place: Place, located: Located, reading: Reading) -> str:
    organ = reading.organ
    assert organ is not None
    if opening := OPENED.get(organ.line):
        return f"{opening}{place.full_name}委员会"
    head = "中共" if organ.kind == "party" and organ.body.startswith("委") else ""
    if organ.line == "court":
        return f"{place.full_name}{COURTS.get(place.level, '')}{organ.body}"
    if organ.line == "government_office" and place.level == "province":
        return f"{place.full_name}人民政府办公厅"
    if head and OF_COMMITTEE.match(located.rest) and place.name.endswith("自治区"):
        return f"{head}{place.full_name}党{organ.body}"
    return f"{head}{place.full_name}{organ.body}"


def _times(located: Located, reading: Reading | None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """From when to when the body bore this name, and its successors, by the reforms and by its place's own changes."""
    place = located.place
    if row := _central_row(located):
        return row.since, row.until, row.successors
    if place is None or reading is None or located.levels:
        return None, None, ()
    if reading.organ:
        heirs = tuple(f"{p.full_name}{reading.organ.body}" for p in successors(place))
        return place.valid_from, place.valid_to, heirs
    if len(reading.functions) != 1 or not (reading.official or located.central):
        return None, None, ()
    function = reading.functions[0]
    if place.valid_to and place.valid_to <= (function.local_until or "9999"):
        heirs = tuple(p.full_name + reading.body(p.level) for p in successors(place))
        return max(filter(None, (function.local_since, place.valid_from)), default=None), place.valid_to, heirs
    heirs = tuple(_heir(by_stem()[stem], place) for stem in function.successors)
    if place.level == "national":
        return function.since, function.until, heirs
    return function.local_since, function.local_until, heirs if function.local_until else ()


def _is_one_body(located: Located, reading: Reading | None) -> bool:
    """Whether the name is the own name of one body whose place is known."""
    one = located.place is not None and not located.levels
    if one and (_central_row(located) or (located.head in OPENED and located.rest in ITSELF)):
        return True
    return one and reading is not None and (reading.official or located.central is not None)


def _heir(function: Function, place: Place) -> str:
    if place.level == "national":
        return function.national or function.stem
    return place.full_name + Reading(functions=(function,), stem=function.stem).body(place.level)


def _status(name: _Name, last: str | None, on: str | None, known: bool) -> Status | None:
    if name.gone or name.former:
        return "abolished"
    if not known:
        return None
    if last and (on is None or last < on[: len(last)]):
        return "abolished"
    return "current"
