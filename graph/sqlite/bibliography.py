"""Lists of instruments in the store: importing one, and finding the entry that a citation means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import apsw
import msgspec

from graph.bibliography import COLUMNS, finder, known_forms, known_id, known_work, list_digest, work_of_text
from graph.bodies_of import place_of
from graph.linking import Work, cited_works
from graph.protocol import Imported, KnownInstrument
from graph.sqlite.columns import FACT_COLUMNS, to_record
from graph.sqlite.registering import assign_instruments, work_row
from ingest.records import Citation, DocumentFields
from ingest.registry.jurisdictions import Place

ENTRY = ", ".join(f"k.{name}" for name in COLUMNS)


def entry_of(row: Sequence[Any]) -> KnownInstrument:
    """An entry from the values of ``ENTRY``."""
    values = dict(zip(COLUMNS, row, strict=True))
    return KnownInstrument(**{**values, "issuers": tuple(filter(None, values["issuers"].split("、")))})


def known_of(db: apsw.Connection, instrument: int) -> tuple[KnownInstrument, ...]:
    """What lists say of an instrument, the newest entry first."""
    sql = f"""SELECT {ENTRY} FROM works w JOIN known_instruments k USING (work) WHERE w.instrument = ?
        ORDER BY k.published DESC, k.title, k.listed_in, k.id"""
    return tuple(map(entry_of, db.execute(sql, (instrument,))))


def entries(db: apsw.Connection) -> tuple[KnownInstrument, ...]:
    """Every entry of every list, in one order."""
    sql = f"SELECT {ENTRY} FROM known_instruments k ORDER BY k.listed_in, k.title, k.id"
    return tuple(map(entry_of, db.execute(sql)))


def digests(db: apsw.Connection) -> list[str]:
    """One line for each list, which differs when the list does."""
    return [f"bibliography {name} {digest}" for name, digest in db.execute("SELECT * FROM bibliographies ORDER BY listed_in")]


def lookup(db: apsw.Connection, place: Place | None, on: str | None) -> Callable[[Citation], Work | None] | None:
    """What finds the work of a known instrument that a citation means, for a text of that place and day; null without lists."""
    if not db.execute("SELECT EXISTS (SELECT 1 FROM bibliographies)").get:
        return None

    return finder(lambda forms: _candidates(db, forms), place, on)


def work_of_document(db: apsw.Connection, fields: DocumentFields, place: Place | None) -> Work | None:
    """The work that a held document is a text of; a number of its own is kept."""
    return work_of_text(fields, lookup(db, place, None))


def _candidates(db: apsw.Connection, forms: Sequence[str]) -> list[KnownInstrument]:
    marks = ",".join("?" * len(forms))
    sql = f"""SELECT {ENTRY} FROM known_instruments k
        WHERE k.known IN (SELECT known FROM known_forms WHERE form IN ({marks})) ORDER BY k.known"""
    return list(map(entry_of, db.execute(sql, tuple(forms))))


def put_list(db: apsw.Connection, name: str, wanted: Sequence[KnownInstrument]) -> tuple[int, int] | None:
    """Make the list of this name hold exactly these entries; how many came and went, null when nothing changed.

    Inside the caller's transaction; ``relink`` must follow.
    """
    by_id = {known_id(entry): entry for entry in wanted}
    digest = list_digest(by_id)
    if db.execute("SELECT digest FROM bibliographies WHERE listed_in = ?", (name,)).get == digest:
        return None
    db.execute("INSERT INTO bibliographies VALUES (?1, ?2) ON CONFLICT DO UPDATE SET digest = ?2", (name, digest))
    sql = f"SELECT k.id, {ENTRY} FROM known_instruments k WHERE k.listed_in = ?"
    held = {row[0]: entry_of(row[1:]) for row in db.execute(sql, (name,))}
    gone = [one for one, entry in held.items() if by_id.get(one) != entry]
    come = [one for one, entry in by_id.items() if held.get(one) != entry]
    works = {_remove(db, name, one) for one in gone} | {_add(db, one, by_id[one]) for one in come}
    if not by_id:
        db.execute("DELETE FROM bibliographies WHERE listed_in = ?", (name,))
    assign_instruments(db, works)
    return len(set(come) - set(held)), len(set(gone) - set(by_id))


def _add(db: apsw.Connection, one: str, entry: KnownInstrument) -> int:
    work = work_row(db, known_work(entry))
    values = ("、".join(value) if isinstance(value, tuple) else value for value in (getattr(entry, name) for name in COLUMNS))
    marks = ", ".join("?" * (len(COLUMNS) + 2))
    db.execute(f"INSERT INTO known_instruments (id, {', '.join(COLUMNS)}, work) VALUES ({marks})", (one, *values, work))
    known = db.last_insert_rowid()
    db.executemany("INSERT INTO known_forms VALUES (?, ?)", [(form, known) for form in sorted(known_forms(entry))])
    return work


def _remove(db: apsw.Connection, name: str, one: str) -> int:
    work = int(db.execute("SELECT work FROM known_instruments WHERE listed_in = ? AND id = ?", (name, one)).get)
    db.execute("DELETE FROM known_instruments WHERE listed_in = ? AND id = ?", (name, one))
    return work


def rename_works(db: apsw.Connection) -> None:
    """Look up again which work every citation and document names, after the lists have changed."""
    touched: set[int] = set()
    for document, work, fields in list(db.execute("SELECT document, work, fields FROM documents ORDER BY document")):
        touched |= _rename_document(db, document, work, _fields(fields))
    of_works = f"SELECT instrument FROM works WHERE work IN ({_list(touched)})"
    db.execute(f"UPDATE instruments SET stale = 1 WHERE instrument IN ({of_works})")
    assign_instruments(db, touched)


def _rename_document(db: apsw.Connection, document: int, work: int | None, fields: DocumentFields) -> set[int]:
    """The works that one document and its citations left and took."""
    on = fields.issued_on or fields.published_on
    place = place_of(fields.jurisdiction, on)
    own = work_of_document(db, fields, place)
    touched = _set(db, "documents", "document", document, work, own)
    sql = f"SELECT citation, work, {', '.join(FACT_COLUMNS['citations'])} FROM citations WHERE document = ? ORDER BY citation"
    rows = list(db.execute(sql, (document,)))
    named = cited_works([to_record("citations", row[2:]) for row in rows], place, on, lookup(db, place, on))
    for row, new in zip(rows, named, strict=True):
        touched |= _set(db, "citations", "citation", row[0], row[1], new)
    return touched


def _set(db: apsw.Connection, table: str, key: str, row: int, old: int | None, work: Work | None) -> set[int]:
    new = work_row(db, work) if work else None
    if new == old:
        return set()
    db.execute(f"UPDATE {table} SET work = ? WHERE {key} = ?", (new, row))
    return {one for one in (old, new) if one is not None}


def _list(rows: set[int]) -> str:
    return ",".join(map(str, sorted(rows)))


def _fields(cell: str) -> DocumentFields:
    return msgspec.json.decode(cell, type=DocumentFields)


def report(db: apsw.Connection, name: str, added: int, removed: int) -> Imported:
    """What the store now knows through a list."""
    meant = "FROM known_instruments k JOIN works w ON w.work = k.work JOIN works o ON o.instrument = w.instrument"
    cited_by = f"SELECT count(DISTINCT c.citation) {meant} JOIN citations c ON c.work = o.work WHERE k.listed_in = ?"
    reached = f"SELECT count(DISTINCT w.instrument) {meant} JOIN citations c ON c.work = o.work WHERE k.listed_in = ?"
    return Imported(
        listed_in=name,
        entries=int(db.execute("SELECT count(*) FROM known_instruments WHERE listed_in = ?", (name,)).get or 0),
        added=added,
        removed=removed,
        citations=int(db.execute(cited_by, (name,)).get or 0),
        instruments=int(db.execute(reached, (name,)).get or 0),
    )
