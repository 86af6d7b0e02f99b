"""Tables in a source text: lines of cells, the tables of tasks among them, and the columns that name who is responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.patterns import first_match, load_patterns

CELLS = " | "
"""What stands between two cells of a row, as the readers write it."""
_FILE = "duty_tables.toml"
_LONGEST_BREAK = 60
"""A line of this length between two rows is the heading of a group of tasks; a longer one ends the table."""
_END = re.compile(r"^附\s*件|^第.{1,4}[章条]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; offsets count in the source text. ``role`` is that of the bodies in it, empty where its column names none."""

    text: str
    start: int
    end: int
    role: str = ""


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table."""
    return CELLS in line.text


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row, the empty ones included."""
    cells, start = [], 0
    for text in line.text.split(CELLS):
        lead = len(text) - len(text.lstrip())
        at = line.start + start + lead
        cells.append(Cell(text.strip(), at, at + len(text.strip())))
        start += len(text) + len(CELLS)
    return cells


def task_rows(lines: Sequence[Line]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of tables of tasks: the index of the line, and its cells with their roles. Headers are left out."""
    columns: list[str] = []
    for i, line in enumerate(lines):
        if not is_row(line):
            if len(line.text) > _LONGEST_BREAK or _END.match(line.text):
                columns = []
            continue
        cells = cells_of(line)
        roles = [_role(cell) for cell in cells]
        if any(roles):
            columns = roles
        elif columns:
            yield i, _with_roles(cells, columns)


def _role(cell: Cell) -> str:
    pattern = first_match(load_patterns(_FILE, "column"), re.sub(r"\s", "", cell.text)) if len(cell.text) <= 20 else None
    return pattern.label if pattern else ""


def _with_roles(cells: list[Cell], columns: list[str]) -> list[Cell]:
    """The cells with the roles of their columns; a row that lacks cells (one of them spans several rows) has its last ones."""
    missing = max(0, len(columns) - len(cells))
    roles = columns[missing:] if any(columns[missing:]) else columns
    return [Cell(cell.text, cell.start, cell.end, roles[i] if i < len(roles) else "") for i, cell in enumerate(cells)]
