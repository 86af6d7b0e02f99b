"""Reading departments and systems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

from graph.protocol import DepartmentRow, Filter, Page, SystemRow
from graph.sqlite.counting import Totals
from graph.sqlite.filters import Conditions, provision_conditions
from graph.system_names import system_names

COLUMNS = "b.department, b.id, b.name, j.name, b.level, b.generic, b.duties, b.documents"
DUTIES = "FROM documents d JOIN responsibilities f USING (document) LEFT JOIN provisions p USING (provision)"
FROM = "FROM departments b LEFT JOIN jurisdictions j ON j.jurisdiction = b.jurisdiction"


def _department(db: apsw.Connection, values: Sequence[Any]) -> DepartmentRow:
    row, one_id, name, jurisdiction, level, generic, duties, documents = values
    forms = "SELECT DISTINCT name FROM department_names WHERE department = ?"
    systems = "SELECT system FROM department_systems WHERE department = ? ORDER BY system"
    return DepartmentRow(
        id=one_id,
        name=name,
        names=tuple(n for (n,) in db.execute(f"{forms} ORDER BY 1", (row,))),
        jurisdiction=jurisdiction,
        level=level,
        systems=tuple(s for (s,) in db.execute(systems, (row,))),
        generic=bool(generic),
        duties=duties,
        documents=documents,
    )


def department(db: apsw.Connection, department_id: str) -> DepartmentRow | None:
    """One department by its id."""
    row = db.execute(f"SELECT {COLUMNS} {FROM} WHERE b.id = ?", (department_id,)).fetchone()
    return None if row is None else _department(db, row)


def departments(
    db: apsw.Connection, totals: Totals, where: Filter, name: str | None, generic: bool | None, offset: int, limit: int
) -> Page[DepartmentRow]:
    """Departments with most duties first; the filter admits those with a duty in a document that it admits."""
    found = _conditions(where, name, generic)
    total = totals.count(db, f"{FROM} {found.where}", found.values)
    sql = f"SELECT {COLUMNS} {FROM} {found.where} ORDER BY b.duties DESC, b.name, b.id LIMIT ? OFFSET ?"
    rows = list(db.execute(sql, (*found.values, limit, offset)))
    return Page(rows=tuple(_department(db, row) for row in rows), total=total, offset=offset, limit=limit)


def _conditions(where: Filter, name: str | None, generic: bool | None) -> Conditions:
    found = Conditions()
    if generic is not None:
        found.add("b.generic = ?", int(generic))
    if name:
        found.add(
            "(b.name LIKE ? ESCAPE '\\' OR b.department IN (SELECT n.department FROM department_names n WHERE n.name = ?))",
            like(name),
            name,
        )
    if where != Filter():
        duty = provision_conditions(where, "responsibilities")
        found.add(f"b.department IN (SELECT f.department {DUTIES} {duty.where})", *duty.values)
    return found


def like(text: str) -> str:
    """A pattern for ``LIKE … ESCAPE '\\'`` that finds ``text`` anywhere."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def systems(db: apsw.Connection) -> tuple[SystemRow, ...]:
    """The systems that have a duty or a department, most duties first."""
    counted = db.execute("SELECT system, duties, documents FROM systems")
    duties = {system: (records, held) for system, records, held in counted}
    bodies = dict(db.execute("SELECT system, count(*) FROM department_systems GROUP BY system"))
    names = system_names()
    found = sorted({*duties, *bodies}, key=lambda s: (-duties.get(s, (0, 0))[0], s))
    return tuple(
        SystemRow(
            system=s,
            name_zh=names.get(s, (s, s))[0],
            name_en=names.get(s, (s, s))[1],
            departments=int(bodies.get(s, 0)),
            duties=duties.get(s, (0, 0))[0],
            documents=duties.get(s, (0, 0))[1],
        )
        for s in found
    )
