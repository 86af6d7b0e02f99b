"""The lines of a source text as spans, without the blank space around them."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Passage
from ingest.source_text import SourceText

_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. ``start``:``end`` are trimmed; ``text`` is that stretch of the folded text.

    ``before`` is the character before a line whose beginning is a guess, ``""`` for a real line.
    """

    start: int
    end: int
    text: str
    before: str = ""


def lines_of(source: SourceText, without: Sequence[Passage] = ()) -> list[Line]:
    """The lines that are not blank, in order, leaving out those that start inside a passage of ``without`` (sorted)."""
    lines = _all_lines(source)
    if not without:
        return list(lines)
    starts = [passage.start for passage in without]
    places = (bisect.bisect_right(starts, line.start) - 1 for line in lines)
    return [line for line, at in zip(lines, places, strict=True) if at < 0 or without[at].end <= line.start]


@functools.lru_cache(maxsize=2)
def _all_lines(source: SourceText) -> tuple[Line, ...]:
    """Every line that is not blank; kept for the rules that ask for the same text one after the other."""
    found = []
    for match in _LINE.finditer(source.folded):
        words = match[0]
        if stripped := words.strip():
            start = match.start() + len(words) - len(words.lstrip())
            found.append(Line(start, start + len(stripped), stripped))
    return tuple(found)
