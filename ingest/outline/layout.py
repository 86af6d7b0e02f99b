"""What each line of a document is, and where one text ends and the next that the document prints begins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.outline.markers import RANK, Marker, marker_at_start
from ingest.patterns import first_match, load_patterns
from ingest.tables import is_row, task_rows

STOPS = frozenset(
    {"signature", "date", "signature with date", "attachment list", "attachment", "note", "contents", "contents entry"}
)
"""Kinds of line that end the item before them and belong to none."""
_FILE = "outline_lines.toml"
_SENTENCE = re.compile(r"[。;!?]")
_LONGEST_TITLE = 70
_QUOTE_LINES = 80
_OPENED = re.compile(r"(?P<amends>[改修增][为改加正订][^“]{0,12}[:：]?)?(?:^|(?<=[为:：;,。 ]))“[^”]*$")
"""A quotation that is still open at the end of its line: 修改为:“第五条 …"""
_FIRST_NAMED = re.compile(r"(?:[:：]|^附件)\s*1\s*[.、]\s*\S")
_NOTE = re.compile(r"^(?:备?注|说明|填表说明|注释)\s*\d?\s*[:：.]")
_MOST_ENTRIES = 400
_FEWEST_ENTRIES = 2
_PAGE = re.compile(r"[\s.…·-]+\d*$")
"""The dots and the page number after an entry of a table of contents."""
_FOREIGN = re.compile(r"^(?=(?:[^A-Za-z]*[A-Za-z]){8})[^\u4e00-\u9fff]*$")
"""A line in another language: a translation beside the text is no part of its outline."""


@dataclass(slots=True)
class Row:
    """A line with its kind: ``item`` (opens with a marker), ``prose``, ``title``, ``table row``, or one of STOPS."""

    line: Line
    kind: str
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the document: rows ``first`` to ``last`` (exclusive)."""

    first: int
    last: int


def classify(lines: Sequence[Line]) -> list[Row]:
    """Each line with its kind, read alone and then in the light of its neighbours."""
    rows = [_row(line) for line in lines]
    tasks = {i for i, _ in task_rows(lines)}
    for i, row in enumerate(rows):
        if is_row(row.line) and not (i in tasks and row.marker):
            row.kind, row.marker = "table row", None
    _quiet(rows, _notes(rows))
    _quiet(rows, _quoted(rows))
    for i in _contents(rows):
        kind = "contents entry" if _could_be_title(rows[i].line.text) else "prose"
        rows[i].kind, rows[i].marker = kind, None
    _sign(rows)
    _list_attachments(rows)
    return rows


def _row(line: Line) -> Row:
    marker = marker_at_start(line)
    if marker and not _FOREIGN.match(line.text):
        return Row(line, "item", marker)
    pattern = first_match(load_patterns(_FILE), line.text.strip("#* ")) if len(line.text) <= 400 else None
    if pattern and (pattern.name != "title" or _could_be_title(line.text)):
        return Row(line, pattern.name)
    return Row(line, "prose")


def _could_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text)


def _quiet(rows: list[Row], indices: set[int]) -> None:
    """Rows whose markers are not of this outline become plain prose."""
    for i in indices:
        rows[i].kind, rows[i].marker = "prose", None


def _notes(rows: list[Row]) -> set[int]:
    """The numbered notes below a table: 注: and the items after it."""
    found: set[int] = set()
    for i in range(1, len(rows)):
        opened = rows[i - 1].kind == "table row" and _NOTE.match(rows[i].line.text)
        if opened or (i - 1 in found and _may_be_note(rows[i])):
            found.add(i)
    return found


def _may_be_note(row: Row) -> bool:
    return row.kind not in STOPS and (row.marker is None or row.marker.style in {"ar", "ar_paren", "circle"})


def _quoted(rows: list[Row]) -> set[int]:
    """Rows inside a quotation of several lines, as in 修改为:“第五条 …”, from the second on."""
    inside: set[int] = set()
    around: Marker | None = None
    for i, row in enumerate(rows):
        if i in inside:
            continue
        around = row.marker or around
        opened = _OPENED.search(row.line.text)
        if opened and row.line.text.count("“") > row.line.text.count("”"):
            inside.update(_until_closed(rows, i, around, bool(opened["amends"])))
    return inside


def _until_closed(rows: list[Row], opened: int, around: Marker | None, amends: bool) -> range | tuple[()]:
    """The rows up to the closing mark; where an amendment has lost it, up to the item that follows ``around``."""
    text = rows[opened].line.text
    depth = text.count("“") - text.count("”")
    for j in range(opened + 1, min(len(rows), opened + _QUOTE_LINES)):
        marker, text = rows[j].marker, rows[j].line.text
        if around and marker and marker.style == around.style and marker.value == around.value + 1:
            return range(opened + 1, j) if amends else ()
        if text.startswith("“"):
            depth = max(0, depth - 1)  # each paragraph of a long quotation opens again
        depth += text.count("“") - text.count("”")
        if depth <= 0:
            return range(opened + 1, j + 1)
    return ()


