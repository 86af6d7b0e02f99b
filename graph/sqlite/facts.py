"""Reading facts: by kind and filter, by document, by department, by instrument, one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

from graph.identity import KIND_NAMES, fact_id
from graph.protocol import Fact, Filter, Page
from graph.sqlite.columns import FACT_COLUMNS, to_record
from graph.sqlite.counting import Totals
from graph.sqlite.documents import BRIEF, brief
from graph.sqlite.filters import Conditions, provision_conditions
from ingest.records import FACTS

WORKS = "f.work IN (SELECT w.work FROM instruments i JOIN works w ON w.instrument = i.instrument WHERE i.id = ?)"
KINDS = {name: kind for kind, name in KIND_NAMES.items()}
IN_ORDER = "d.sort_key, f.start_offset, f.code"
LEADS_FIRST = "f.role_order, d.sort_key, f.start_offset, f.code"

LINKED = {"responsibilities": "b.id, NULL", "citations": "NULL, i.id"}
"""Ids of the department and the instrument of each fact."""

JOINED = {
    "responsibilities": "LEFT JOIN departments b ON b.department = f.department",
    "citations": "LEFT JOIN works k ON k.work = f.work LEFT JOIN instruments i ON i.instrument = k.instrument",
}


def from_facts(kind: str, found: Conditions) -> str:
    """Documents in their order and the facts of each, so that a page stops at its limit; or first the few facts asked for."""
    join = "JOIN" if found.selective else "CROSS JOIN"
    return f"""FROM documents d {join} {kind} f ON f.document = d.document LEFT JOIN provisions p ON p.provision = f.provision
        LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction {JOINED.get(kind, "")} {found.where}"""


def select_facts(kind: str, found: Conditions) -> str:
    """The rows that ``_fact`` reads."""
    record = ", ".join(f"f.{column}" for column in FACT_COLUMNS[kind])
    linked = LINKED.get(kind, "NULL, NULL")
    return f"""SELECT {BRIEF}, j.name, d.level, d.issued_on, p.heading, f.code, {linked}, {record} {from_facts(kind, found)}"""


def _fact(kind: str, values: Sequence[Any]) -> Fact:
    record = to_record(kind, tuple(values[11:]))
    document = brief(values[:4])
    return Fact(
        id=fact_id(document.id, record.path, kind, values[8]),
        document=document,
        jurisdiction=values[4],
        level=values[5],
        issued_on=values[6],
        provision_id=f"{document.id}:{record.path}",
        heading=values[7],
        record=record,
        department_id=values[9],
        instrument_id=values[10],
    )


def fact(db: apsw.Connection, one_id: str) -> Fact | None:
    """One record by its id."""
    doc_id, path, name, code = (*one_id.split(":"), "", "", "")[:4]
    if not code or name not in KINDS:
        return None
    found = Conditions()
    found.add("d.id = ? AND f.path = ? AND f.code = ?", doc_id, path, code)
    row = db.execute(select_facts(KINDS[name], found), found.values).fetchone()
    return None if row is None else _fact(KINDS[name], row)


def page(
    db: apsw.Connection, totals: Totals, kind: str, found: Conditions, offset: int, limit: int, order: str = IN_ORDER
) -> Page[Fact]:
    """One page of the facts that meet the conditions, and their number."""
    tail = from_facts(kind, found) if found.parts else f"FROM {kind}"
    total = totals.count(db, tail, found.values)
    sql = f"{select_facts(kind, found)} ORDER BY {order} LIMIT ? OFFSET ?"
    rows = tuple(_fact(kind, row) for row in db.execute(sql, (*found.values, limit, offset)))
    return Page(rows=rows, total=total, offset=offset, limit=limit)


def facts(
    db: apsw.Connection, totals: Totals, kind: str, where: Filter, provision_ids: Sequence[str] | None, offset: int, limit: int
) -> Page[Fact]:
    """Facts of one kind that the filter admits, by document and position."""
    if kind not in FACTS:
        raise KeyError(f"{kind}: no such kind of fact; there are {', '.join(FACTS)}")
    found = provision_conditions(where, kind)
    if provision_ids is not None:
        add_provisions(found, provision_ids)
    return page(db, totals, kind, found, offset, limit)


def add_provisions(found: Conditions, ids: Sequence[str]) -> None:
    """Only facts of these provisions, path 0 without an item in the outline included."""
    pairs = [one_id.partition(":") for one_id in ids]
    rows = ", ".join("(?, ?)" for _ in pairs) or "(NULL, NULL)"
    found.selective = True
    sql = f"(f.document, f.path) IN (SELECT x.document, v.column2 FROM (VALUES {rows}) v JOIN documents x ON x.id = v.column1)"
    found.add(sql, *(part for doc_id, _, path in pairs for part in (doc_id, path)))


def document_facts(db: apsw.Connection, document_id: str) -> dict[str, tuple[Fact, ...]]:
    """Every fact of a document by kind, in the order of the text."""
    found = Conditions()
    found.add("d.id = ?", document_id)
    return {
        kind: tuple(_fact(kind, row) for row in db.execute(f"{select_facts(kind, found)} ORDER BY {IN_ORDER}", found.values))
        for kind in FACTS
    }


def duties(db: apsw.Connection, totals: Totals, department_id: str, where: Filter, offset: int, limit: int) -> Page[Fact]:
    """Responsibilities of one department, leads first."""
    found = provision_conditions(where, "responsibilities")
    found.selective = True
    found.add("f.department = (SELECT department FROM departments WHERE id = ?)", department_id)
    return page(db, totals, "responsibilities", found, offset, limit, LEADS_FIRST)


def citations_of(
    db: apsw.Connection, totals: Totals, instrument_id: str, effects: Sequence[str], offset: int, limit: int
) -> Page[Fact]:
    """The citations that name an instrument; with ``effects`` only those that do one of these to it."""
    found = Conditions()
    found.selective = True
    found.add(WORKS, instrument_id)
    if effects:
        found.add(f"f.effect IN ({', '.join('?' * len(effects))})", *effects)
    return page(db, totals, "citations", found, offset, limit)
