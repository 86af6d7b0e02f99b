"""Document fields corrected by a reader: cells of a table checked and brought to one form, and applied to what was extracted.

A correction is text, as in the cell of a table: lists are joined by ；, ``NONE`` says that the text does not have the field.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from ingest.doc_numbers import normalise_doc_number
from ingest.masthead.dates import first_date
from ingest.records import DocumentFields, FieldCandidate, Level, Nature
from ingest.registry.jurisdictions import find_place
from ingest.source_text import fold

NONE = "-"
"""The cell of a field that the text does not have; an empty cell corrects nothing."""
PLACE, RULE = "correction", "correction.reader"
REPLACED = "replaced"
"""Place of a candidate that holds what was chosen before a correction."""
LISTS = ("issuers", "addressees")
_SEPARATOR = re.compile(r"\s*[;；|]\s*")
_LONGEST = 500


class CorrectionError(ValueError):
    """A cell that no field can have; the message says why."""


def normalised(field: str, cell: str) -> str:
    """The cell of a field in the form in which corrections are kept. Raises ``CorrectionError``."""
    text = " ".join(cell.split())
    if text == NONE:
        return NONE
    if len(text) > _LONGEST:
        raise CorrectionError(f"{field} has {len(text)} characters, more than {_LONGEST}")
    return FORMS[field](text)


def _list(text: str) -> str:
    return "；".join(dict.fromkeys(part for part in _SEPARATOR.split(text) if part))


def _number(text: str) -> str:
    number = normalise_doc_number(text)
    if number is None or len(number) < len("".join(text.split())) - 2:
        raise CorrectionError(f"doc_number {text!r} is no document number (内政发〔2015〕71号)")
    return number


def _date(text: str) -> str:
    date = first_date(fold(text))
    if date is None:
        raise CorrectionError(f"{text!r} is no date; write it as 2015-08-07")
    return date


def _place(text: str) -> str:
    place = find_place(text)
    if place is None:
        raise CorrectionError(f"no one place is named {text!r}; write its full official name (江西省吉安市, 全国)")
    return place.full_name


def _choice(kind: Any) -> Callable[[str], str]:
    choices = typing.get_args(kind)

    def choose(text: str) -> str:
        if text not in choices:
            raise CorrectionError(f"{text!r} is none of {', '.join(choices)}")
        return text

    return choose


FORMS: dict[str, Callable[[str], str]] = {
    "title": str,
    "doc_number": _number,
    "issuers": _list,
    "jurisdiction": _place,
    "level": _choice(Level),
    "kind": str,
    "issued_on": _date,
    "published_on": _date,
    "addressees": _list,
    "nature": _choice(Nature),
}
"""Each field that can be corrected, with what brings its cell to one form."""


def cell_of(fields: DocumentFields, field: str) -> str:
    """The value of a field as a cell; empty when it has none."""
    value = getattr(fields, field)
    return "；".join(value) if isinstance(value, tuple) else value or ""


def extracted_cell(fields: DocumentFields, field: str) -> str:
    """What was extracted before any correction, as a cell."""
    before = [c.value for c in fields.candidates if c.field == field and c.place == REPLACED]
    return "；".join(before) if fields.chosen.get(field) == RULE else cell_of(fields, field)


def corrected(fields: DocumentFields, corrections: Mapping[str, str]) -> DocumentFields:
    """``fields`` with corrections in force: each is the reason of its field, and what it replaced stays as a candidate.

    The level follows a corrected place that has another, unless it is corrected too.
    """
    changes = {name: cell for name, cell in corrections.items() if name in FORMS}
    place = find_place(changes["jurisdiction"]) if changes.get("jurisdiction", NONE) != NONE else None
    if "jurisdiction" in changes and "level" not in changes:
        changes["level"] = (place.level if place else None) or NONE
    changes = {name: cell for name, cell in changes.items() if cell_of(fields, name) != ("" if cell == NONE else cell)}
    if not changes:
        return fields
    return msgspec.structs.replace(
        fields,
        **{name: _value(name, cell) for name, cell in changes.items()},
        chosen={**fields.chosen, **dict.fromkeys(changes, RULE)},
        candidates=(*fields.candidates, *_traces(fields, changes)),
    )


def _value(field: str, cell: str) -> Any:
    if field in LISTS:
        return () if cell == NONE else tuple(cell.split("；"))
    if field == "nature" and cell == NONE:
        return "unknown"
    return None if cell == NONE else cell


def _traces(fields: DocumentFields, changes: Mapping[str, str]) -> list[FieldCandidate]:
    """What each correction says, and what it replaced."""
    made = []
    for field, cell in changes.items():
        before = getattr(fields, field) or ()
        for value in before if isinstance(before, tuple) else (before,):
            made.append(FieldCandidate(field=field, value=value, place=REPLACED, rule=fields.chosen.get(field, "")))
        made.append(FieldCandidate(field=field, value=cell, place=PLACE, rule=RULE))
    return made
