"""English names of places and bodies, put together from tables: for readers, and to be searched.

``body_names_en.csv`` has functions (财政 → Finance), organs (人民政府) and central bodies by their full names;
``place_names_en.csv`` the bare names of places in Latin letters.
"""

from __future__ import annotations

import csv
import functools
import re

from ingest.registry.body_functions import Reading, usual_ending
from ingest.registry.jurisdictions import COUNTRY, REFERENCE, Place, ancestors, spells

KINDS_OF_PLACE = (
    ("特别行政区", "Special Administrative Region"),
    ("自治区", "Autonomous Region"),
    ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"),
    ("地区", "Prefecture"),
    ("新区", "New Area"),
    ("林区", "Forestry District"),
    ("特区", "Special District"),
    ("省", "Province"),
    ("市", "City"),
    ("盟", "League"),
    ("县", "County"),
    ("旗", "Banner"),
    ("区", "District"),
)
"""Endings of places' names, longer ones first."""
KINDS_OF_BODY = (
    ("总局", "General Administration"),
    ("管理局", "Administration"),
    ("委员会", "Commission"),
    ("办公室", "Office"),
    ("中心", "Centre"),
    ("总队", "Corps"),
    ("支队", "Detachment"),
    ("厅", "Department"),
    ("局", "Bureau"),
    ("部", "Department"),
)
"""Endings of bodies' names, longer ones first."""
HEADS = {
    "youth_league": "Committee of the Communist Youth League",
    "cppcc": "Committee of the Chinese People's Political Consultative Conference",
}
WITHOUT_KIND = frozenset({"海关"})
"""Functions whose name is that of the body."""
COURTS = {"province": "High ", "prefecture": "Intermediate "}
MUNICIPALITIES = re.compile(r"^(?:北京|天津|上海|重庆)市$")


@functools.cache
def _table(name: str, key: str) -> dict[str, str]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return {row[key]: row["english"] for row in csv.DictReader(lines)}


def body_names() -> dict[str, str]:
    """English names of functions, organs and central bodies by their Chinese ones."""
    return _table("body_names_en.csv", "name")


def bare_place(place: Place) -> str | None:
    """A place's name in Latin letters without its kind (Ji'an)."""
    return _table("place_names_en.csv", "short").get(place.short if place is not COUNTRY else place.name)


def place_english(place: Place) -> str | None:
    """A place's English name; a district with the city it lies in.

    >>> from ingest.registry.jurisdictions import find_place
    >>> place_english(find_place("广州市天河区"))
    'Tianhe District, Guangzhou City'
    """
    bare = bare_place(place)
    if bare is None or place is COUNTRY:
        return bare
    if MUNICIPALITIES.match(place.name):
        return f"{bare} Municipality"
    ending, kind = next(((e, k) for e, k in KINDS_OF_PLACE if place.name.endswith(e)), ("", ""))
    bare = bare.removesuffix("xin") if ending == "新区" else bare
    named = f"{bare} {kind}".strip()
    above = place_english(ancestors(place)[-1]) if place.full_name != place.name else None
    return f"{named}, {above}" if above else named


@functools.cache
def places_by_english() -> dict[str, Place]:
    """Provinces and prefectures by their names in Latin letters, small, with and without apostrophe; ambiguous ones left out.

    A name that a province and a prefecture share means the province (Jilin).
    """
    found: dict[str, list[Place]] = {}
    for group in spells().values():
        place = group[-1]
        if place.valid_to is None and place.level in ("province", "prefecture") and (bare := bare_place(place)):
            for form in {bare.lower(), bare.lower().replace("'", "").replace("ü", "u")}:
                found.setdefault(form, []).append(place)
    provinces = {form: [p for p in places if p.level == "province"] for form, places in found.items()}
    return {form: (provinces[form] or places)[0] for form, places in found.items() if len(provinces[form] or places) == 1}


def body_english(place: Place, central: str | None, reading: Reading | None, head: str = "") -> str | None:
    """The English name of a body that a name was read as; null where a part of it has none. ``head`` is as in ``Located``."""
    if place.level == "national":
        return _national(central or (reading.functions[0].national if reading and reading.functions else None))
    what = HEADS.get(head) or (_what(place, reading) if central is None else _branch(central))
    where = place_english(place)
    return f"{what}, {where}" if where and what else None


def _national(name: str | None) -> str | None:
    if name is None or name in body_names():
        return body_names().get(name or "")
    function = body_names().get(name.removesuffix("部")) if name.endswith("部") else None
    return f"Ministry of {function}" if function else None


def _branch(name: str) -> str | None:
    """The English name of the central body with whose own a local branch's begins (国家税务总局山西省税务局)."""
    return next((body_names()[name[:end]] for end in range(len(name) - 1, 3, -1) if name[:end] in body_names()), None)


def _what(place: Place, reading: Reading | None) -> str | None:
    if reading is None:
        return None
    if reading.organ:
        rank = COURTS.get(place.level, "") if reading.organ.line == "court" else ""
        found = HEADS.get(reading.organ.line) or body_names().get(reading.organ.body)
        return found and rank + found
    functions = [body_names().get(function.stem) for function in reading.functions]
    whole = body_names().get(reading.stem) or " and ".join(filter(None, functions))
    if None in functions or reading.stem in WITHOUT_KIND:
        return whole or None
    ending = reading.ending or usual_ending(reading.functions[0], place.level)
    kind = next((english for end, english in KINDS_OF_BODY if ending.endswith(end)), None)
    return kind and f"{kind} of {whole.removesuffix(' ' + kind)}"
