"""From which texts a document derives, and which derive from it."""

from __future__ import annotations

from api.answers import TraceAnswer, TraceItem
from api.context import Context
from api.resources.texts import held_document
from graph.protocol import Link


def trace(context: Context, ref: str) -> TraceAnswer:
    """The line of a document named by its id, number or source."""
    row = held_document(context, ref)
    above, below = context.reader.links(row.id)
    return TraceAnswer(
        snapshot=context.reader.snapshot(),
        document=row.brief,
        sources=tuple(map(_source, above)),
        descendants=tuple(map(_descendant, below)),
        siblings=context.reader.siblings(row.id),
    )


def _source(link: Link) -> TraceItem:
    return TraceItem(
        id=link.higher_id,
        title=link.higher_title,
        doc_number=link.higher_doc_number,
        source=link.higher_source,
        held=link.held,
        evidence=link.evidence,
        quote=link.quote,
        path=link.path,
        citation_id=link.citation_id,
    )


def _descendant(link: Link) -> TraceItem:
    return TraceItem(
        id=link.lower.id,
        title=link.lower.title,
        doc_number=link.lower.doc_number,
        source=link.lower.source,
        held=True,
        evidence=link.evidence,
        quote=link.quote,
        path=link.path,
        citation_id=link.citation_id,
    )