def _contents(rows: list[Row]) -> range | tuple[()]:
    """Rows of a table of contents: the short lines after 目录, up to where its first entries come again or run out."""
    start = next((i for i, row in enumerate(rows) if row.kind == "contents"), None)
    if start is None:
        return ()
    seen: list[str] = []
    unmarked = None
    for i in range(start + 1, min(len(rows), start + _MOST_ENTRIES)):
        if _comes_again(rows[i], seen):
            return range(start + 1, i)
        if not _could_be_title(rows[i].line.text):
            # Where the line breaks are lost, the last entry has swallowed the title and the text up to the first chapter.
            last = rows[i].line.before and i + 1 < len(rows) and _comes_again(rows[i + 1], seen)
            if last:
                return range(start + 1, i + 1)
            break
        if not rows[i].marker and unmarked is None:
            unmarked = i
        seen.append(_entry(rows[i]))
    return range(start + 1, unmarked) if unmarked and unmarked > start + _FEWEST_ENTRIES else ()


def _entry(row: Row) -> str:
    """An entry of a table of contents without its page number and spaces."""
    return re.sub(r"\s", "", _PAGE.sub("", row.line.text))


def _comes_again(row: Row, seen: Sequence[str]) -> bool:
    """Whether an item repeats one of the entries (or begins with the first, where line breaks are lost): the text begins."""
    if not row.marker or not seen:
        return False
    entry = _entry(row)
    return entry in seen or bool(row.line.before and entry.startswith(seen[0]))


def _sign(rows: list[Row]) -> None:
    """The short lines above a date are the signature."""
    for i, row in enumerate(rows):
        if row.kind != "date":
            continue
        for j in range(i - 1, max(-1, i - 8), -1):
            if rows[j].kind not in {"prose", "title"} or not is_name_line(rows[j].line.text):
                break
            rows[j].kind = "signature"


def is_name_line(text: str) -> bool:
    """Whether a line could be the name of who signs: short and without punctuation."""
    return 2 <= len(text) <= 40 and not re.search(r"[,。;:!?、《》\"“”]", text)


def _list_attachments(rows: list[Row]) -> None:
    """附件:1.甲 and the numbered short lines below it are a list of names, not items."""
    for i, row in enumerate(rows):
        if row.kind == "attachment" and _opens_list(rows, i):
            row.kind = "attachment list"
        if row.kind != "attachment list":
            continue
        value = 1 if _FIRST_NAMED.search(row.line.text) else 0
        for other in rows[i + 1 : i + 40]:
            if not other.marker or other.marker.style not in {"ar", "ar_paren"} or _SENTENCE.search(other.line.text):
                break
            if other.marker.value != value + 1:
                break
            value += 1
            other.kind, other.marker = "attachment list", None


def _opens_list(rows: list[Row], at: int) -> bool:
    """Whether 附件: alone on its line has a list of names below it: numbered short lines, or short lines and then a date."""
    text, below = rows[at].line.text, rows[at + 1 : at + 9]
    if _FIRST_NAMED.search(text) and below and below[0].marker:  # 附件1.甲 above 2.乙
        return below[0].marker.style == "ar" and below[0].marker.value == 2 and not _SENTENCE.search(below[0].line.text)
    if not text.endswith(":") or re.search(r"\d", text):
        return False
    if below and below[0].marker:
        return below[0].marker.style == "ar" and below[0].marker.value == 1 and not _SENTENCE.search(below[0].line.text)
    dated = next((k for k, row in enumerate(below) if row.kind == "date"), None)
    return dated is not None and all(_could_be_title(row.line.text) for row in below[:dated])


def split(rows: Sequence[Row]) -> list[Part]:
    """The texts that the rows hold, in order: a covering notice and what it prints, a text and its attachments."""
    starts = [0]
    fresh = True
    signed = False
    for i, row in enumerate(rows):
        titled = row.kind == "title" and not fresh and (signed or _restarts(rows, starts[-1], i))
        if row.kind == "attachment" or titled:
            if not fresh or starts[-1] == 0:
                starts.append(_first_of_title(rows, i, starts[-1]))
            fresh, signed = True, False
        elif row.kind in {"item", "table row"} or (row.kind == "prose" and not _could_be_title(row.line.text)):
            fresh, signed = False, False
        elif row.kind in {"date", "signature with date", "attachment list"}:
            signed = True
    bounds = sorted({*starts, len(rows)})
    return [Part(start, end) for start, end in itertools.pairwise(bounds)]


def _restarts(rows: Sequence[Row], first: int, at: int) -> bool:
    """Whether the numbering begins again below row ``at`` with a style that the text from ``first`` already used on top."""
    top = next((row.marker for row in rows[first:at] if row.marker), None)
    below = next((row.marker for row in rows[at : at + 30] if row.marker), None)
    return bool(top and below and below.value == 1 and RANK[below.style] <= RANK[top.style])


def _first_of_title(rows: Sequence[Row], at: int, lowest: int) -> int:
    """The first line of a title that is printed over several lines."""
    first = at
    while first - 1 > lowest and rows[first - 1].kind in {"prose", "title"} and is_name_line(rows[first - 1].line.text):
        first -= 1
    return first
