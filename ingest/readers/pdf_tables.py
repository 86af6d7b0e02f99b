"""Tables of PDF pages: their rows in place of the scattered lines of their cells."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from ingest.readers.assembling import row_of
from ingest.readers.pdf_paragraphs import PageLine, joined

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
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


def table_lines(content: bytes, number: int, lines: list[PageLine], text_page: Any) -> list[PageLine]:
    """The lines of page ``number`` (from 1) with each table's rows where its first line stood.

    One library finds the cells; the text in them is that of ``text_page``, as everywhere else on the page.
    """
    for cells in _grids(content, number):
        rows = [row_of([_said(text_page, cell) for cell in row]) for row in cells]
        lines = _with_rows(lines, _around(cells), [row for row in rows if row], number)
    return lines


def _grids(content: bytes, number: int) -> list[list[list[Box | None]]]:
    """The tables of a page: rows of cells as boxes from the lower left corner, null where a cell above reaches down."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains of every font that it need not draw
    try:
        with pdfplumber.open(io.BytesIO(content), pages=[number]) as document:
            page = document.pages[0]
            height = float(page.height)
            found = [[[_turned(cell, height) for cell in row.cells] for row in table.rows] for table in page.find_tables()]
    except (PdfminerException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return []  # the lines are there; this library may not like the file
    return [rows for rows in found if max(map(len, rows)) > (1 if len(rows) > 1 else 2)]


def _turned(box: tuple[float, float, float, float] | None, height: float) -> Box | None:
    """A box measured from the top, as one measured from the bottom."""
    return (box[0], height - box[3], box[2], height - box[1]) if box else None


def _said(text_page: Any, cell: Box | None) -> str:
    if cell is None:
        return ""
    text = text_page.get_text_bounded(*cell)
    return joined([line.strip() for line in text.splitlines() if line.strip()])


def _around(cells: Sequence[Sequence[Box | None]]) -> PageLine:
    """The box of a whole table."""
    left, bottom, right, top = zip(*(cell for row in cells for cell in row if cell), strict=True)
    return PageLine("", 0, left=min(left), right=max(right), bottom=min(bottom), top=max(top))


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
