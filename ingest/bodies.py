"""The registry of bodies: any organisation's name → place, level, systems, status, successors and a stable key."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from ingest.body_functions import Reading, read
from ingest.body_places import Located, locate, strip_ending
from ingest.body_tables import Function, by_stem
from ingest.jurisdictions import Place, successors, valid
from ingest.records import Level
from ingest.source_text import fold
from ingest.systems import OTHER, system_of

Status = Literal["current", "abolished"]


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What a name says of the body that bears it; what it does not say is null, and ``systems`` empty.

    ``body`` is the full official name, ``key`` the same for every way of writing one body of one place (also over a renaming).
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


NOTE = re.compile(r"\(([^()]*)\)$")
GONE = re.compile(r"已(?:撤销|变更|更名|合并)|撤销")
FORMER = re.compile(r"^原(?=.{3})")
ASIDE = re.compile(r"^(?:含|原|简称|以下简称)")


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
    body = _full_name(located, reading)
    first, last, heirs = _times(located, reading)
    return Body(
        name=name,
        body=body,
        key=f"{place.id if place else _unknown(here)}:{_identity(located, reading)}",
        jurisdiction=place.full_name if place else None,
        level=place.level if place else None,
        systems=tuple(s for s in system_of(written.core).split("+") if s != OTHER),
        status=_status(written, last, on, known=reading is not None),
        valid_from=first,
        valid_to=last,
        successors=heirs,
        place_id=place.id if place else None,
        kind=reading.organ.kind if reading and reading.organ else None,
    )


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
    return _Name(name, gone, former)


def read_central(located: Located) -> Reading | None:
    """The reading of a body known by its central name; null when its function has no row."""
    function = next((f for f in by_stem().values() if f.national == located.central), None)
    return Reading(functions=(function,), stem=function.stem) if function else None


def _identity(located: Located, reading: Reading | None) -> str:
    """What tells the bodies of one place apart: the line of an organ or function, else the name itself."""
    if located.head == "youth_league" and located.rest in ("", "委", "委员会"):
        return "youth_league"
    if reading is None:
        if located.central:
            return located.central
        stem, ending = strip_ending(located.rest)
        return located.head + (stem + ending if ending else located.rest)
    if reading.organ:
        return reading.organ.line
    return "+".join(dict.fromkeys(f.line for f in reading.functions))


def _full_name(located: Located, reading: Reading | None) -> str | None:
    """The full official name; null when the place cannot be told."""
    if located.central:
        return located.central
    place = located.place
    if place is None:
        return None
    if located.head == "youth_league":
        return f"共青团{place.full_name}{'委员会' if located.rest in ('', '委', '委员会') else located.rest}"
    if reading and reading.organ:
        return _organ_name(place, located, reading)
    head = "中共" if located.head == "party" else ""
    if place.level == "national":
        only = reading.functions[0] if reading and len(reading.functions) == 1 else None
        return (only and only.national) or head + located.rest
    if reading and reading.functions and reading.ending:
        return f"{head}{place.full_name}{reading.stem}{reading.ending}"
    return located.rest if place.name in located.rest or place.short in located.rest else head + place.full_name + located.rest


COURTS = {"national": "最高", "province": "高级", "prefecture": "中级"}


def _organ_name(place: Place, located: Located, reading: Reading) -> str:
    organ = reading.organ
    assert organ is not None
    head = "中共" if organ.kind == "party" and organ.body.startswith("委") else ""
    if organ.line == "court":
        return f"{place.full_name}{COURTS.get(place.level, '')}{organ.body}"
    if organ.line == "government_office" and place.level == "province":
        return f"{place.full_name}人民政府办公厅"
    if head and located.rest.startswith("党委") and place.name.endswith("自治区"):
        return f"{head}{place.full_name}党{organ.body}"
    return f"{head}{place.full_name}{organ.body}"


def _times(located: Located, reading: Reading | None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """From when to when the body bore this name, and its successors, by the reforms and by its place's own changes."""
    place = located.place
    if place is None or reading is None:
        return None, None, ()
    if reading.organ:
        heirs = tuple(f"{p.full_name}{reading.organ.body}" for p in successors(place))
        return place.valid_from, place.valid_to, heirs
    if len(reading.functions) != 1:
        return None, None, ()
    function = reading.functions[0]
    if place.level == "national":
        return function.since, function.until, tuple(_heir(stem, place, "") for stem in function.successors)
    last = function.local_until
    heirs = tuple(_heir(stem, place, reading.ending) for stem in function.successors) if last else ()
    return function.local_since, last, heirs


def _heir(stem: str, place: Place, ending: str) -> str:
    function: Function = by_stem()[stem]
    if place.level == "national":
        return function.national or stem
    return f"{place.full_name}{function.stem}{ending}"


def _status(name: _Name, last: str | None, on: str | None, known: bool) -> Status | None:
    if name.gone or name.former:
        return "abolished"
    if not known:
        return None
    if last and (on is None or last < on[: len(last)]):
        return "abolished"
    return "current"


def is_current(place: Place) -> bool:
    """Whether the place still bears this name."""
    return valid(place, None)
