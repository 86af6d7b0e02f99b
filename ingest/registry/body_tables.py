"""The tables about bodies: functions with their names over time, organs that every place has, central bodies.

``data/reference/bodies.csv`` has a row for each function under one name; rows of one ``line`` are one body renamed.
``organs.csv`` has what every place has whatever its functions (government, congress, party, courts, mass organisations).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.registry.jurisdictions import REFERENCE


@dataclass(frozen=True, slots=True)
class Function:
    """A function under one name (``stem``). Dates: ``since``/``until`` of the central body, ``local_…`` years elsewhere.

    ``ending`` is how its bodies usually end outside the centre; empty for 厅 in provinces and 局 below.
    """

    stem: str
    line: str
    aliases: tuple[str, ...]
    ending: str
    national: str | None
    since: str | None
    until: str | None
    local_since: str | None
    local_until: str | None
    successors: tuple[str, ...]
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that every place has. ``body`` is its full name without the place."""

    forms: tuple[str, ...]
    line: str
    body: str
    kind: str


@dataclass(frozen=True, slots=True)
class Central:
    """A central body. ``local`` bodies of the same short name exist in places, so that the name alone means those.

    ``branches`` is the line that its branches in places share, null where a place has several. ``line`` is null where the
    function of the same name tells it; bodies that followed one another share theirs.
    """

    forms: tuple[str, ...]
    body: str
    local: bool
    branches: str | None
    line: str | None
    since: str | None
    until: str | None
    successors: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@functools.cache
def functions() -> tuple[Function, ...]:
    """Every function, in the order of the table."""
    return tuple(
        Function(
            row["stem"],
            row["line"],
            _split(row["aliases"]),
            row["ending"],
            row["national"] or None,
            row["since"] or None,
            row["until"] or None,
            row["local_since"] or None,
            row["local_until"] or None,
            _split(row["successors"]),
            row["source"],
            row["example"],
        )
        for row in _rows("bodies.csv")
    )


@functools.cache
def by_stem() -> dict[str, Function]:
    """Functions by every form of their stem; the row's own name wins over another row's alias."""
    table = {alias: function for function in functions() for alias in function.aliases}
    return table | {function.stem: function for function in functions()}


@functools.cache
def by_national_name() -> dict[str, Function]:
    """Functions by the name of the central body."""
    return {function.national: function for function in functions() if function.national}


@functools.cache
def organs() -> dict[str, Organ]:
    """Organs by every form."""
    rows = (Organ(_split(r["forms"]), r["line"], r["body"], r["kind"]) for r in _rows("organs.csv"))
    return {form: organ for organ in rows for form in organ.forms}


@functools.cache
def central() -> dict[str, Central]:
    """Central bodies by every form."""
    rows = (
        Central(
            _split(row["forms"]),
            row["body"],
            row["local"] == "yes",
            row["branches"] or None,
            row["line"] or None,
            row["since"] or None,
            row["until"] or None,
            _split(row["successors"]),
        )
        for row in _rows("central_bodies.csv")
    )
    return {form: body for body in rows for form in (*body.forms, body.body)}


@functools.cache
def zones() -> tuple[str, ...]:
    """Names of zones that do not say which place they lie in, longest first."""
    found = [row["form"] for row in _rows("places_more.csv") if row["note"].startswith("zone")]
    return tuple(sorted(found, key=len, reverse=True))


@functools.cache
def endings() -> tuple[tuple[str, str], ...]:
    """Endings of bodies' names and their full form, longest first."""
    found = [(row["ending"], row["full"]) for row in _rows("body_endings.csv")]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))
