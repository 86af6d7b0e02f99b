"""A ``Filter`` as SQL conditions over the aliases d (documents), p (provisions) and f (the fact's own table)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

from graph.protocol import Filter
from ingest.doc_numbers import normalise_doc_number
from ingest.records import Role
from ingest.registry.jurisdictions import find_place

RESPONSIBILITY_ROLES = frozenset(get_args(Role))


@dataclass
class Conditions:
    """SQL conditions that hold together, and their values in order; ``selective`` when few facts meet them."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    selective: bool = False

    def add(self, sql: str, *values: Any) -> None:
        self.parts.append(sql)
        self.values.extend(values)

    @property
    def where(self) -> str:
        """``WHERE …``, or nothing."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def document_conditions(where: Filter) -> Conditions:
    """What a document must be, and hold, to count."""
    found = _own_conditions(where)
    if where.instrument:
        found.add(
            "d.document IN (SELECT c.document FROM citations c WHERE c.work IN (SELECT w.work FROM works w "
            "JOIN instruments i USING (instrument) WHERE i.id = ?))",
            where.instrument,
        )
    _add_duty(found, where, "d.document", "document")
    if where.role and where.role not in RESPONSIBILITY_ROLES:
        found.add("EXISTS (SELECT 1 FROM provisions q WHERE q.document = d.document AND q.role = ?)", where.role)
    return found


def provision_conditions(where: Filter, fact: str | None = None) -> Conditions:
    """What a provision must be, and hold, to count; for facts of the table ``fact`` the conditions on the fact itself too."""
    found = _own_conditions(where)
    if where.instrument:
        cited = "(SELECT w.work FROM works w JOIN instruments i USING (instrument) WHERE i.id = ?)"
        if fact == "citations":
            found.selective = True
            found.add(f"f.work IN {cited}", where.instrument)
        else:
            found.add(f"p.provision IN (SELECT c.provision FROM citations c WHERE c.work IN {cited})", where.instrument)
    if fact == "responsibilities":
        _add_own_duty(found, where)
    else:
        _add_duty(found, where, "p.provision", "provision")
    if where.role and where.role not in RESPONSIBILITY_ROLES:
        found.add("p.role = ?", where.role)
    return found


def _own_conditions(where: Filter) -> Conditions:
    found = Conditions()
    if where.document:
        found.add("d.document = (SELECT document FROM documents WHERE id = ?)", where.document)
    if where.jurisdiction:
        place = find_place(where.jurisdiction)
        found.add(
            "d.jurisdiction IN (SELECT w.jurisdiction FROM jurisdictions above "
            "JOIN jurisdiction_within w ON w.ancestor = above.jurisdiction "
            "WHERE above.name = ? OR above.place = ? OR above.code = ?)",
            where.jurisdiction,
            place and place.id,
            where.jurisdiction,
        )
    for column, value in (("level", where.level), ("kind", where.kind)):
        if value:
            found.add(f"d.{column} = ?", value)
    if where.since:
        found.add("d.dated >= ?", where.since)
    if where.until:
        found.add("d.dated <= ?", _day_after(where.until))
    return found


def _day_after(until: str) -> str:
    """A year or month as a bound includes all of its days."""
    return until if len(until) >= 10 else f"{until}-99"


def _duty(where: Filter, alias: str) -> Conditions:
    """What the filter asks of a responsibility itself."""
    found = Conditions()
    if where.system:
        sql = f"{alias}.responsibility IN (SELECT s.responsibility FROM responsibility_systems s WHERE s.system = ?)"
        found.add(sql, where.system)
    if where.role in RESPONSIBILITY_ROLES:
        found.add(f"{alias}.role = ?", where.role)
    if where.department:
        found.add(f"{alias}.department = (SELECT department FROM departments WHERE id = ?)", where.department)
    return found


def _add_own_duty(found: Conditions, where: Filter) -> None:
    duty = _duty(where, "f")
    found.selective = found.selective or bool(where.department)
    found.parts += duty.parts
    found.values += duty.values


def _add_duty(found: Conditions, where: Filter, owner: str, column: str) -> None:
    """One responsibility that has the system, the role and the department asked for, all three."""
    duty = _duty(where, "r")
    if duty.parts:
        found.add(f"{owner} IN (SELECT r.{column} FROM responsibilities r {duty.where})", *duty.values)


def canonical_number(text: str) -> str | None:
    """The normal form of a document number, when ``text`` is one and nothing more."""
    return normalise_doc_number(text)
