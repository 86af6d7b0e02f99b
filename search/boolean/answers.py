"""What a Boolean search answers with."""

from __future__ import annotations

import msgspec

from graph.protocol import DocumentBrief
from ingest.records import ProvisionRole


class InContext(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the query holds: source text ``start``:``end`` with what stands before and after it."""

    before: str
    match: str
    after: str
    start: int
    end: int


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """One provision that matches, with every place in it."""

    id: str
    path: str
    heading: str | None
    role: ProvisionRole
    document: DocumentBrief
    jurisdiction: str | None
    issued_on: str | None
    places: tuple[InContext, ...]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many provisions that match, and documents with one, fall to a place or a year (null: unknown)."""

    name: str | None
    provisions: int
    documents: int


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """All that matches, one page of it: exact ``total`` of provisions, ``documents`` that hold them, counts over all pages.

    The order is that of place, date and document, then of the text; it stays as long as the snapshot does.
    """

    query: str
    total: int
    documents: int
    offset: int
    limit: int
    items: tuple[Matched, ...]
    by_place: tuple[Share, ...]
    by_year: tuple[Share, ...]
    snapshot: str
