"""What a reader has to decide: fields on which sources disagree, corrections in force, texts nearly the same."""

from __future__ import annotations

from collections.abc import Iterable

from api.context import Context
from api.field_answers import (
    AlikeView,
    ConflictsAnswer,
    CorrectionsAnswer,
    CorrectionView,
    DocumentConflicts,
    DuplicateAnswer,
    DuplicatesAnswer,
)
from api.resources.paging import LIMIT, check_page, listing
from api.resources.texts import held_document
from graph.comparing import differences_of
from graph.linking import normal_title
from graph.protocol import Correction, DocumentRow, Likeness, Page
from ingest.corrections import extracted_cell
from ingest.masthead.conflicts import conflicts as conflicts_of

FIRST = 5
"""Differences of a pair that a list shows."""
MOST = 500


def conflicts(context: Context, *, offset: int = 0, limit: int = LIMIT) -> ConflictsAnswer:
    """Documents on whose fields the text, its page or its file's name disagree."""
    check_page(offset, limit)
    page = context.reader.conflicting(offset=offset, limit=limit)
    return ConflictsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/conflicts", {}, _conflicting))


def _conflicting(rows: Iterable[DocumentRow]) -> tuple[DocumentConflicts, ...]:
    return tuple(
        DocumentConflicts(document=row.brief, jurisdiction=row.fields.jurisdiction, conflicts=conflicts_of(row.fields))
        for row in rows
    )


def corrections(context: Context, *, offset: int = 0, limit: int = LIMIT) -> CorrectionsAnswer:
    """Fields corrected by readers; also those whose file is not held now."""
    check_page(offset, limit)
    every = context.reader.corrections()
    page = Page(rows=every[offset : offset + limit], total=len(every), offset=offset, limit=limit)

    def views(rows: Iterable[Correction]) -> tuple[CorrectionView, ...]:
        return tuple(_correction(context, one) for one in rows)

    return CorrectionsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/corrections", {}, views))


def _correction(context: Context, one: Correction) -> CorrectionView:
    row = context.reader.document(one.document) if one.document else None
    before = extracted_cell(row.fields, one.field) if row else None
    return CorrectionView(correction=one, document=row.brief if row else None, extracted=before)


def duplicates(context: Context, *, decided: bool | None = None, offset: int = 0, limit: int = LIMIT) -> DuplicatesAnswer:
    """Documents with nearly the same text, with their first differences."""
    check_page(offset, limit)
    page = context.reader.likenesses(decided=decided, offset=offset, limit=limit)
    given: dict[str, object] = {} if decided is None else {"decided": decided}

    def views(rows: Iterable[Likeness]) -> tuple[AlikeView, ...]:
        return tuple(_alike(context, one, FIRST) for one in rows)

    return DuplicatesAnswer(snapshot=context.reader.snapshot(), **listing(page, "/duplicates", given, views))


def duplicate(context: Context, ref: str) -> DuplicateAnswer:
    """The documents with nearly the same text as one, named by its id, number or source."""
    row = held_document(context, ref)
    found = context.reader.likenesses(row.id, limit=MOST).rows
    items = tuple(_alike(context, one, MOST) for one in found)
    return DuplicateAnswer(snapshot=context.reader.snapshot(), document=row.brief, items=items)


def _alike(context: Context, pair: Likeness, most: int) -> AlikeView:
    found = differences_of(context.reader, pair.one.id, pair.other.id)
    rows = [context.reader.document(each.id) for each in (pair.one, pair.other)]
    one, other = (row.fields.issued_on if row else None for row in rows)
    later = one != other and _title(rows[0]) == _title(rows[1])
    return AlikeView(
        likeness=pair,
        relation="version" if later else "copy",
        issued=(one, other),
        differences=found[:most],
        differing=len(found),
    )


def _title(row: DocumentRow | None) -> str:
    return normal_title(row.fields.title or "") if row else ""
