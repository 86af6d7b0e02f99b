"""How a matter spread, as a picture: the years from left to right, under each text those that took most from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.spread_answers import SpreadAnswer, SpreadText

ROW, YEAR = 17, 92
TOP, LEFT, RIGHT = 26, 10, 150
"""Room for the years, and for the name of the last place."""


@dataclass(frozen=True)
class Dot:
    """A text; ``radius`` grows with those that took from it. ``path`` is the line from its source, empty for a first one."""

    text: SpreadText
    x: int
    y: int
    radius: float
    path: str

    @property
    def share(self) -> int | None:
        """How much was taken, in per cent."""
        return round(100 * self.text.copied / self.text.units) if self.text.units and self.text.source else None


@dataclass(frozen=True)
class Descent:
    """The whole picture; ``years`` are the lines of the scale."""

    width: int
    height: int
    years: tuple[tuple[int, int], ...]
    dots: tuple[Dot, ...]
    alone: int


def descent_of(answer: SpreadAnswer) -> Descent:
    """Where everything stands. Texts that took from none and gave to none are only counted, as ``alone``."""
    texts = {one.document.id: one for one in answer.texts if one.date}
    below: dict[str, list[str]] = defaultdict(list)
    for one, text in texts.items():
        if text.source and text.source.id in texts:
            below[text.source.id].append(one)
    children = {child for of_source in below.values() for child in of_source}
    roots = sorted((one for one in below if one not in children), key=lambda one: (texts[one].date, one))
    order = [one for root in roots for one in _walk(root, below)]
    start = min((_year(texts[one]) for one in order), default=0)
    end = max((_year(texts[one]) for one in order), default=0)
    at = {one: (LEFT + round((_time(texts[one]) - start) * YEAR), TOP + row * ROW + ROW // 2) for row, one in enumerate(order)}
    return Descent(
        width=LEFT + (end + 1 - start) * YEAR + RIGHT,
        height=TOP + len(order) * ROW + 6,
        years=tuple((year, LEFT + (year - start) * YEAR) for year in range(start, end + 2)) if order else (),
        dots=tuple(_dot(texts[one], at) for one in order),
        alone=len(answer.texts) - len(order),
    )


def _dot(text: SpreadText, at: Mapping[str, tuple[int, int]]) -> Dot:
    x, y = at[text.document.id]
    source = at.get(text.source.id) if text.source else None
    path = f"M{source[0]} {source[1]}V{y}H{x}" if source else ""
    return Dot(text, x, y, round(3 + text.followers**0.5, 1), path)


def _walk(one: str, below: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A text and all that come from it, each followed by its own."""
    yield one
    for child in below.get(one, ()):
        yield from _walk(child, below)


def _year(text: SpreadText) -> int:
    return int((text.date or "0")[:4])


def _time(text: SpreadText) -> float:
    """A day as years with their fraction; a year alone is its first day."""
    year, month, day = (int(part) for part in f"{text.date}-01-01".split("-")[:3])
    return year + (date(year, month, day).timetuple().tm_yday - 1) / 366
