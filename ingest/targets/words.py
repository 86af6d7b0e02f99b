"""The words of a clause handed out to its numbers: each gets what stands before and behind it up to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.targets.clauses import Span
from ingest.targets.quantities import Quantity

_SEPARATOR = re.compile(r"[、和及与,]")


@dataclass(frozen=True)
class Worded:
    """One number (two for 五十元以上二百元以下) with its words.

    ``before`` and ``after`` are its own, ``lead`` everything of the clause up to it; ``place`` counts from 0 within the clause;
    ``stretch`` is where its own words stand.
    """

    numbers: tuple[Quantity, ...]
    before: str
    after: str
    lead: str
    place: int
    stretch: Span

    @property
    def quantity(self) -> Quantity:
        """The number, or the lower one of two."""
        return self.numbers[0]


def words_of(folded: str, clause: Span, quantities: list[Quantity]) -> list[Worded]:
    """The numbers of a clause with their words, in order."""
    groups = _grouped(quantities)
    stretches = list(_stretches(folded, clause, groups))
    return [
        Worded(
            numbers=tuple(group),
            before=folded[stretch.start : group[0].start],
            after=folded[group[-1].end : stretch.end],
            lead=folded[clause.start : group[0].start],
            place=place,
            stretch=stretch,
        )
        for place, (group, stretch) in enumerate(zip(groups, stretches, strict=True))
    ]


def _grouped(quantities: list[Quantity]) -> list[list[Quantity]]:
    """五十元以上二百元以下 is one range in two numbers."""
    groups: list[list[Quantity]] = []
    for quantity in quantities:
        last = groups[-1][-1] if groups else None
        alike = last is not None and (last.unit == quantity.unit or (last.is_time and quantity.is_time))
        if last and alike and last.end == quantity.start and last.op == ">=" and quantity.op == "<=":
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _stretches(folded: str, clause: Span, groups: list[list[Quantity]]) -> Iterator[Span]:
    start = clause.start
    for group, following in pairwise([*groups, None]):
        if group is None:
            return
        if following is None:
            yield Span(start, clause.end)
            return
        end = group[-1].end
        cut = end + _division(folded[end : following[0].start])
        stop = end + len(folded[end:cut].rstrip("、和及与, "))
        yield Span(start, max(stop, end))
        start = cut


def _division(between: str) -> int:
    """Where the words of the next number begin: behind the first separator, or the last one when a noun comes first."""
    cuts = [match.end() for match in _SEPARATOR.finditer(between)]
    if not cuts:
        return 0
    return cuts[0] if cuts[0] == 1 else cuts[-1]
