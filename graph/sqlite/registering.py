"""Rows that documents share: places, departments, instruments and the works that name them; made on first use."""

from __future__ import annotations

import apsw

from graph.bodies_of import DepartmentIdentity
from graph.linking import Work, instrument_id, instrument_key
from graph.writing import PlaceLink, place_chain


def jurisdiction_row(db: apsw.Connection, name: str | None, on: str | None) -> int | None:
    """The row of the place of this name on that day, with all places above it; a name the tree lacks stands alone."""
    row = None
    for link in place_chain(name, on):
        row = _place_row(db, link, row)
    return row


def _place_row(db: apsw.Connection, link: PlaceLink, parent: int | None) -> int:
    found = db.execute("SELECT jurisdiction FROM jurisdictions WHERE key = ?", (link.key,)).get
    if found is not None:
        return int(found)
    values = (link.key, link.name, link.place, link.code, link.level, parent)
    db.execute("INSERT INTO jurisdictions (key, name, place, code, level, parent) VALUES (?, ?, ?, ?, ?, ?)", values)
    row = db.last_insert_rowid()
    db.execute("INSERT INTO jurisdiction_within VALUES (?, ?, 0)", (row, row))
    db.execute(
        "INSERT INTO jurisdiction_within SELECT ancestor, ?, depth + 1 FROM jurisdiction_within WHERE jurisdiction = ?",
        (row, parent),
    )
    return row


def department_row(db: apsw.Connection, body: DepartmentIdentity) -> int:
    """The row of a department; whoever mentions it makes its counts stale."""
    found = db.execute("SELECT department FROM departments WHERE id = ?", (body.id,)).get
    if found is None:
        place = jurisdiction_row(db, body.jurisdiction, None)
        values = (body.id, body.key, body.name, int(body.registered), place, body.level, int(body.generic))
        db.execute(
            "INSERT INTO departments (id, key, name, registered, jurisdiction, level, generic) VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        found = db.last_insert_rowid()
    else:
        db.execute("UPDATE departments SET stale = 1 WHERE department = ? AND NOT stale", (found,))
    return int(found)


def work_row(db: apsw.Connection, work: Work) -> int:
    """The row of a work."""
    values = (work.title, work.doc_number, work.within)
    found = db.execute("SELECT work FROM works WHERE title = ? AND doc_number = ? AND within = ?", values).get
    if found is None:
        db.execute("INSERT INTO works (title, doc_number, within) VALUES (?, ?, ?)", values)
        found = db.last_insert_rowid()
    return int(found)


def assign_instruments(db: apsw.Connection, works: set[int]) -> None:
    """Give these works, and those that share a title or number, their instruments: a title's numbers decide for all."""
    for row in sorted(works | {other for work in works for other in _kin(db, work)}):
        named = "SELECT title, doc_number, within, instrument FROM works WHERE work = ?"
        title, number, within, held = db.execute(named, (row,)).get
        numbers = [n for (n,) in db.execute("SELECT doc_number FROM works WHERE title = ? AND doc_number <> ''", (title,))]
        key = instrument_key(Work(title, number, within), numbers if title else ())
        wanted = _instrument_row(db, key, title or number)
        if held != wanted:
            db.execute("UPDATE works SET instrument = ? WHERE work = ?", (wanted, row))
            db.execute("UPDATE instruments SET stale = 1 WHERE instrument = ?", (held,))
        db.execute("UPDATE instruments SET stale = 1 WHERE instrument = ? AND NOT stale", (wanted,))


def _kin(db: apsw.Connection, work: int) -> list[int]:
    """Works with the title or the number of this one."""
    sql = """SELECT k.work FROM works w JOIN works k ON k.title = w.title AND k.title <> '' WHERE w.work = ?1
        UNION SELECT k.work FROM works w JOIN works k ON k.doc_number = w.doc_number AND k.doc_number <> '' WHERE w.work = ?1"""
    return [row for (row,) in db.execute(sql, (work,))]


def _instrument_row(db: apsw.Connection, key: str, title: str) -> int:
    """The row of an instrument; its title holds until ``relink`` has seen how all citations name it."""
    found = db.execute("SELECT instrument FROM instruments WHERE key = ?", (key,)).get
    if found is None:
        db.execute("INSERT INTO instruments (id, key, title) VALUES (?, ?, ?)", (instrument_id(key), key, title))
        found = db.last_insert_rowid()
    return int(found)
