"""Tables of PDF pages: their rows in place of the scattered lines of their cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ingest.readers.assembling import row_of
from ingest.readers.pdf_paragraphs import PageLine, joined

TABLE_PAGES = 100
"""On more pages than this, tables are not looked for: it takes half a second a page."""
_PATH = 2
"""The kind of a page's object that is a drawn line or box."""
_RULES = 5
"""A table has at least so many drawn lines or boxes."""
_SLACK = 2.0


def has_rules(kinds: Sequence[int]) -> bool:
    """Whether a page with objects of these kinds may hold a ruled table."""
    return kinds.count(_PATH) >= _RULES


def table_lines(content: bytes, number: int, lines: list[PageLine]) -> list[PageLine]:
    """The lines of page ``number`` (from 1) with each table's rows where its first line stood."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content), pages=[number]) as document:
            page = document.pages[0]
            tables = [(table.bbox, table.extract()) for table in page.find_tables()]
            height = float(page.height)
    except (PdfminerException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return lines  # what pdfium has read is there; the other library may not like the file
    for box, rows in tables:
        if len(rows) > 1 and max(map(len, rows)) > 1:
            lines = _with_rows(lines, _turned(box, height), _texts(rows), number)
    return lines


def _texts(rows: Sequence[Sequence[Any]]) -> list[str]:
    made = (row_of([joined((cell or "").split("\n")) for cell in row]) for row in rows)
    return [row for row in made if row]


def _turned(box: tuple[float, float, float, float], height: float) -> PageLine:
    """A box measured from the top, as one measured from the bottom."""
    left, top, right, bottom = box
    return PageLine("", 0, left, right, height - bottom, height - top)


def _with_rows(lines: list[PageLine], box: PageLine, rows: Sequence[str], number: int) -> list[PageLine]:
    inside = [line for line in lines if _is_inside(line, box)]
    if not inside or not rows:
        return lines
    at = lines.index(inside[0])
    before = [line for line in lines[:at] if not _is_inside(line, box)]
    after = [line for line in lines[at:] if not _is_inside(line, box)]
    made = [PageLine(row, number, box.left, box.right, box.bottom, box.top, row=True) for row in rows]
    return [*before, *made, *after]


def _is_inside(line: PageLine, box: PageLine) -> bool:
    middle = (line.top + line.bottom) / 2
    across = (line.left + line.right) / 2
    return box.bottom - _SLACK <= middle <= box.top + _SLACK and box.left - _SLACK <= across <= box.right + _SLACK
