"""The table of metadata in which a reader corrects fields: written, checked line by line, applied."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from graph.protocol import Correction, Reader, Row, Store
from ingest.corrections import FORMS, NONE, CorrectionError, cell_of, extracted_cell, normalised

if TYPE_CHECKING:
    from graph.batch import Summary
    from graph.protocol import DocumentRow

KEY = "sha256"
TOLD = ("source", "document", "corrected")
"""Columns that tell the reader which text a line is about; nothing is read from them."""
COLUMNS = (KEY, *FORMS, *TOLD)
FORMULA = re.compile(r"^(?='*[=+@\t\r]|'*-.)")
"""A cell that a spreadsheet would take for a formula; a quotation mark in front keeps it text."""
_SHA = re.compile(r"[0-9a-f]{64}")
_PAGE = 200


class TableError(ValueError):
    """The file is no table of metadata; the message names the file, what is wrong and what to do."""


class Refusal(Row, frozen=True, kw_only=True):
    """A line that was not applied: its number in the file (1 is the heading), and why."""

    line: int
    message: str


class Checked(Row, frozen=True, kw_only=True):
    """What a table says: corrections to make or withdraw, lines refused, how many lines were right."""

    corrections: tuple[Correction, ...]
    refused: tuple[Refusal, ...]
    lines: int


def table_of(reader: Reader) -> Iterator[str]:
    """The table as lines of CSV: one for each source of each document, with the values in force."""
    yield _line(COLUMNS)
    offset = 0
    while rows := reader.documents(offset=offset, limit=_PAGE).rows:
        for row in rows:
            yield from _lines(row)
        offset += len(rows)


def _lines(row: DocumentRow) -> Iterator[str]:
    changed = " ".join(name for name in FORMS if row.fields.chosen.get(name) == "correction.reader")
    cells = [cell_of(row.fields, name) for name in FORMS]
    for source in row.sources:
        yield _line((source.sha256, *cells, source.address, row.id, changed))


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([FORMULA.sub("'", cell) for cell in cells])
    return out.getvalue()


def check_table(reader: Reader, content: bytes, name: str) -> Checked:
    """The corrections that a table makes to what is held, and the lines that cannot be applied. Raises ``TableError``."""
    rows = _read(content, name)
    heading = [cell.strip().lower() for cell in next(rows, (0, []))[1]]
    if KEY not in heading:
        raise TableError(f"{name}: there is no column {KEY}. Write the table with: zhengmai metadata export")
    unknown = sorted({cell for cell in heading if cell and cell not in COLUMNS})
    if unknown:
        raise TableError(f"{name}: unknown column {', '.join(unknown)}. There are: {', '.join(COLUMNS)}")
    if len(set(filter(None, heading))) < len([cell for cell in heading if cell]):
        raise TableError(f"{name}: a column stands twice. Keep one of them.")
    return _Check(reader, heading).over(rows)


def _read(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with the number of its line; comma, semicolon or tab as the heading shows."""
    text = _decoded(content, name)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise TableError(f"{name}: line {line} cannot be read ({error}). Save the table as CSV again.") from error


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 or UTF-16 with or without a mark, or GB18030 as Chinese spreadsheets save it."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(f"{name}: is in no encoding that could be told. Save it as CSV in UTF-8.")


class _Check:
    """One pass over the lines of a table."""

    def __init__(self, reader: Reader, heading: list[str]) -> None:
        self.reader = reader
        self.heading = heading
        self.found: dict[tuple[str, str], tuple[int, Correction]] = {}
        self.refused: list[Refusal] = []
        self.lines = 0

    def over(self, rows: Iterator[tuple[int, list[str]]]) -> Checked:
        for line, row in rows:
            try:
                self._take(line, row)
                self.lines += 1
            except CorrectionError as error:
                self.refused.append(Refusal(line=line, message=str(error)))
        corrections = tuple(correction for _, correction in self.found.values() if correction is not None)
        return Checked(corrections=corrections, refused=tuple(self.refused), lines=self.lines)

    def _take(self, line: int, row: list[str]) -> None:
        cells = self._cells(row)
        sha = cells.pop(KEY).lower()
        if not _SHA.fullmatch(sha):
            raise CorrectionError(f"{sha[:70]!r} is no SHA-256 (64 digits 0-9 a-f)")
        document = self.reader.document_of_file(sha)
        if document is None:
            raise CorrectionError(f"no file with the SHA-256 {sha[:12]}… is held")
        wanted = _without_old_level(document, {name: normalised(name, cell) for name, cell in cells.items() if cell})
        made = [one for name, cell in wanted.items() if (one := _change(document, sha, name, cell))]
        _check_level(document, wanted)
        for one in made:
            before = self.found.get((document.id, one.field))
            if before and before[1].cell != one.cell:
                raise CorrectionError(f"{one.field} differs from line {before[0]}, which is about the same document")
        for one in made:
            self.found.setdefault((document.id, one.field), (line, one))

    def _cells(self, row: list[str]) -> dict[str, str]:
        """The cells by column; without the mark that keeps a spreadsheet from taking them for formulas."""
        if len(row) > len(self.heading) and any(cell.strip() for cell in row[len(self.heading) :]):
            raise CorrectionError(
                f"has {len(row)} cells under {len(self.heading)} columns; a comma in a cell needs quotation marks"
            )
        cells = dict(zip(self.heading, (re.sub(r"^'(?=[=+@'-])", "", cell.strip()) for cell in row), strict=False))
        return {name: cells.get(name, "") for name in (KEY, *FORMS) if name in self.heading}


def _change(document: DocumentRow, sha: str, field: str, cell: str) -> Correction | None:
    """The correction that a cell makes; with a null cell, one that takes an earlier correction back."""
    if cell == (cell_of(document.fields, field) or NONE):
        return None
    if cell == (extracted_cell(document.fields, field) or NONE):
        return Correction(sha256=sha, field=field, cell=None)
    return Correction(sha256=sha, field=field, cell=cell)


def _without_old_level(document: DocumentRow, wanted: dict[str, str]) -> dict[str, str]:
    """The cells without the level that was extracted, where the place is corrected: the level follows the new place."""
    place, level = (extracted_cell(document.fields, name) for name in ("jurisdiction", "level"))
    stale = wanted.get("jurisdiction", place) != place and wanted.get("level") == level
    return {name: cell for name, cell in wanted.items() if not (stale and name == "level")}


def _check_level(document: DocumentRow, wanted: dict[str, str]) -> None:
    """Refuse a level that the corrected place does not have."""
    from ingest.registry.jurisdictions import find_place

    name = wanted.get("jurisdiction", document.fields.jurisdiction or NONE)
    place = find_place(name) if name != NONE else None
    level = wanted.get("level")
    if "jurisdiction" in wanted and place and level and level != place.level and level != document.fields.level:
        raise CorrectionError(f"level {level}, but {place.full_name} is a {place.level}")


def apply_table(store: Store, content: bytes, name: str, *, model: str | None = None) -> tuple[Checked, Summary]:
    """Put the right lines of a table in force and read again the documents that they change. Raises ``TableError``."""
    from graph.batch import read_again

    checked = check_table(store, content, name)
    store.correct(checked.corrections)
    return checked, read_again(store, store.uncorrected(), model=model)
