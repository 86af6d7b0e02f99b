"""One provision (a measure is one) with its facts and its place in the document."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.answers import FactAnswer, Facts, MeasureAnswer, OutlineItem
from api.context import Context
from api.evidence import Views
from api.problems import NotHeld
from api.resources import lines
from graph.protocol import Fact, ProvisionRow
from ingest.records import FACTS


def measure(context: Context, provision_id: str) -> MeasureAnswer:
    """One provision by its id."""
    reader, views = context.reader, Views(context.reader)
    row = reader.provision(provision_id)
    if row is None:
        raise NotHeld(f"No provision has the id “{provision_id}”.", remedy="The id is the document's id, a colon and the path.")
    outline = reader.outline(row.document.id)
    at = next(index for index, item in enumerate(outline) if item.id == row.id)
    below = _below(outline, at)
    facts = reader.document_facts(row.document.id)
    document = reader.document(row.document.id)
    up, down = lines.derivations(context, row.id)
    return MeasureAnswer(
        snapshot=reader.snapshot(),
        id=row.id,
        document=row.document,
        jurisdiction=row.jurisdiction,
        level=row.level,
        issued_on=document.fields.issued_on if document else None,
        provision=row.provision,
        text=row.text,
        above=_items(_above(outline, at)),
        below=_items(below),
        previous=_items(outline[:at])[-1] if at else None,
        next=_items(outline[at + 1 :])[0] if at + 1 < len(outline) else None,
        facts=_with_versions(views, views.by_kind(_within(facts, {row.id}))),
        below_facts=views.by_kind(_within(facts, {item.id for item in below})),
        derives_from=reader.links(row.document.id)[0],
        line_up=up,
        line_down=down,
        compared_with=len(lines.comparisons(context, row.document.id)),
    )


def fact(context: Context, fact_id: str) -> FactAnswer:
    """One record by its id."""
    found = context.reader.fact(fact_id)
    if found is None:
        raise NotHeld(f"No record has the id “{fact_id}”.")
    kind = next(name for name, struct in FACTS.items() if isinstance(found.record, struct))
    views = Views(context.reader)
    return FactAnswer(snapshot=context.reader.snapshot(), kind=kind, fact=views.with_version(views.view(found)))


def _with_versions(views: Views, facts: Facts) -> Facts:
    """The facts, each citation with the version that it means."""
    return msgspec.structs.replace(facts, citations=tuple(map(views.with_version, facts.citations)))


def _items(rows: Sequence[ProvisionRow]) -> tuple[OutlineItem, ...]:
    return tuple(OutlineItem(id=row.id, provision=row.provision) for row in rows)


def _above(outline: Sequence[ProvisionRow], at: int) -> list[ProvisionRow]:
    """The provisions that hold this one, the outermost first."""
    by_path = {row.provision.path: row for row in outline}
    chain: list[ProvisionRow] = []
    parent = outline[at].provision.parent
    while parent is not None and parent in by_path:
        chain.insert(0, by_path[parent])
        parent = by_path[parent].provision.parent
    return chain


def _below(outline: Sequence[ProvisionRow], at: int) -> list[ProvisionRow]:
    """Everything that this provision holds, in the document's order."""
    holders, found = {outline[at].provision.path}, []
    for row in outline[at + 1 :]:
        if row.provision.parent in holders:
            holders.add(row.provision.path)
            found.append(row)
    return found


def _within(facts: dict[str, tuple[Fact, ...]], provision_ids: set[str]) -> dict[str, list[Fact]]:
    return {kind: [fact for fact in of_kind if fact.provision_id in provision_ids] for kind, of_kind in facts.items()}
