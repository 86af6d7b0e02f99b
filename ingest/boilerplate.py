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
_PROSE = re.compile(r"[。;；].{0,3}$|。.{8,}。|^\s*[#*]*\s*(?:\(?[一二三四五六七八九十]+[)、]|第[一二三四五六七八九十]+[章条])")
"""A sentence, or a line that opens an item: neither stands in furniture."""


def find_boilerplate(source: SourceText) -> tuple[Passage, ...]:
    """The spans of website furniture, in order and disjoint; each label is what it is (navigation, metadata, footer …)."""
    patterns = load_patterns("boilerplate.toml")
    lines = lines_of(source)
    prose = [i for i, line in enumerate(lines) if _is_prose(line, patterns)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    found = list(source.boilerplate)
    for i, line in enumerate(lines):
        pattern = _furniture(line, patterns) if i < first or i > last or len(line.text) < 60 else None
        if pattern:
            found.append(Passage(start=line.start, end=line.end, label=pattern.label))
    return disjoint(found)


def _is_prose(line: Line, patterns: tuple[Pattern, ...]) -> bool:
    return bool(_PROSE.search(line.text)) and not _furniture(line, patterns)


def _furniture(line: Line, patterns: tuple[Pattern, ...]) -> Pattern | None:
    return first_match(patterns, line.text) if len(line.text) <= _LONGEST else None


def disjoint(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages in order of place, without those that overlap an earlier one."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return tuple(kept)
