"""Finding everything that matches a Boolean query, with counts and keyword in context."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from graph.protocol import DocumentRow, Filter, ProvisionRow, Reader
from ingest.tokens import plain
from search.boolean.answers import Everything, InContext, Matched, Share
from search.boolean.matching import find_matches
from search.boolean.parsing import Node, parse
from search.engine import Searcher

CONTEXT = 30
"""Characters before and after a match."""
READ_AT_ONCE = 2_000
_PAGE = 500
COLUMNS = (
    "id", "document", "title", "doc_number", "source", "jurisdiction", "issued_on", "path", "heading",
    "matches", "before", "match", "after", "start", "end", "snapshot",
)  # fmt: skip


def find_everything(searcher: Searcher, query: str, where: Filter = Filter(), offset: int = 0, limit: int = 50) -> Everything:
    """One page of all that matches. Raises ``QuerySyntaxError``."""
    node, reader = parse(query), searcher.reader
    found = _Found(searcher, node, where)
    rows = reader.provisions(found.ids[offset : offset + limit])
    return Everything(
        query=query,
        total=len(found.ids),
        documents=len({document_of(identifier) for identifier in found.ids}),
        offset=offset,
        limit=limit,
        items=tuple(_matched(row, node, found.documents[row.document.id]) for row in rows),
        by_place=found.shares(lambda document: document.fields.jurisdiction),
        by_year=found.shares(lambda document: (document.fields.issued_on or document.fields.published_on or "")[:4] or None),
        snapshot=reader.snapshot(),
    )


def write_table(searcher: Searcher, query: str, where: Filter = Filter()) -> Iterator[str]:
    """All that matches as CSV, a line for each provision with the first place in it. Raises ``QuerySyntaxError`` at once."""
    node = parse(query)
    return _lines(searcher, node, where)


def _lines(searcher: Searcher, node: Node, where: Filter) -> Iterator[str]:
    reader, snapshot = searcher.reader, searcher.reader.snapshot()
    found = _Found(searcher, node, where)
    yield _line(COLUMNS)
    for part in _batches(found.ids):
        for row in reader.provisions(part):
            yield _line(_cells(_matched(row, node, found.documents[row.document.id]), snapshot))


def _cells(one: Matched, snapshot: str) -> tuple[object, ...]:
    document, first = one.document, one.places[0]
    about = (one.id, document.id, document.title, document.doc_number, document.source, one.jurisdiction, one.issued_on)
    return (*about, one.path, one.heading, len(one.places), *_place(first), snapshot)


def _place(place: InContext) -> tuple[object, ...]:
    return place.before, place.match, place.after, place.start, place.end


def _line(cells: Iterable[object]) -> str:
    """One line of CSV; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    held = io.StringIO()
    csv.writer(held).writerow(
        [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in cells]
    )
    return held.getvalue()


_Of = Callable[[DocumentRow], "str | None"]


class _Found:
    """The ids of all that matches in their order, and the documents that hold them."""

    def __init__(self, searcher: Searcher, node: Node, where: Filter) -> None:
        reader = searcher.reader
        admitted = searcher.indexes.matching(node)
        if where != Filter():
            admitted &= reader.provision_ids(where)
        kept = sorted(_verified(reader, node, sorted(admitted)), key=lambda row: (row.document.id, row.provision.order))
        wanted = {row.document.id for row in kept}
        self.documents = {row.id: row for row in _documents(reader) if row.id in wanted}
        place = {identifier: number for number, identifier in enumerate(self.documents)}
        kept.sort(key=lambda row: place.get(row.document.id, len(place)))
        self.ids = [row.id for row in kept]

    def shares(self, of: _Of) -> tuple[Share, ...]:
        """Counts by what ``of`` says of a document, by name, unknown last."""
        provisions: dict[str | None, int] = defaultdict(int)
        documents: dict[str | None, set[str]] = defaultdict(set)
        for identifier in self.ids:
            document = self.documents[document_of(identifier)]
            provisions[of(document)] += 1
            documents[of(document)].add(document.id)
        names = sorted(provisions, key=lambda name: (name is None, name or ""))
        return tuple(Share(name=name, provisions=provisions[name], documents=len(documents[name])) for name in names)


def _verified(reader: Reader, node: Node, ids: Sequence[str]) -> Iterator[ProvisionRow]:
    for part in _batches(ids):
        yield from (row for row in reader.provisions(part) if find_matches(node, plain(row.text)) is not None)


def _documents(reader: Reader) -> Iterator[DocumentRow]:
    offset, total = 0, 1
    while offset < total:
        page = reader.documents(offset=offset, limit=_PAGE)
        yield from page.rows
        offset, total = offset + _PAGE, page.total


def _matched(row: ProvisionRow, node: Node, document: DocumentRow) -> Matched:
    found = find_matches(node, plain(row.text)) or []
    return Matched(
        id=row.id,
        path=row.provision.path,
        heading=row.provision.heading,
        role=row.provision.role,
        document=row.document,
        jurisdiction=row.jurisdiction,
        issued_on=document.fields.issued_on or document.fields.published_on,
        places=tuple(_in_context(row, start, end) for start, end in found),
    )


def _in_context(row: ProvisionRow, start: int, end: int) -> InContext:
    text, offset = row.text, row.provision.start
    return InContext(
        before=" ".join(text[max(0, start - CONTEXT) : start].split()),
        match=text[start:end],
        after=" ".join(text[end : end + CONTEXT].split()),
        start=offset + start,
        end=offset + end,
    )


def document_of(identifier: str) -> str:
    """The document's id in a provision's."""
    return identifier.split(":", 1)[0]


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + READ_AT_ONCE] for first in range(0, len(ids), READ_AT_ONCE))
