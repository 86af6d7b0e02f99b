"""A ``Filter`` as Cypher over the variables d (the document), p (the provision), f (the fact) and b (the department).

Where a rare thing is asked for, its ``MATCH`` comes first, so that a query starts from it. Names are constants, values always
parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

import msgspec

from graph.neo4j.connection import Server
from graph.protocol import Filter
from ingest.doc_numbers import normalise_doc_number
from ingest.records import Role
from ingest.registry.jurisdictions import find_place

RESPONSIBILITY_ROLES = frozenset(get_args(Role))

FIRST = "RETURN d.id ORDER BY d.sort_key LIMIT 1"
PLACES = """MATCH (a:Jurisdiction) WHERE a.name = $name OR a.place = $place OR a.code = $name
MATCH (a)<-[:IN*0..8]-(j:Jurisdiction) RETURN DISTINCT j.key"""
FORMS = "MATCH (s:System {system: $system}) UNWIND s.forms AS form RETURN form"
IN_ORDER = "d.sort_key >= ''"
"""True of every document; lets the planner take them from the index in order."""


@dataclass
class Asked:
    """A filter as conditions: on the document itself, on a responsibility, on the provision's role, and their values."""

    where: Filter
    values: dict[str, Any] = field(default_factory=dict)
    document: list[str] = field(default_factory=list)
    duty: list[str] = field(default_factory=list)

    @property
    def rare(self) -> bool:
        """Whether few documents can be meant, so that no order of an index helps."""
        return bool(self.where.document or self.where.department or self.where.instrument)

    @property
    def provision_role(self) -> str | None:
        """The role asked of the provision itself."""
        return self.where.role if self.where.role and self.where.role not in RESPONSIBILITY_ROLES else None


def ask(server: Server, where: Filter) -> Asked:
    """The filter with its place and system looked up."""
    found = Asked(where)
    _ask_document(found, server)
    if where.system:
        found.duty.append("{r}.system IN $forms")
        found.values["forms"] = [form for (form,) in server.rows(FORMS, system=where.system)]
    if where.role in RESPONSIBILITY_ROLES:
        found.duty.append("{r}.role = $role")
    if where.department:
        found.duty.append("{h}.id = $department")
    for name in ("role", "department", "instrument"):
        found.values[name] = getattr(where, name)
    return found


def _ask_document(found: Asked, server: Server) -> None:
    where, values = found.where, found.values
    if where.jurisdiction:
        place = find_place(where.jurisdiction)
        asked = {"name": where.jurisdiction, "place": place.id if place else None}
        values["places"] = [key for (key,) in server.rows(PLACES, **asked)]
        found.document.append("d.place IN $places")
    for name, condition in (
        ("document", "d.id = $document"),
        ("level", "d.level = $level"),
        ("kind", "d.kind = $kind"),
        ("since", "d.dated >= $since"),
        ("until", "d.dated <= $until"),
    ):
        if value := getattr(where, name):
            found.document.append(condition)
            values[name] = value if name != "until" or len(value) >= 10 else f"{value}-99"


def documents(asked: Asked) -> str:
    """Clauses that bind d to each document that counts, once."""
    clauses = [f"{_duty(asked)} WITH DISTINCT r.document AS one"] if asked.duty else []
    conditions = [*asked.document]
    if asked.duty:
        conditions.append("d.id = one")
    elif not asked.document:
        conditions.append(IN_ORDER)
    if asked.where.instrument:
        conditions.append("EXISTS { MATCH (:Instrument {id: $instrument})<-[c:CITES]-() WHERE c.document = d.id }")
    if asked.provision_role:
        conditions.append("EXISTS { MATCH (d)-[:HAS]->(q:Provision) WHERE q.role = $role }")
    return " ".join([*clauses, f"MATCH (d:Document){_where(conditions)}"])


def provisions(asked: Asked) -> str:
    """Clauses that bind p to each provision that counts, once, and d to its document."""
    clauses = [f"{_duty(asked, 'p:Provision')} WITH DISTINCT p"] if asked.duty else []
    if asked.where.instrument:
        clauses.append("MATCH (p:Provision)-[:CITES]->(:Instrument {id: $instrument}) WITH DISTINCT p")
    role = ["p.role = $role"] if asked.provision_role else []
    clauses.append(f"MATCH (d:Document)-[:HAS]->(p:Provision){_where([*asked.document, *role])}")
    return " ".join(clauses)


def facts(asked: Asked, kind: str, pattern: str, *more: str) -> str:
    """Clauses that bind f, d and what ``pattern`` binds to each fact that counts; ``more`` are conditions on f.

    Conditions on documents alone start from the documents in their order, so that a page stops at its limit.
    """
    conditions = [*more]
    if kind == "responsibilities":
        conditions += [condition.format(r="f", h="b") for condition in asked.duty]
    elif asked.duty:
        conditions.append(f"at:Provision AND EXISTS {{ {_duty(asked, 'at')} }}")
    if asked.where.instrument:
        conditions.append(
            "i.id = $instrument"
            if kind == "citations"
            else "at:Provision AND EXISTS { MATCH (at)-[:CITES]->(:Instrument {id: $instrument}) }"
        )
    if asked.provision_role:
        conditions.append("at.role = $role")
    if asked.document and not asked.duty:
        return f"MATCH (d:Document){_where([*asked.document, IN_ORDER])} {pattern}{_where(['f.document = d.id', *conditions])}"
    return f"{pattern} MATCH (d:Document {{id: f.document}}){_where([*asked.document, *conditions])}"


def _duty(asked: Asked, at: str = "") -> str:
    return f"MATCH (h:Department)-[r:RESPONSIBLE]->({at}){_where([one.format(r='r', h='h') for one in asked.duty])}"


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def settled(server: Server, where: Filter) -> Filter:
    """The filter with its document as an id; a document that is not held admits nothing."""
    if not where.document:
        return where
    return msgspec.structs.replace(where, document=find_document(server, where.document) or where.document)


def find_document(server: Server, ref: str) -> str | None:
    """A document by id, number in any bracket style, or source; of several the first by place and date."""
    for name, value in (("id", ref), ("doc_number", normalise_doc_number(ref)), ("address", ref)):
        if value and (found := server.one(f"MATCH (d:Document {{{name}: $value}}) {FIRST}", value=value)):
            return str(found)
    found = server.one(f"MATCH (s:Source {{address: $ref}})<-[:HAS]-(d:Document) {FIRST}", ref=ref)
    return None if found is None else str(found)
