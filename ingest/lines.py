"""The lines of a source text as spans, without the blank space around them."""

from __future__ import annotations

import bisect
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
    starts = [passage.start for passage in without]
    found = []
    for match in _LINE.finditer(source.folded):
        stripped = match[0].strip()
        if not stripped:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        at = bisect.bisect_right(starts, start) - 1
        if at < 0 or without[at].end <= start:
            found.append(Line(start, start + len(stripped), stripped))
    return found
