"""From which texts a document derives, and which derive from it."""

from __future__ import annotations

from collections.abc import Mapping

from api.answers import TraceAnswer, TraceItem
from api.context import Context
from api.resources import lines
from api.resources.texts import held_document
from graph.lineage.rows import ComparisonRow
from graph.protocol import DocumentBrief, Link


def trace(context: Context, ref: str) -> TraceAnswer:
    """The line of a document named by its id, number or source: what texts state, then what was found by their words."""
    row = held_document(context, ref)
    above, below = context.reader.links(row.id)
    compared = lines.comparisons(context, row.id)
    counted = {(one.lower.id, one.higher.id): one for one in compared}
    stated = {(link.lower.id, link.higher_id) for link in (*above, *below)}
    related = [one for one in compared if one.standing in ("derives", "unstated")]
    found = [one for one in related if (one.lower.id, one.higher.id) not in stated]
    sources = [_source(link, counted) for link in above] + [_found(o, o.higher) for o in found if o.lower.id == row.id]
    descendants = [_descendant(link, counted) for link in below] + [_found(o, o.lower) for o in found if o.higher.id == row.id]
    return TraceAnswer(
        snapshot=context.reader.snapshot(),
        document=row.brief,
        sources=tuple(sources),
        descendants=tuple(descendants),
        siblings=context.reader.siblings(row.id),
    )


Counted = Mapping[tuple[str, str], ComparisonRow]


def _source(link: Link, counted: Counted) -> TraceItem:
    named = DocumentBrief(
        id=link.higher_id, title=link.higher_title, doc_number=link.higher_doc_number, source=link.higher_source or ""
    )
    return _stated(link, named, link.held, counted)


def _descendant(link: Link, counted: Counted) -> TraceItem:
    return _stated(link, link.lower, True, counted)


def _stated(link: Link, named: DocumentBrief, held: bool, counted: Counted) -> TraceItem:
    compared = counted.get((link.lower.id, link.higher_id))
    return TraceItem(
        id=named.id,
        title=named.title,
        doc_number=named.doc_number,
        source=named.source or None,
        held=held,
        evidence=link.evidence,
        quote=link.quote,
        path=link.path,
        citation_id=link.citation_id,
        linked=compared.linked if compared else None,
        units=compared.units if compared else None,
    )


def _found(one: ComparisonRow, named: DocumentBrief) -> TraceItem:
    return TraceItem(
        id=named.id,
        title=named.title,
        doc_number=named.doc_number,
        source=named.source,
        held=True,
        evidence=one.evidence or "copied",
        linked=one.linked,
        units=one.units,
    )
