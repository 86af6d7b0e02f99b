"""A list of instruments in a CSV file: its columns by any usual heading, its bad rows by line.

``data/reference/bibliography_columns.csv`` has the headings. Only a title is needed; a row that cannot be used is reported and
left out, the rest apply.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.rows import KnownInstrument
from ingest.doc_numbers import normalise_doc_number
from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.source_text import fold, squeeze
from settings import ROOT

HEADINGS = ROOT / "data" / "reference" / "bibliography_columns.csv"
DATE = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?:[-./年](?P<month>\d{1,2})(?:[-./月](?P<day>\d{1,2})日?)?月?)?年?")
ISSUERS = re.compile(r"[、;,|\n]")
DATES = ("published", "effective")


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: its line in the file (the heading is line 1), and why."""

    line: int
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}"


@dataclass(frozen=True)
class ListRead:
    """The entries of a file in its order, and the rows that could not be used."""

    entries: tuple[KnownInstrument, ...]
    bad: tuple[BadRow, ...]


def read_list(path: Path, name: str | None = None) -> ListRead:
    """Read a list; ``name`` is what it is known by (default: the file's name). Raises ReadError when it has no titles."""
    text, _ = decode(path.read_bytes(), path.name)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = _columns(next(rows, []), path.name)
    entries: list[KnownInstrument] = []
    bad: list[BadRow] = []
    for line, cells in _numbered(rows):
        problem = _problem(cells, columns)
        if problem:
            bad.append(BadRow(line, problem))
        else:
            entries.append(_entry(cells, columns, name or path.name))
    return ListRead(tuple(entries), tuple(bad))


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with the line it begins on; a row may hold line breaks."""
    begins = rows.line_num + 1  # type: ignore[attr-defined]
    try:
        for cells in rows:
            if any(map(str.strip, cells)):
                yield begins, cells
            begins = rows.line_num + 1  # type: ignore[attr-defined]
    except csv.Error:
        yield begins, []


@functools.cache
def headings() -> dict[str, str]:
    """Fields of an entry by every heading, folded and in lower case."""
    with HEADINGS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {_heading(word): row["field"] for row in rows for word in row["headings"].split("|")}


def _heading(word: str) -> str:
    return squeeze(fold(word)).lower()


def _columns(heading: Sequence[str], file: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, word in enumerate(heading):
        if field := headings().get(_heading(word)):
            found.setdefault(field, number)
    if "title" not in found:
        known = ", ".join(word for word, field in headings().items() if field == "title")
        raise ReadError(file, "has no column of titles", f"name one in its first line: {known}")
    return found


def _problem(cells: Sequence[str], columns: dict[str, int]) -> str | None:
    """Why a row cannot be used."""
    if len(cells) <= max(columns.values()):
        return f"has {len(cells)} cells, {max(columns.values()) + 1} are needed"
    if not _cell(cells, columns, "title"):
        return "no title"
    for field in DATES:
        written = _cell(cells, columns, field)
        if written and _date(written) is None:
            return f"{field} “{written}” is no date (2015-08-07, 2015-08, 2015)"
    return None


def _cell(cells: Sequence[str], columns: dict[str, int], field: str) -> str:
    return cells[columns[field]].replace("\ufeff", "").strip() if field in columns else ""


def _entry(cells: Sequence[str], columns: dict[str, int], name: str) -> KnownInstrument:
    value = functools.partial(_cell, cells, columns)
    number = value("doc_number")
    return KnownInstrument(
        title=value("title"),
        doc_number=(normalise_doc_number(number) or number) or None,
        issuers=tuple(part.strip() for part in ISSUERS.split(value("issuers")) if part.strip()),
        force=value("force") or None,
        validity=value("validity") or None,
        published=_date(value("published")),
        effective=_date(value("effective")),
        listed_in=name,
    )


def _date(written: str) -> str | None:
    """A date in ISO form, as exact as it is written; null when it is none."""
    match = DATE.fullmatch(written)
    if not match:
        return None
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    parts = [match["year"], *(f"{int(part):02}" for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)
