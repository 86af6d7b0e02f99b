"""Reading documents, their sources, texts and places."""

from __future__ import annotations

from collections.abc import Sequence

import apsw
import msgspec

from graph.identity import source_id
from graph.protocol import DocumentBrief, DocumentRow, Filter, JurisdictionRow, Page, SourceRow
from graph.sqlite.counting import Totals
from graph.sqlite.filters import canonical_number, document_conditions
from ingest.records import DocumentFields

BRIEF = "d.id, d.title, d.doc_number, d.address"
"""Columns of a ``DocumentBrief`` over the alias d."""

DOCUMENT = f"d.document, {BRIEF}, d.key, d.revision, d.fields, d.measures, d.warnings, d.extractor"


def brief(values: Sequence[str | None]) -> DocumentBrief:
    """A ``DocumentBrief`` from the columns of ``BRIEF``."""
    doc_id, title, number, source = values
    return DocumentBrief(id=str(doc_id), title=title, doc_number=number, source=str(source))


def stale(db: apsw.Connection, extractor: str) -> tuple[str, ...]:
    """Ids of documents that another version of the extractor read."""
    sql = "SELECT id FROM documents WHERE extractor < ?1 OR extractor > ?1 || '~' ORDER BY +id"
    return tuple(row for (row,) in db.execute(sql, (extractor,)))


def find_document(db: apsw.Connection, ref: str) -> str | None:
    """A document by id, number in any bracket style, or source; of several the first by place and date."""
    for column, value in (("id", ref), ("doc_number", canonical_number(ref)), ("address", ref)):
        found = db.execute(f"SELECT id FROM documents WHERE {column} = ? ORDER BY sort_key LIMIT 1", (value,)).get
        if found is not None:
            return str(found)
    sql = "SELECT d.id FROM sources s JOIN documents d USING (document) WHERE s.address = ? ORDER BY d.sort_key LIMIT 1"
    found = db.execute(sql, (ref,)).get
    return None if found is None else str(found)


def known(db: apsw.Connection, address: str, sha256: str, extractor: str) -> str | None:
    """The document that this very file gave, unless another extractor read it.

    A file whose text another source has replaced since is known too: reading it again must not replace it back.
    """
    sql = """SELECT d.id FROM sources s JOIN documents d USING (document)
        WHERE s.address = ? AND s.sha256 = ? AND (d.extractor = ? OR d.address <> s.address) ORDER BY d.id LIMIT 1"""
    found = db.execute(sql, (address, sha256, extractor)).get
    return None if found is None else str(found)


def document(db: apsw.Connection, document_id: str) -> DocumentRow | None:
    """One document by its id."""
    row = db.execute(f"SELECT {DOCUMENT} FROM documents d WHERE d.id = ?", (document_id,)).fetchone()
    return None if row is None else _document(db, row)


def documents(db: apsw.Connection, totals: Totals, where: Filter, offset: int, limit: int) -> Page[DocumentRow]:
    """Documents that the filter admits, by place, date and id."""
    found = document_conditions(where)
    total = totals.count(db, f"FROM documents d {found.where}", found.values)
    sql = f"SELECT {DOCUMENT} FROM documents d {found.where} ORDER BY d.sort_key LIMIT ? OFFSET ?"
    rows = list(db.execute(sql, (*found.values, limit, offset)))
    return Page(rows=tuple(_document(db, row) for row in rows), total=total, offset=offset, limit=limit)


def conflicting(db: apsw.Connection, totals: Totals, offset: int, limit: int) -> Page[DocumentRow]:
    """Documents on whose fields their candidates disagree."""
    tail = "FROM documents d WHERE d.conflicts > 0"
    sql = f"SELECT {DOCUMENT} {tail} ORDER BY d.sort_key LIMIT ? OFFSET ?"
    rows = tuple(_document(db, row) for row in list(db.execute(sql, (limit, offset))))
    return Page(rows=rows, total=totals.count(db, tail, ()), offset=offset, limit=limit)


def _document(db: apsw.Connection, row: Sequence[object]) -> DocumentRow:
    number, doc_id, title, doc_number, source, key, revision, fields, measures, warnings, extractor = row
    return DocumentRow(
        id=str(doc_id),
        brief=brief((str(doc_id), title, doc_number, source)),  # type: ignore[arg-type]
        key=str(key),
        revision=str(revision),
        fields=msgspec.json.decode(str(fields), type=DocumentFields),
        sources=sources(db, int(str(number)), str(doc_id)),
        measures=int(str(measures)),
        warnings=msgspec.json.decode(str(warnings), type=tuple[str, ...]),
        extractor=str(extractor),
    )


def sources(db: apsw.Connection, document: int, document_id: str) -> tuple[SourceRow, ...]:
    """The sources of a document, by address; the one its text comes from is ``brief.source``."""
    sql = "SELECT address, sha256, fetched_at, bytes FROM sources WHERE document = ? ORDER BY address, sha256"
    return tuple(
        SourceRow(id=source_id(document_id, address), address=address, sha256=sha, fetched_at=fetched, bytes=size)
        for address, sha, fetched, size in db.execute(sql, (document,))
    )


def jurisdictions(db: apsw.Connection) -> tuple[JurisdictionRow, ...]:
    """The places of held documents and all above them, in tree order: parents first, then by code."""
    held = """SELECT 1 FROM jurisdiction_within w JOIN documents d ON d.jurisdiction = w.jurisdiction
        WHERE w.ancestor = j.jurisdiction"""
    sql = f"""SELECT j.jurisdiction, j.name, j.code, j.level,
        (SELECT count(*) FROM documents d WHERE d.jurisdiction = j.jurisdiction) FROM jurisdictions j
        WHERE EXISTS ({held}) ORDER BY coalesce(j.code, '~'), j.key"""
    return tuple(
        JurisdictionRow(name=name, code=code, level=level, ancestors=_ancestors(db, row), documents=count)
        for row, name, code, level, count in list(db.execute(sql))
    )


def _ancestors(db: apsw.Connection, jurisdiction: int) -> tuple[str, ...]:
    sql = """SELECT a.name FROM jurisdiction_within w JOIN jurisdictions a ON a.jurisdiction = w.ancestor
        WHERE w.jurisdiction = ? AND w.depth > 0 ORDER BY w.depth DESC"""
    return tuple(name for (name,) in db.execute(sql, (jurisdiction,)))
