"""Documents with nearly the same text, and what readers decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw

from graph.rows import Decided, Likeness, Page
from graph.sqlite.counting import Totals
from graph.sqlite.documents import brief

_DECIDED = """EXISTS (SELECT 1 FROM sources s, sources t, likeness_decisions k WHERE s.document = l.one
    AND t.document = l.other AND k.one = min(s.sha256, t.sha256) AND k.other = max(s.sha256, t.sha256))"""
_PAIRS = "FROM likenesses l JOIN documents d ON d.document = l.one JOIN documents e ON e.document = l.other"


def not_compared(db: apsw.Connection) -> tuple[str, ...]:
    """Ids of documents whose text has changed since it was compared with the others."""
    return tuple(str(one) for (one,) in db.execute("SELECT id FROM documents WHERE compared IS NOT wording ORDER BY id"))


def near(db: apsw.Connection, bands: Sequence[int]) -> tuple[str, ...]:
    """Ids of documents found under one of these keys."""
    marks = ",".join("?" * len(bands))
    sql = (
        f"SELECT DISTINCT d.id FROM likeness_bands b JOIN documents d USING (document) WHERE b.band IN ({marks}) ORDER BY d.id"
    )
    return tuple(str(one) for (one,) in db.execute(sql, tuple(bands)))


def put_likenesses(
    db: apsw.Connection, document_id: str, bands: Iterable[int], likenesses: Sequence[tuple[str, float]]
) -> None:
    """Keep a document's keys and the documents nearly the same."""
    document = db.execute("SELECT document FROM documents WHERE id = ?", (document_id,)).get
    for table, column in (("likeness_bands", "document"), ("likenesses", "one"), ("likenesses", "other")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))
    db.executemany("INSERT OR IGNORE INTO likeness_bands VALUES (?, ?)", [(band, document) for band in bands])
    sql = """INSERT INTO likenesses SELECT min(document, ?1), max(document, ?1), ?2 FROM documents WHERE id = ?3"""
    db.executemany(sql, [(document, score, other) for other, score in likenesses])
    db.execute("UPDATE documents SET compared = wording WHERE document = ?", (document,))


def likenesses(
    db: apsw.Connection, totals: Totals, document_id: str | None, decided: bool | None, offset: int, limit: int
) -> Page[Likeness]:
    """Pairs by likeness and ids; ``decided`` false leaves out those that were decided on, true keeps only them."""
    where: list[str] = []
    values: list[str] = []
    if document_id is not None:
        where.append("(d.id = ? OR e.id = ?)")
        values += [document_id, document_id]
    if decided is not None:
        where.append(_DECIDED if decided else f"NOT {_DECIDED}")
    tail = f"{_PAIRS} {'WHERE ' + ' AND '.join(where) if where else ''}"
    columns = "d.id, d.title, d.doc_number, d.address, e.id, e.title, e.doc_number, e.address, l.likeness"
    sql = f"""SELECT {columns}, {_DECIDED} {tail}
        ORDER BY l.likeness DESC, min(d.id, e.id), max(d.id, e.id) LIMIT ? OFFSET ?"""
    rows = tuple(_row(row) for row in db.execute(sql, (*values, limit, offset)))
    return Page(rows=rows, total=totals.count(db, tail, values), offset=offset, limit=limit)


def _row(row: Sequence[str | float | None]) -> Likeness:
    one, other = sorted((brief(row[:4]), brief(row[4:8])), key=lambda each: each.id)  # type: ignore[arg-type]
    return Likeness(one=one, other=other, likeness=float(str(row[8])), decision="different" if row[9] else None)


def decisions(db: apsw.Connection) -> tuple[Decided, ...]:
    """Every decision by the files it is about."""
    sql = "SELECT one, other, decision FROM likeness_decisions ORDER BY one, other"
    return tuple(Decided(one=one, other=other, decision=decision) for one, other, decision in db.execute(sql))


def put_decisions(db: apsw.Connection, found: Iterable[tuple[str, str, str | None]]) -> None:
    """Keep decisions on pairs of files, in place of earlier ones; a null one is taken back."""
    for one, other, decision in found:
        pair = min(one, other), max(one, other)
        db.execute("DELETE FROM likeness_decisions WHERE one = ? AND other = ?", pair)
        if decision is not None:
            db.execute("INSERT INTO likeness_decisions VALUES (?, ?, ?)", (*pair, decision))


def decided_same(db: apsw.Connection, sha256: str) -> int | None:
    """The document of a file that a reader decided to be the same text as this file."""
    sql = """SELECT s.document FROM likeness_decisions k
        JOIN sources s ON s.sha256 = CASE WHEN k.one = ?1 THEN k.other ELSE k.one END JOIN documents d USING (document)
        WHERE ?1 IN (k.one, k.other) AND k.decision = 'same' ORDER BY d.key_rank, d.address LIMIT 1"""
    found = db.execute(sql, (sha256,)).get
    return None if found is None else int(found)
