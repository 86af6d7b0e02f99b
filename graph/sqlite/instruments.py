"""Reading instruments, and the links between documents that stand on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

from graph.document_links import FOUNDING_GLOBS, carried_out, first_statements, link_by_title
from graph.identity import fact_id
from graph.protocol import DocumentBrief, InstrumentRow, Link, Page, Sibling
from graph.sqlite.bibliography import known_of
from graph.sqlite.counting import Totals
from graph.sqlite.documents import BRIEF, brief
from graph.sqlite.filters import Conditions
from graph.sqlite.registry import like

COLUMNS = "i.instrument, i.id, i.title, i.doc_number, i.kind, i.citations, i.documents"
NEWEST_FIRST = "ORDER BY d.dated DESC, d.id"


def _instrument(db: apsw.Connection, values: Sequence[Any]) -> InstrumentRow:
    row, one_id, title, number, kind, citations, documents = values
    known = known_of(db, row)
    held = f"SELECT {BRIEF} FROM works w JOIN documents d USING (work) WHERE w.instrument = ? {NEWEST_FIRST}"
    return InstrumentRow(
        id=one_id,
        title=title,
        doc_number=number,
        kind=kind,
        held=tuple(brief(d) for d in db.execute(held, (row,))),
        citations=citations,
        documents=documents,
        known=known,
        validity=next((entry.validity for entry in known if entry.validity), None),
    )


def instrument(db: apsw.Connection, instrument_id: str) -> InstrumentRow | None:
    """One instrument by its id."""
    row = db.execute(f"SELECT {COLUMNS} FROM instruments i WHERE i.id = ?", (instrument_id,)).fetchone()
    return None if row is None else _instrument(db, row)


def instruments(
    db: apsw.Connection, totals: Totals, title: str | None, held: bool | None, kind: str | None, offset: int, limit: int
) -> Page[InstrumentRow]:
    """Cited instruments, those of most documents first."""
    found = Conditions()
    found.add("i.documents > 0")
    if title:
        found.add("(i.title LIKE ? ESCAPE '\\' OR i.doc_number = ?)", like(title), title)
    if held is not None:
        found.add("i.held = ?", int(held))
    if kind:
        found.add("i.kind = ?", kind)
    total = totals.count(db, f"FROM instruments i {found.where}", found.values)
    sql = f"SELECT {COLUMNS} FROM instruments i {found.where} ORDER BY i.documents DESC, i.title, i.id LIMIT ? OFFSET ?"
    rows = list(db.execute(sql, (*found.values, limit, offset)))
    return Page(rows=tuple(_instrument(db, row) for row in rows), total=total, offset=offset, limit=limit)


STANDS_ON = f"""
SELECT {BRIEF}, d.dated, c.path, c.code, substr(t.text, c.start_offset + 1, c.end_offset - c.start_offset),
    i.instrument, i.id, i.title, i.doc_number
FROM documents d JOIN citations c USING (document) JOIN texts t USING (document) JOIN works w ON w.work = c.work
    JOIN instruments i USING (instrument)
