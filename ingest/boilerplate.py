"""Website furniture around a document, found as spans so that the text itself stays whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, lines_of
from ingest.patterns import Pattern, first_match, load_patterns
from ingest.records import Passage
from ingest.source_text import SourceText

_LONGEST = 400
"""Furniture longer than this would be text that happens to contain one of its words."""
_ANYWHERE, _TOOL = frozenset({"share", "link"}), 60
"""Labels of furniture that may stand between two paragraphs, and how long it is at most."""
_SHORT, _REPEATED_LINES, _REPEATED_TEXT = 12, 4, 400
"""What counts as a repetition: lines of more than so many characters, so many in a row, so many characters in all."""
_FLAT, _MOST_FLAT, _SAMPLES, _KEY = 1000, 60, 20, 20
"""How long a line must be to be compared with all before it, how many may be so long, how many samples are taken, how long."""
_PROSE = re.compile(r"[。;；].{0,3}$|。.{8,}。|^\s*[#*]*\s*(?:\(?[一二三四五六七八九十]+[)、]|第[一二三四五六七八九十]+[章条])")
"""A sentence, or a line that opens an item: neither stands in furniture."""


def find_boilerplate(source: SourceText) -> tuple[Passage, ...]:
    """The spans of website furniture, in order and disjoint; each label is what it is (navigation, metadata, footer …)."""
    patterns = load_patterns("boilerplate.toml")
    anywhere = tuple(pattern for pattern in patterns if pattern.label in _ANYWHERE)
    lines = lines_of(source)
    first = next((i for i, line in enumerate(lines) if _is_prose(line, patterns)), len(lines))
    last = next((i for i in range(len(lines) - 1, first, -1) if _is_prose(lines[i], patterns)), first)
    found = [*source.boilerplate, *_repeats(lines), *_flat_repeats(lines)]
    for i, line in enumerate(lines):
        if i < first or i > last:
            pattern = _furniture(line, patterns)
        else:
            pattern = _furniture(line, anywhere) if len(line.text) <= _TOOL and not _PROSE.search(line.text) else None
        if pattern:
            found.append(Passage(start=line.start, end=line.end, label=pattern.label))
    return disjoint(found)


def _is_prose(line: Line, patterns: tuple[Pattern, ...]) -> bool:
    return bool(_PROSE.search(line.text)) and not _furniture(line, patterns)


def _furniture(line: Line, patterns: tuple[Pattern, ...]) -> Pattern | None:
    return first_match(patterns, line.text.replace("*", "").strip("# ")) if len(line.text) <= _LONGEST else None


def _repeats(lines: Sequence[Line]) -> list[Passage]:
    """Runs of lines that the page prints a second time (a hidden copy, a version for print)."""
    first: dict[str, int] = {}
    found: list[Passage] = []
    enough = min(_REPEATED_TEXT, sum(len(line.text) for line in lines) // 3)
    i = 0
    while i < len(lines):
        at = first.setdefault(lines[i].text, i) if len(lines[i].text) > _SHORT else i
        length = _run(lines, at, i) if at < i else 0
        if length >= _REPEATED_LINES and sum(len(line.text) for line in lines[i : i + length]) >= enough:
            found.extend(Passage(start=line.start, end=line.end, label="repeat") for line in lines[i : i + length])
            i += length
        else:
            i += 1
    return found


def _run(lines: Sequence[Line], earlier: int, later: int) -> int:
    """How many lines from ``later`` on are the same as those from ``earlier`` on."""
    length = 0
    most = min(later - earlier, len(lines) - later)
    while length < most and lines[earlier + length].text == lines[later + length].text:
        length += 1
    return length


def _flat_repeats(lines: Sequence[Line]) -> list[Passage]:
    """Lines that hold once more, without its line breaks, what many lines before them say."""
    if not 0 < sum(len(line.text) >= _FLAT for line in lines) <= _MOST_FLAT:
        return []
    found, before = [], ""
    for line in lines:
        short = "".join(line.text.split())
        if len(short) >= _FLAT and _is_copy(short, before):
            found.append(Passage(start=line.start, end=line.end, label="repeat"))
        before += short
    return found


def _is_copy(text: str, before: str) -> bool:
    """Whether nearly all of some samples of ``text`` stand in ``before``."""
    step = len(text) // _SAMPLES
    return sum(text[i * step : i * step + _KEY] in before for i in range(_SAMPLES)) >= 0.8 * _SAMPLES


def disjoint(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages in order of place, without those that overlap an earlier one."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return tuple(kept)
