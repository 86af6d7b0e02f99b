"""Dates as mastheads and signatures write them, read into ISO form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_FORMS = re.compile(
    r"(?P<y>(?:19|20)\d\d) ?[年./-] ?(?P<m>\d{1,2}) ?[月./-] ?(?P<d>\d{1,2})(?!\d) ?日?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)"
    r"|(?P<y3>[一二][〇○零oO0一二三四五六七八九]{3}) ?年 ?(?P<m3>[元一二三四五六七八九十]{1,2}) ?[月日]"
    r" ?(?P<d3>[一二三四五六七八九十廿卅]{1,3}) ?日"
)
_CLOCK = re.compile(r"[ T]*\d{1,2}:\d{2}")
_DIGITS = dict(zip("〇○零oO0一二三四五六七八九", "000000123456789", strict=True))
_TENS = {"廿": "二十", "卅": "三十"}


class DateMention(NamedTuple):
    """A date in folded text: half-open offsets, ISO value, whether a time of day follows."""

    start: int
    end: int
    value: str
    timed: bool


def find_dates(text: str) -> Iterator[DateMention]:
    """Every full date (year, month, day) of a folded text that exists in the calendar."""
    for match in _FORMS.finditer(text):
        if value := _iso(match):
            yield DateMention(match.start(), match.end(), value, bool(_CLOCK.match(text, match.end())))


def first_date(text: str) -> str | None:
    """The first full date in a folded text, in ISO form.

    >>> first_date("二〇一五年八月二十一日")
    '2015-08-21'
    """
    return next((found.value for found in find_dates(text)), None)


def _iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["y3"]:
        year = "".join(_DIGITS[c] for c in part["y3"])
        numbers = int(year), _small(part["m3"]), _small(part["d3"])
    else:
        numbers = tuple(int(part[k] or part[f"{k}2"]) for k in "ymd")  # type: ignore[assignment]
    try:
        return datetime.date(*numbers).isoformat()
    except ValueError:
        return None


def _small(numeral: str) -> int:
    """A Chinese number below 100; 0 when it is none."""
    for sign, long in _TENS.items():
        numeral = numeral.replace(sign, long)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return 1 if numeral == "元" else int(_DIGITS.get(numeral, "0"))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
