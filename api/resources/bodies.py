"""Departments and the systems they belong to."""

from __future__ import annotations

import msgspec

from api.answers import DepartmentAnswer, DepartmentsAnswer, SystemAnswer, SystemsAnswer
from api.context import Context
from api.evidence import Views
from api.links import page as page_of
from api.problems import NotHeld
from api.resources.filtering import resolved
from api.resources.paging import LIMIT, check_page, given, inner, listing
from graph.protocol import Filter, SystemRow
from ingest.registry.systems import SYSTEMS


def departments(
    context: Context,
    where: Filter = Filter(),
    *,
    name: str | None = None,
    generic: bool | None = None,
    offset: int = 0,
    limit: int = LIMIT,
) -> DepartmentsAnswer:
    """Departments; ``name`` is part of a name, ``generic`` false leaves out classes of bodies (各成员单位)."""
    check_page(offset, limit)
    page = context.reader.departments(resolved(context, where), name=name, generic=generic, offset=offset, limit=limit)
    parameters = {**given(where), "name": name, "generic": generic}
    return DepartmentsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/departments", parameters))


def department(
    context: Context, department_id: str, where: Filter = Filter(), *, offset: int = 0, limit: int = LIMIT
) -> DepartmentAnswer:
    """One department by its id, with its duties."""
    check_page(offset, limit)
    row = context.reader.department(department_id)
    if row is None:
        raise NotHeld(f"No department has the id “{department_id}”.", remedy="/api/v1/departments?name= finds one by its name.")
    page = context.reader.duties(department_id, resolved(context, where), offset=offset, limit=limit)
    return DepartmentAnswer(
        snapshot=context.reader.snapshot(),
        department=row,
        duties=inner(page, page_of("departments", department_id), given(where), Views(context.reader).views),
    )


def systems(context: Context) -> SystemsAnswer:
    """All systems, those with most duties first, then those that nothing held names."""
    return SystemsAnswer(snapshot=context.reader.snapshot(), items=_all_systems(context))


def _all_systems(context: Context) -> tuple[SystemRow, ...]:
    named = context.reader.systems()
    seen = {row.system for row in named}
    others = [
        SystemRow(system=one.system, name_zh=one.name_zh, name_en=one.name_en, departments=0, duties=0, documents=0)
        for one in SYSTEMS.values()
        if one.system not in seen
    ]
    return (*named, *others)


def system(context: Context, code: str, where: Filter = Filter(), *, offset: int = 0, limit: int = LIMIT) -> SystemAnswer:
    """One system by its code, with its departments and their duties."""
    check_page(offset, limit)
    rows = _all_systems(context)
    row = next((row for row in rows if row.system == code), None)
    if row is None:
        raise NotHeld(f"No system has the code “{code}”.", choices=[row.system for row in rows])
    inside = msgspec.structs.replace(resolved(context, where), system=code)
    duties = context.reader.facts("responsibilities", inside, offset=offset, limit=limit)
    held = context.reader.departments(inside, limit=500)
    return SystemAnswer(
        snapshot=context.reader.snapshot(),
        system=row,
        departments=inner(held, "/departments", given(inside)),
        duties=inner(duties, page_of("systems", code), given(where), Views(context.reader).views),
    )
