"""Which columns each kind of fact has: the fields of its record, so that table and record cannot drift apart."""

from __future__ import annotations

from typing import Any

from graph.identity import KIND_NAMES
from ingest.records import FACTS, Record

OFFSETS = {"start": "start_offset", "end": "end_offset", "order": "position", "by": '"by"'}
"""Fields that SQL reserves, and the column that holds them."""


def columns(record: type[Record]) -> tuple[str, ...]:
    """The columns of a kind of record, in the order of its fields."""
    return tuple(OFFSETS.get(name, name) for name in record.__struct_fields__)


FACT_COLUMNS = {kind: columns(record) for kind, record in FACTS.items()}
"""Columns by kind of fact (which is also the name of its table)."""

KEYS = dict(KIND_NAMES)
"""The integer key of each fact table."""


def to_row(record: Record) -> tuple[Any, ...]:
    """The values of a record for its columns."""
    return tuple(
        int(value) if isinstance(value, bool) else value for value in (getattr(record, f) for f in record.__struct_fields__)
    )


def to_record(kind: str, values: tuple[Any, ...]) -> Any:
    """A record from the values of its columns."""
    record = FACTS[kind]
    fields = dict(zip(record.__struct_fields__, values, strict=True))
    if "generic" in fields:
        fields["generic"] = bool(fields["generic"])
    return record(**fields)
