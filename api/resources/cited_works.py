"""Instruments that documents cite, held or not."""

from __future__ import annotations

from api.answers import InstrumentAnswer, InstrumentsAnswer
from api.context import Context
from api.evidence import Views
from api.links import page as page_of
from api.problems import NotHeld
from api.resources.paging import LIMIT, check_page, inner, listing
from graph.versions import versions_of


def instruments(
    context: Context,
    *,
    title: str | None = None,
    held: bool | None = None,
    kind: str | None = None,
    offset: int = 0,
    limit: int = LIMIT,
) -> InstrumentsAnswer:
    """Instruments, the most cited first; ``title`` is part of a title, ``held`` false leaves those not in the store."""
    check_page(offset, limit)
    page = context.reader.instruments(title=title, held=held, kind=kind, offset=offset, limit=limit)
    parameters: dict[str, object] = {"title": title, "held": held, "kind": kind}
    return InstrumentsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/instruments", parameters))


def instrument(context: Context, instrument_id: str, *, offset: int = 0, limit: int = LIMIT) -> InstrumentAnswer:
    """One instrument by its id, with every citation of it."""
    check_page(offset, limit)
    row = context.reader.instrument(instrument_id)
    if row is None:
        raise NotHeld(f"No instrument has the id “{instrument_id}”.", remedy="/api/v1/instruments?title= finds it by title.")
    page = context.reader.citations_of(instrument_id, offset=offset, limit=limit)
    return InstrumentAnswer(
        snapshot=context.reader.snapshot(),
        instrument=row,
        versions=versions_of(context.reader, row),
        citations=inner(page, page_of("instruments", instrument_id), {}, Views(context.reader).views),
    )
