"""One document's rows: written together, removed together."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import msgspec

from graph.bodies_of import body_named, department_of, place_of
from graph.identity import Incoming, codes
from graph.linking import cited_works
from graph.sqlite.bibliography import lookup, work_of_document
from graph.sqlite.columns import FACT_COLUMNS, to_row
from graph.sqlite.counters import count_document, discount_document
from graph.sqlite.lineage import forget_comparisons
from graph.sqlite.registering import assign_instruments, department_row, jurisdiction_row, work_row
from graph.writing import Original, day_of, headings_above, own_values
from ingest.records import FACTS, Extraction, Provision, Responsibility
from ingest.registry.jurisdictions import Place

PROVISION_COLUMNS = (
    "path, start_offset, end_offset, rule, heading, role, marker, heading_start, heading_end, "
    "body_start, subtree_end, parent, position"
)
"""The columns of a provision in the order of its record's fields."""


@dataclass(frozen=True)
class Setting:
    """Where a document's records are written: its row, and the place and day that settle what its names mean."""

    document: int
    place: Place | None
    on: str | None
    provisions: dict[str, int]


def write_document(
    db: apsw.Connection, document: int | None, extraction: Extraction, new: Incoming, doc_id: str, version: int
) -> int:
    """Write a document's own row (``document`` null: a new one) and all its records; its sources are written apart."""
    fields = extraction.document
    on = day_of(extraction)
    work = work_of_document(db, fields, place_of(fields.jurisdiction, on))
    row = {
        **own_values(extraction, new, doc_id, version),
        "jurisdiction": jurisdiction_row(db, fields.jurisdiction, on),
        "warnings": msgspec.json.encode(extraction.warnings).decode(),
        "work": work_row(db, work) if work else None,
    }
    document = _put(db, "documents", "document", document, row)
    db.execute("INSERT INTO texts VALUES (?, ?)", (document, extraction.source_text))
    _write_records(db, document, extraction, place_of(fields.jurisdiction, on), on)
    count_document(db, document)
    assign_instruments(db, _works_of(db, document))
    return document


def clear_document(db: apsw.Connection, document: int) -> None:
    """Remove everything that hangs on a document's text, and mark what it counted for; its row and sources stay."""
    works = _works_of(db, document)
    db.execute(
        f"UPDATE instruments SET stale = 1 WHERE instrument IN (SELECT instrument FROM works WHERE work IN ({_list(works)}))"
    )
    discount_document(db, document)
    forget_comparisons(db, document)
    for table in (*FACTS, "issuers", "passages", "locators", "provisions", "texts"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def remove_document(db: apsw.Connection, document: int) -> None:
    """Remove a document with its records and sources; shared rows that only it brought go with the next ``relink``."""
    clear_document(db, document)
    db.execute("DELETE FROM documents WHERE document = ?", (document,))


def put_source(db: apsw.Connection, document: int, original: Original, revision: str) -> None:
    """Write one source of a document with its bytes, in place of what the same address gave before."""
    db.execute("DELETE FROM sources WHERE document = ? AND address = ?", (document, original.address))
    values = (document, original.address, original.sha256, original.fetched_at, len(original.content), revision)
    db.execute("INSERT INTO sources (document, address, sha256, fetched_at, bytes, revision) VALUES (?, ?, ?, ?, ?, ?)", values)
    db.execute("INSERT INTO originals VALUES (?, ?)", (db.last_insert_rowid(), zlib.compress(original.content, 6)))


def _works_of(db: apsw.Connection, document: int) -> set[int]:
    sql = "SELECT work FROM citations WHERE document = ?1 UNION SELECT work FROM documents WHERE document = ?1"
    return {row for (row,) in db.execute(sql, (document,)) if row is not None}


def _list(rows: Iterable[int]) -> str:
    return ",".join(str(int(row)) for row in sorted(rows))


def _put(db: apsw.Connection, table: str, key: str, row: int | None, values: dict[str, Any]) -> int:
    if row is None:
        marks = ",".join("?" * len(values))
        db.execute(f"INSERT INTO {table} ({','.join(values)}) VALUES ({marks})", tuple(values.values()))
        return db.last_insert_rowid()
    db.execute(f"UPDATE {table} SET {','.join(f'{name} = ?' for name in values)} WHERE {key} = ?", (*values.values(), row))
    return row


def _write_records(db: apsw.Connection, document: int, extraction: Extraction, place: Place | None, on: str | None) -> None:
    setting = Setting(document, place, on, _write_provisions(db, document, extraction))
    for kind in FACTS:
        _write_facts(db, kind, getattr(extraction, kind), setting)
    for kind, passages in (("boilerplate", extraction.boilerplate), ("not_understood", extraction.not_understood)):
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)", [(document, kind, p.start, p.end, p.label) for p in passages]
        )
    places = [(document, one.start, one.end, one.kind, one.label) for one in extraction.locators]
    db.executemany("INSERT OR IGNORE INTO locators VALUES (?, ?, ?, ?, ?)", places)
    for position, name in enumerate(extraction.document.issuers):
        body = body_named(name, place, on)
        values = (document, position, name, body.name, "+".join(body.systems), department_row(db, body))
        db.execute("INSERT INTO issuers VALUES (?, ?, ?, ?, ?, ?)", values)


def _write_provisions(db: apsw.Connection, document: int, extraction: Extraction) -> dict[str, int]:
    """The provisions' rows by path."""
    by_path = {p.path: p for p in extraction.provisions}
    marks = ",".join("?" * 16)
    rows: dict[str, int] = {}
    for item in extraction.provisions:
        headings = msgspec.json.encode(headings_above(item, by_path)).decode()
        values = (document, *to_row(item)[:4], *_outline_values(item), headings, extraction.source_text[item.start : item.end])
        db.execute(f"INSERT INTO provisions (document, {PROVISION_COLUMNS}, headings, text) VALUES ({marks})", values)
        rows[item.path] = db.last_insert_rowid()
    return rows


def _outline_values(item: Provision) -> tuple[Any, ...]:
    return (
        item.heading,
        item.role,
        item.marker,
        item.heading_start,
        item.heading_end,
        item.body_start,
        item.subtree_end,
        item.parent,
        item.order,
    )


def _write_facts(db: apsw.Connection, kind: str, records: tuple[Any, ...], setting: Setting) -> None:
    names = ("document", "provision", "code", *FACT_COLUMNS[kind], *LINKED.get(kind, ()))
    sql = f"INSERT INTO {kind} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    links = _links(db, kind, records, setting)
    for record, code, link in zip(records, codes(records), links, strict=True):
        db.execute(sql, (setting.document, setting.provisions.get(record.path), code, *to_row(record), *link))
        if isinstance(record, Responsibility):
            row = db.last_insert_rowid()
            for system in sorted(set(record.system.split("+"))):
                db.execute("INSERT INTO responsibility_systems VALUES (?, ?, ?)", (system, row, setting.document))


LINKED = {"responsibilities": ("body", "department"), "citations": ("work",)}
"""Columns that a fact's table has besides its record: what the record is linked to."""


def _links(db: apsw.Connection, kind: str, records: Sequence[Any], setting: Setting) -> Iterator[tuple[Any, ...]]:
    """The values of ``LINKED`` for each record."""
    if kind == "responsibilities":
        for record in records:
            body = department_of(record, setting.place, setting.on)
            yield body.name, department_row(db, body)
    elif kind == "citations":
        for work in cited_works(records, setting.place, setting.on, lookup(db, setting.place, setting.on)):
            yield (work_row(db, work) if work else None,)
    else:
        yield from (() for _ in records)
