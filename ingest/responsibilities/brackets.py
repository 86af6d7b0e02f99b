"""Responsibility in brackets, labelled lines and columns of tables: (A牵头，B、C配合), 责任单位：A、B."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import msgspec

from ingest.lines import lines_of
from ingest.records import Role
from ingest.registry.body_names import is_body
from ingest.registry.name_lists import compact_list, split_names
from ingest.registry.systems import OTHER, is_generic, system_of
from ingest.responsibilities.roles import Duty, find_cues, ordering_pattern, read_duties, read_inner
from ingest.source_text import SourceText
from ingest.tables import CELLS, Cell, task_rows


class Statement(msgspec.Struct, frozen=True):
    """One bracket or labelled line: its span in the source text and its duties, with offsets of the source text."""

    start: int
    end: int
    duties: tuple[Duty, ...]


_LONGEST = 1500
_INSIDE = r"(?:[^()\n]|\([^()\n]{0,80}\))"
_BRACKET = re.compile(
    # A page may break a bracket over a few lines, with an empty line between them.
    rf"\({_INSIDE}{{2,{_LONGEST}}}(?:\n{{1,2}}[ ]*{_INSIDE}{{1,300}}){{0,3}}\)"
    rf"|\[(?:[^\[\]\n]|\[[^\[\]\n]{{0,40}}\]){{4,{_LONGEST}}}\]"
)
_WORTH = re.compile(r"负责|牵头|配合|协助|参加|参与|会同|落实|承担|分工|单位|部门|责任|[局厅委办部院署会区府]\s*[、)\],，]")
_LINE = re.compile(r"(?m)^[ \t*#]*(?=[^\n]{0,12}(?:单位|部门|牵头|责任|处室|科室)[^\n]{0,6}[:])[^\n]{6,800}$")


def find_statements(source: SourceText) -> Iterator[Statement]:
    """Every bracket, labelled line and cell that makes bodies responsible, in the order of the text."""
    yield from sorted([*_in_brackets(source.folded), *_in_cells(source)], key=lambda statement: statement.start)


def _in_brackets(text: str) -> Iterator[Statement]:
    orders = [match.start() for match in ordering_pattern().finditer(text)]
    for start, end, kind in _candidates(text):
        first_leads = bool(orders) and orders[0] < end
        duties = _read(text, start, end, kind, first_leads)
        if duties:
            yield Statement(start, end, duties)


def _in_cells(source: SourceText) -> Iterator[Statement]:
    """The cells of a column that is headed 责任单位 and the like."""
    if CELLS not in source.folded:
        return
    for _, cells in task_rows(lines_of(source)):
        for cell in cells:
            duties = _column_duties(cell) if cell.role else ()
            if duties:
                yield Statement(cell.start, cell.end, duties)


def _column_duties(cell: Cell) -> tuple[Duty, ...]:
    words, places = compact_list(cell.text)
    inner = read_inner(words)
    role = cast("Role", cell.role)
    duties = inner or [Duty(name, role, "", "column") for name in split_names(words) if is_body(name.text) or name.elliptic]
    return tuple(placed(duty, [cell.start + place for place in places]) for duty in duties)


def _candidates(text: str) -> list[tuple[int, int, str]]:
    """Spans of the inner text of brackets, and of labelled lines outside them."""
    found = []
    for match in _BRACKET.finditer(text):
        if _WORTH.search(match.group()):
            found.append((match.start() + 1, match.end() - 1, "bracket"))
    for match in _LINE.finditer(text):
        if not any(a <= match.end() and match.start() <= b for a, b, _ in found):
            found.append((match.start(), match.end(), "line"))
    return sorted(found)


def placed(duty: Duty, places: list[int]) -> Duty:
    """The duty with offsets of the source text."""
    name = msgspec.structs.replace(duty.name, start=places[duty.name.start], end=places[duty.name.end - 1] + 1)
    if duty.object_start is None or duty.object_end is None:
        return msgspec.structs.replace(duty, name=name)
    return msgspec.structs.replace(
        duty, name=name, object_start=places[duty.object_start], object_end=places[duty.object_end - 1] + 1
    )


def _read(text: str, start: int, end: int, kind: str, first_leads: bool) -> tuple[Duty, ...]:
    words, places = compact_list(text[start:end])
    cues = find_cues(words)
    if kind == "line" and not (cues and cues[0].label and cues[0].start < 4):
        return ()
    duties = read_duties(words, first_leads=first_leads) if cues else _bare_list(text, words, start, end, first_leads)
    places = [start + place for place in places]
    return tuple(placed(duty, places) for duty in duties)


def _says_nothing(name: str) -> bool:
    """A name of no known system that is no class of bodies either."""
    return system_of(name) == OTHER and not is_generic(name)


def _bare_list(text: str, words: str, start: int, end: int, first_leads: bool) -> tuple[Duty, ...]:
    """(市科委、市卫生健康委) without a cue: only where it closes a sentence and every item is a body of a known system."""
    after = text[end + 1 : end + 4].lstrip(" ")
    before = text[max(0, start - 3) : start - 1].rstrip()
    closes = before[-1:] in ("。", ";", "!") or (not after or after[0] in "\n。;")
    rule = ordering_pattern().search(words)
    names = split_names(words[: rule.start()] if rule else words)
    if not closes or not names or (len(names) == 1 and before[-1:] != "。"):
        return ()
    if not all(is_body(name.text) for name in names) or all(_says_nothing(name.text) for name in names):
        return ()
    duties = [Duty(name, "responsible", "", "bare_list") for name in names]
    if first_leads or rule:
        duties[0] = msgspec.structs.replace(duties[0], role="lead", rule="first_leads")
    return tuple(duties)
