"""Texts that lost their line breaks: the head and the foot cut again where title, number, addressees and signature end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.doc_numbers import find_doc_numbers
from ingest.lines import Line
from ingest.masthead.dates import find_dates

_LONG = 300
"""A line this long at the head or the foot of a text holds more than one thing."""
_HEAD, _FOOT = 400, 120
_GAP = re.compile(r" {2,}|(?<=[知见法案定告函号]) (?=\S)|(?<=[一-龥]) (?=各[一-龥])")
"""Where a blank stood for a break: several blanks, one after a title or a number, one before the addressees."""
_ADDRESS_ENDS = re.compile(r":(?=.)")
_TITLE_RUN_IN = re.compile(r".*的(?:函|复函|批复|请示|报告|答复)")
"""What of a title may run into the number behind it."""
_CITES = re.compile(r"[。;:]|[(《]$|》\s*\(?$")
"""Before a number: a sentence, or the title of an instrument that bears it."""
_CLOSES = re.compile(r"[。;:!) ]")


def with_breaks(lines: Sequence[Line]) -> list[Line]:
    """The lines, the first and the last cut into several where they are too long to be one."""
    if not lines:
        return []
    first, last = lines[0], lines[-1]
    if len(lines) == 1:
        return list(_cut(first, {*_head_cuts(first.text), *_foot_cuts(first.text)}))
    return [*_cut(first, _head_cuts(first.text)), *lines[1:-1], *_cut(last, _foot_cuts(last.text))]


def _head_cuts(text: str) -> set[int]:
    if len(text) < _LONG:
        return set()
    head = text[:_HEAD]
    cuts = {end for match in _GAP.finditer(head) for end in match.span()}
    if (number := next(iter(find_doc_numbers(head)), None)) and number.end < _LONG:
        run_in = _TITLE_RUN_IN.match(number.value)
        start = number.start + (run_in.end() if run_in else 0)
        if not _CITES.search(head[:start]):
            cuts |= {start, number.end}
    if colon := _ADDRESS_ENDS.search(head):
        cuts.add(colon.end())
    return cuts


def _foot_cuts(text: str) -> set[int]:
    if len(text) < _LONG:
        return set()
    start = len(text) - _FOOT
    dates = list(find_dates(text[start:]))
    if not dates:
        return set()
    day, end = start + dates[-1].start, start + dates[-1].end
    before = [match.end() for match in _CLOSES.finditer(text, start, max(start, day - 1))]
    return {day, end, *before[-1:]}


def _cut(line: Line, cuts: Iterable[int]) -> Iterator[Line]:
    at = 0
    for cut in sorted({*cuts, len(line.text)}):
        piece = line.text[at:cut]
        if stripped := piece.strip():
            start = line.start + at + len(piece) - len(piece.lstrip())
            yield Line(start, start + len(stripped), stripped)
        at = cut
