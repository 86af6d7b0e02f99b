"""Documents: the list, and one with its text, outline and facts."""

from __future__ import annotations

from api.answers import DocumentAnswer, DocumentsAnswer, OutlineItem
from api.context import Context
from api.evidence import Views
from api.problems import NotHeld
from api.resources.filtering import resolved
from api.resources.paging import LIMIT, check_page, given, listing
from graph.protocol import DocumentRow, Filter
from ingest.masthead.conflicts import conflicts


def documents(context: Context, where: Filter = Filter(), *, offset: int = 0, limit: int = LIMIT) -> DocumentsAnswer:
    """Documents by place and date."""
    check_page(offset, limit)
    page = context.reader.documents(resolved(context, where), offset=offset, limit=limit)
    return DocumentsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/documents", given(where)))


def held_document(context: Context, ref: str) -> DocumentRow:
    """The document that an id, a number or a source names. Raises ``NotHeld``."""
    document_id = context.reader.find_document(ref)
    row = context.reader.document(document_id) if document_id else None
    if row is None:
        raise NotHeld(
            f"No document with the id, number or source “{ref}” is held.", remedy="/api/v1/documents lists those that are."
        )
    return row


def document(context: Context, ref: str) -> DocumentAnswer:
    """One document, by its id, document number or source."""
    row, reader, views = held_document(context, ref), context.reader, Views(context.reader)
    derives_from, descendants = reader.links(row.id)
    return DocumentAnswer(
        snapshot=reader.snapshot(),
        document=row,
        source_text=views.text(row.id),
        outline=tuple(OutlineItem(id=item.id, provision=item.provision) for item in reader.outline(row.id)),
        facts=views.by_kind(reader.document_facts(row.id)),
        boilerplate=reader.passages(row.id, "boilerplate"),
        not_understood=reader.passages(row.id, "not_understood"),
        derives_from=derives_from,
        descendants=descendants,
        siblings=reader.siblings(row.id),
        conflicts=conflicts(row.fields),
        alike=reader.likenesses(row.id).rows,
    )