WHERE c.relation = 'basis' AND """
IN_TEXT = " ORDER BY d.sort_key, c.start_offset, c.code"


def links(db: apsw.Connection, document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """What a document says that it stands on, and the documents that say so of it; each pair once, by its first statement."""
    up = [_link(db, row) for row in list(db.execute(f"{STANDS_ON} d.id = ?{IN_TEXT}", (document_id,)))]
    own = """i.instrument = (SELECT w.instrument FROM documents d JOIN works w USING (work) WHERE d.id = ?1)
        AND d.id <> ?1"""
    down = [_link(db, row) for row in list(db.execute(f"{STANDS_ON} {own}{IN_TEXT}", (document_id,)))]
    return first_statements([*filter(None, up), *_by_title(db, document_id)], [*filter(None, down)], document_id)


def _by_title(db: apsw.Connection, document_id: str) -> list[Link]:
    """The law that a title says it carries out, where a text of it is held."""
    sql = f"SELECT d.document, d.dated, {BRIEF} FROM documents d WHERE d.id = ?"
    row: Any = db.execute(sql, (document_id,)).fetchone()
    named = carried_out(row[3]) if row else None
    instrument = instrument_titled(db, named) if named else None
    found = version(db, instrument, row[1], but=row[0]) if instrument is not None else None
    if found is None:
        return []
    return [link_by_title(brief(row[2:6]), _brief(db, found))]


def _brief(db: apsw.Connection, document_id: str | None) -> DocumentBrief:
    row: Any = db.execute(f"SELECT {BRIEF} FROM documents d WHERE d.id = ?", (document_id,)).fetchone()
    return brief(row)


def instrument_titled(db: apsw.Connection, title: str) -> int | None:
    """The row of the instrument with this title, as compared, of which a text is held."""
    sql = """SELECT w.instrument FROM works w JOIN documents d USING (work) JOIN instruments i USING (instrument)
        WHERE w.title = ? AND w.within = '' ORDER BY i.id LIMIT 1"""
    found = db.execute(sql, (title,)).get
    return None if found is None else int(str(found))


def _link(db: apsw.Connection, values: Sequence[Any]) -> Link:
    lower = brief(values[:4])
    dated, path, code, quote, instrument, instrument_id, title, number = values[4:]
    found = version(db, instrument, dated)
    held = _brief(db, found) if found not in (None, lower.id) else None
    return Link(
        lower=lower,
        higher_id=held.id if held else instrument_id,
        higher_title=(held.title if held else None) or title,
        higher_doc_number=held.doc_number if held else number,
        higher_source=held.source if held else None,
        held=held is not None,
        evidence="stated",
        citation_id=fact_id(lower.id, path, "citations", code),
        quote=quote,
        path=path,
    )


def version(db: apsw.Connection, instrument: int, dated: str | None, but: int = 0) -> str | None:
    """The id of the text of an instrument that was the newest on that day, else the nearest held; never document ``but``."""
    sql = """SELECT d.id FROM works w JOIN documents d USING (work) WHERE w.instrument = ?1 AND d.document <> ?3
        ORDER BY d.dated > ?2, CASE WHEN d.dated > ?2 THEN d.dated END, d.dated DESC, d.id LIMIT 1"""
    found = db.execute(sql, (instrument, dated or "9999", but)).get
    return None if found is None else str(found)


def founding(column: str) -> str:
    """The condition that a path is one at which a text says what it stands on, as ``graph.document_links.founds`` has it."""
    inner = f"substr({column}, instr({column}, '/') + 1)"
    return f"({column} IS NULL OR " + " OR ".join(f"{inner} GLOB '{glob}'" for glob in FOUNDING_GLOBS) + ")"


def siblings(db: apsw.Connection, document_id: str, limit: int) -> tuple[Sibling, ...]:
    """Documents that stand on an instrument on which this one stands too."""
    sql = f"""SELECT DISTINCT {BRIEF}, j.name, i.id, i.title, i.doc_number, i.held, i.documents, d.sort_key
        FROM documents me CROSS JOIN citations mine ON mine.document = me.document AND mine.relation = 'basis'
            AND {founding("mine.path")}
        CROSS JOIN works a ON a.work = mine.work CROSS JOIN instruments i ON i.instrument = a.instrument
        CROSS JOIN works w ON w.instrument = i.instrument CROSS JOIN citations c ON c.work = w.work AND c.relation = 'basis'
            AND {founding("c.path")}
        CROSS JOIN documents d ON d.document = c.document AND d.document <> me.document
        LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction
        WHERE me.id = ? ORDER BY i.documents, i.title, i.id, d.sort_key LIMIT ?"""
    return tuple(
        Sibling(
            document=brief(row[:4]),
            jurisdiction=row[4],
            instrument_id=row[5],
            instrument_title=row[6],
            instrument_doc_number=row[7],
            held=bool(row[8]),
        )
        for row in db.execute(sql, (document_id, limit))
    )
