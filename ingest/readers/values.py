"""Values of metadata → candidates for a document's fields, in the form that the fields have."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from ingest.doc_numbers import normalise_doc_number
from ingest.records import FieldCandidate

_WORLD_TIME = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$")
_CHINA = timedelta(hours=8)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?$")
DATES = frozenset({"issued_on", "published_on"})


def candidate(field: str, value: str, place: str, rule: str) -> Iterator[FieldCandidate]:
    """One value as a candidate; none where a date or number cannot be read from it."""
    form = value.strip()
    if field in DATES:
        form = read_date(form) or ""
    elif field == "doc_number":
        form = normalise_doc_number(form) or ""
    if form and form not in ("null", "None", "无", "/", "-"):
        yield FieldCandidate(field=field, value=form, place=place, rule=rule)


def read_date(value: str) -> str | None:
    """The day in a date or a time stamp, in ISO form; of one in world time the day in China.

    >>> read_date("2021-11-23T20:35:00.000Z"), read_date("2021年3月5日")
    ('2021-11-24', '2021-03-05')
    """
    if world := _WORLD_TIME.match(value):
        with contextlib.suppress(ValueError):
            return (datetime.fromisoformat(world[1]) + _CHINA).date().isoformat()
    match = _DATE.search(value) or _COMPACT.match(value)
    if match is None:
        return None
    year, month, day = (int(match[i]) for i in (1, 2, 3))
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
