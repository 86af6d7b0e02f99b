"""Metadata tables of websites in text form: labels and values in any order, on one line or several."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from ingest.doc_numbers import normalise_doc_number
from ingest.lines import Line
from ingest.masthead.dates import find_dates
from ingest.masthead.head import reference
from ingest.masthead.issuers import is_organisation, starts_with_level
from ingest.records import FieldCandidate
from ingest.registry.bodies import resolve

ORIGIN = "origin"
"""Place of a candidate that a page names as the origin of its text."""
EMPTY = re.compile(r"^(?:无|暂无|-+|/|空|null|\.html)?$")
_LONGEST = 500
_RUN_ON = r"(?:浏览|阅读|点击|访问|字体|字号)[一-龥]{0,3}[:：]"
"""Labels that websites set behind a value without a blank (信息来源:天河区教育局浏览量:)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One label with its value, in offsets of the text; ``line`` is where the label's line starts."""

    field: str
    label: str
    value: str
    start: int
    end: int
    line: int


@functools.cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all labels, longest first, and the field of each."""
    fields = {label: field for field, labels in reference()["labels"].items() for label in labels}
    alternatives = "|".join(r"\s*".join(label) for label in sorted(fields, key=len, reverse=True))
    mark = r"\**\s*[:：]\s*\**|\s*\]\s*:?\s*|\s*[\[(]\s*|\s+|$|\s*\|\s*"
    pattern = rf"(?:(?<=[\s|>\]\[*)-])|^|(?={_RUN_ON}))(?P<label>{alternatives})(?P<mark>{mark})"
    return re.compile(pattern), fields


def read_cells(lines: Sequence[Line]) -> list[Cell]:
    """The cells of every metadata line; a label that ends its line takes the next line when that has no label."""
    found: list[Cell] = []
    for i, line in enumerate(lines):
        if len(line.text) <= _LONGEST:
            following = lines[i + 1] if i + 1 < len(lines) else None
            found.extend(_cells_of(line, following))
    return found


def _cells_of(line: Line, following: Line | None) -> Iterator[Cell]:
    pattern, fields = _labels()
    matches = list(pattern.finditer(line.text))
    if not matches or not _opens_table(matches, line.text):
        return
    for match, after in itertools.zip_longest(matches, matches[1:]):
        label = "".join(match["label"].split())
        start, end = match.end(), after.start() if after else len(line.text)
        value = line.text[start:end].strip(" |*\t")
        if value or after:
            at = line.text.index(value, start)
            yield Cell(fields[label], label, value, line.start + at, line.start + at + len(value), line.start)
        elif len(matches) == 1 and following and _is_value(following):
            yield Cell(fields[label], label, following.text, following.start, following.end, line.start)


def _is_value(line: Line) -> bool:
    """Whether a line may be the value of the label above it."""
    return len(line.text) <= _LONGEST and not _labels()[0].match(line.text.lstrip("[ "))


def _opens_table(matches: list[re.Match[str]], text: str) -> bool:
    """A label without a colon counts only where it opens a line with several labels or a colon elsewhere."""
    first = matches[0]
    marked = any(re.search(r"[:：|\[\](]", m["mark"]) for m in matches)
    return marked or (len(matches) > 1 and not text[: first.start()].strip()) or (first.start() == 0 and bool(first["mark"]))


def metadata_candidates(cells: Sequence[Cell], text: str) -> Iterator[FieldCandidate]:
    """What the cells say of the document's fields; dates and numbers in their normal form."""
    for cell in cells:
        if cell.field == "other" or EMPTY.match(cell.value):
            continue
        rule = f"masthead.label:{cell.label}"
        if cell.field.endswith("_on"):
            if date := next(find_dates(cell.value), None):
                start, end = cell.start + date.start, cell.start + date.end
                yield _candidate(_date_field(cell, date.timed), date.value, rule, start, end)
        elif cell.field == "doc_number":
            if number := normalise_doc_number(cell.value):
                yield _candidate("doc_number", number, rule, cell.start, cell.end)
        elif cell.field == "origin":
            yield from _origin(cell, rule)
        else:
            value = text[cell.start : cell.end].strip()
            yield _candidate("issuers" if cell.field == "issuer" else cell.field, value, rule, cell.start, cell.end)


def _origin(cell: Cell, rule: str) -> Iterator[FieldCandidate]:
    """Who gave a page its text, when that is an organisation and nothing else; a medium or a website is none."""
    name = re.split(r"[\s(|]", cell.value, maxsplit=1)[0]
    if is_organisation(name) and (resolve(name).jurisdiction or (starts_with_level(name) and resolve(name).systems)):
        found = _candidate("issuers", name, rule, cell.start, cell.start + len(name))
        yield msgspec.structs.replace(found, place=ORIGIN)


def _date_field(cell: Cell, timed: bool) -> str:
    """发文日期 with a time of day is when the page went up, without one the day of the document."""
    if cell.field == "sent_on":
        return "published_on" if timed else "issued_on"
    return "issued_on" if cell.field == "passed_on" else cell.field


def _candidate(field: str, value: str, rule: str, start: int, end: int) -> FieldCandidate:
    return FieldCandidate(field=field, value=value, place="metadata", rule=rule, start=start, end=end)
