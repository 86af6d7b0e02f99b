"""Lineage in tables: which documents were compared, which measures are linked, and what is still to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from graph.document_links import carried_out, founds
from graph.lineage.rows import Candidate, Compared, ComparisonRow, Derivation, MeasureEnd, State
from graph.sqlite.documents import brief

STATE = "d.revision || '|' || d.extractor"
COMMON = 100
"""Documents in one band above which it tells nothing: everybody's words."""
SHARED = 3
"""Measures with the same words from which two documents are compared though neither says that it knows the other."""
NEAREST = 3
"""Documents at most that one is compared with for its words alone, and as many for an instrument that both stand under."""
FEW = 60
"""Documents at most under one instrument that are compared with each other; under 立法法 stand all."""
CHUNK = 400

COMPARED = """SELECT a.id, a.title, a.doc_number, a.address, ja.name, a.dated, b.id, b.title, b.doc_number, b.address, jb.name,
    b.dated, c.standing, c.evidence, c.closeness, c.units, c.linked
FROM comparisons c JOIN documents a ON a.document = c.lower JOIN documents b ON b.document = c.higher
    LEFT JOIN jurisdictions ja ON ja.jurisdiction = a.jurisdiction
    LEFT JOIN jurisdictions jb ON jb.jurisdiction = b.jurisdiction
WHERE """

ENDS = """SELECT a.id, p.path, p.heading, a.title, a.doc_number, a.address, ja.name, a.dated, b.id, q.path, q.heading, b.title,
    b.doc_number, b.address, jb.name, b.dated, v.relation, v.evidence, v.score, c.standing
FROM derivations v JOIN comparisons c USING (comparison) JOIN provisions p ON p.provision = v.lower
    JOIN provisions q ON q.provision = v.higher JOIN documents a ON a.document = p.document
    JOIN documents b ON b.document = q.document LEFT JOIN jurisdictions ja ON ja.jurisdiction = a.jurisdiction
    LEFT JOIN jurisdictions jb ON jb.jurisdiction = b.jurisdiction
WHERE """

ROW = "(SELECT document FROM documents WHERE id = ?1)"
PROVISION = "(SELECT p.provision FROM documents d JOIN provisions p USING (document) WHERE d.id = ?1 AND p.path = ?2)"


def comparisons(db: apsw.Connection, document_id: str) -> tuple[ComparisonRow, ...]:
    """All comparisons of a document."""
    rows: list[Any] = []
    for side in ("lower", "higher"):
        rows += db.execute(f"{COMPARED} c.{side} = {ROW}", (document_id,))
    found = [
        ComparisonRow(
            lower=brief(r[:4]),
            lower_place=r[4],
            lower_date=r[5],
            higher=brief(r[6:10]),
            higher_place=r[10],
            higher_date=r[11],
            standing=r[12],
            evidence=r[13],
            closeness=r[14],
            units=r[15],
            linked=r[16],
        )
        for r in rows
    ]
    return tuple(sorted(found, key=lambda row: (-row.linked, row.lower.id, row.higher.id)))


def derivations(db: apsw.Connection, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
    """The links of one measure, up and down."""
    document_id, _, path = provision_id.partition(":")
    sides = (f"v.{side} = {PROVISION} ORDER BY v.score DESC, b.id, q.position, a.id" for side in ("lower", "higher"))
    up, down = (tuple(_derivation(r) for r in db.execute(ENDS + side, (document_id, path))) for side in sides)
    return up, down


def derived_from(db: apsw.Connection, document_id: str) -> tuple[Derivation, ...]:
    """Every link to a measure of a document."""
    sql = f"{ENDS} c.higher = {ROW} ORDER BY q.position, a.sort_key, p.position"
    return tuple(_derivation(row) for row in db.execute(sql, (document_id,)))


def unmatched(db: apsw.Connection, document_id: str) -> dict[str, dict[str, State]]:
    """Measures of a document that each lower one left out, or that are in doubt."""
    sql = f"""SELECT a.id, p.path, u.state FROM comparisons c JOIN unmatched u USING (comparison)
        JOIN provisions p ON p.provision = u.provision AND p.document = c.higher JOIN documents a ON a.document = c.lower
        WHERE c.higher = {ROW} ORDER BY a.id, p.position"""
    found: dict[str, dict[str, State]] = {}
    for lower, path, state in db.execute(sql, (document_id,)):
        found.setdefault(lower, {})[path] = state
    return found


def _derivation(r: Sequence[Any]) -> Derivation:
    return Derivation(lower=_end(r[:8]), higher=_end(r[8:16]), relation=r[16], evidence=r[17], score=r[18], standing=r[19])


def _end(r: Sequence[Any]) -> MeasureEnd:
    document = brief((r[0], r[3], r[4], r[5]))
    return MeasureEnd(id=f"{r[0]}:{r[1]}", path=r[1], heading=r[2], document=document, jurisdiction=r[6], date=r[7])


def untraced(db: apsw.Connection, method: str) -> tuple[str, ...]:
    """Documents whose sources are to be looked for."""
    sql = f"SELECT d.id FROM documents d WHERE d.traced IS NOT (?1 || '|' || {STATE}) ORDER BY d.sort_key"
    return tuple(row for (row,) in db.execute(sql, (method,)))


def put_bands(db: apsw.Connection, bands: Iterable[tuple[str, Sequence[Sequence[int]]]]) -> None:
    """Keep the bands of documents."""
    for document_id, units in bands:
        row = db.execute("SELECT document FROM documents WHERE id = ?", (document_id,)).get
        db.execute("DELETE FROM unit_bands WHERE document = ?", (row,))
        rows = [(band, row, unit) for unit, keys in enumerate(units) for band in keys]
        db.executemany("INSERT OR IGNORE INTO unit_bands VALUES (?, ?, ?)", rows)


def candidates(db: apsw.Connection, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
    """Pairs to be compared: those that a text states, then the nearest by words, then those under one instrument."""
    every = db.execute("SELECT document, id, dated, sort_key FROM documents")
    dates = {row: (doc, dated or "", key) for row, doc, dated, key in every}
    rows = {doc: row for row, (doc, _, _) in dates.items()}
    found: dict[tuple[int, int], Candidate] = {}
    for one in ids:
        for lower, higher in _stated(db, rows[one]):
            found[lower, higher] = Candidate(lower=dates[lower][0], higher=dates[higher][0], stated=True)
        beside = _beside(db, rows[one])
        for other in [*_alike(db, rows[one]), *beside]:
            lower, higher = sorted((rows[one], other), key=lambda row: dates[row][1:], reverse=True)
            if (higher, lower) not in found:
                pair = Candidate(lower=dates[lower][0], higher=dates[higher][0], beside=other in beside)
                found.setdefault((lower, higher), pair)
    known = set(db.execute(_KNOWN, (method,)))
    return tuple(found[pair] for pair in sorted(found) if pair not in known)


_KNOWN = """SELECT c.lower, c.higher FROM comparisons c JOIN documents d ON d.document = c.lower
    JOIN documents e ON e.document = c.higher
    WHERE c.method = ?1 AND c.lower_state = d.revision || '|' || d.extractor
        AND c.higher_state = e.revision || '|' || e.extractor"""


def _stated(db: apsw.Connection, document: int) -> set[tuple[int, int]]:
    """Pairs in which the one says that it was made under the other, this document on either side."""
    up = """SELECT DISTINCT c.document, w.instrument, d.dated, c.path FROM citations c JOIN documents d USING (document)
        JOIN works w ON w.work = c.work WHERE c.document = ?1 AND c.relation = 'basis'"""
    down = """SELECT DISTINCT c.document, w.instrument, d.dated, c.path FROM documents me JOIN works mine ON mine.work = me.work
        JOIN works w ON w.instrument = mine.instrument JOIN citations c ON c.work = w.work AND c.relation = 'basis'
        JOIN documents d ON d.document = c.document WHERE me.document = ?1"""
    pairs = set()
    found = [*db.execute(up, (document,)), *db.execute(down, (document,)), *titled(db, document)]
    for lower, instrument, dated, path in found:
        if not founds(path):
            continue
        higher = db.execute(_VERSION, (instrument, dated or "9999", lower)).get
        if higher is not None and document in (lower, higher):
            pairs.add((lower, higher))
    return pairs


def titled(db: apsw.Connection, document: int) -> list[tuple[int, int, str | None, str]]:
    """The instrument that a document's title says it carries out, as a row like those of citations."""
    row = db.execute("SELECT dated, title FROM documents WHERE document = ?", (document,)).fetchone()
    dated, title = row or (None, None)
    named = carried_out(title)
    sql = """SELECT w.instrument FROM works w JOIN documents d USING (work)
        WHERE w.title = ?1 AND w.within = '' ORDER BY w.instrument LIMIT 1"""
    held = db.execute(sql, (named,)).get if named else None
    return [] if held is None else [(document, int(str(held)), dated, "0")]


_VERSION = """SELECT d.document FROM works w JOIN documents d USING (work) WHERE w.instrument = ?1 AND d.document <> ?3
    ORDER BY d.dated > ?2, CASE WHEN d.dated > ?2 THEN d.dated END, d.dated DESC, d.id LIMIT 1"""


def _alike(db: apsw.Connection, document: int) -> list[int]:
    """The documents that share most measures with this one."""
    shared: Counter[int] = Counter()
    sql = "SELECT DISTINCT unit, band FROM unit_bands WHERE document = ? ORDER BY unit"
    of_unit: dict[int, set[int]] = {}
    for unit, band in list(db.execute(sql, (document,))):
        others = [row for (row,) in db.execute(_IN_BAND, (band, COMMON + 1))]
        if len(others) <= COMMON:
            of_unit.setdefault(unit, set()).update(others)
    for others_of_unit in of_unit.values():
        shared.update(others_of_unit - {document})
    near = [row for row, count in shared.items() if count >= SHARED]
    ids = {row: db.execute("SELECT id FROM documents WHERE document = ?", (row,)).get for row in near}
    return sorted(near, key=lambda row: (-shared[row], ids[row]))[:NEAREST]


_IN_BAND = "SELECT DISTINCT document FROM unit_bands WHERE band = ? LIMIT ?"


def _beside(db: apsw.Connection, document: int) -> list[int]:
    """Documents under the least common instruments under which this one stands."""
    sql = """SELECT DISTINCT c.document, i.documents, d.id FROM citations mine JOIN works a ON a.work = mine.work
        JOIN instruments i ON i.instrument = a.instrument AND i.documents <= ?2 JOIN works w ON w.instrument = i.instrument
        JOIN citations c ON c.work = w.work AND c.relation = 'basis' AND c.document <> ?1
        JOIN documents d ON d.document = c.document
        WHERE mine.document = ?1 AND mine.relation = 'basis' ORDER BY i.documents, d.id LIMIT ?3"""
    return list(dict.fromkeys(row for row, _, _ in db.execute(sql, (document, FEW, NEAREST))))


def put_comparisons(db: apsw.Connection, method: str, compared: Sequence[Compared]) -> None:
    """Keep comparisons."""
    for one in compared:
        sql = f"SELECT d.document, {STATE} FROM documents d WHERE d.id = ?"
        rows = [db.execute(sql, (i,)).fetchone() for i in (one.lower, one.higher)]
        if None not in rows:
            _put_comparison(db, method, one, rows)


def _put_comparison(db: apsw.Connection, method: str, one: Compared, rows: Sequence[Any]) -> None:
    (lower, lower_state), (higher, higher_state) = rows
    db.execute("DELETE FROM comparisons WHERE lower = ? AND higher = ?", (lower, higher))
    values = (
        lower,
        higher,
        one.standing,
        one.evidence,
        one.closeness,
        one.units,
        one.linked,
        method,
        lower_state,
        higher_state,
    )
    db.execute(
        """INSERT INTO comparisons
            (lower, higher, standing, evidence, closeness, units, linked, method, lower_state, higher_state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        values,
    )
    comparison = db.last_insert_rowid()
    own, theirs = _provisions(db, lower), _provisions(db, higher)
    links = [(comparison, own[k.path], theirs[k.source_path], k.relation, k.evidence, k.score) for k in one.links]
    db.executemany("INSERT OR REPLACE INTO derivations VALUES (?, ?, ?, ?, ?, ?)", links)
    alone = [(comparison, own[p], s) for p, s in one.unmatched] + [(comparison, theirs[p], s) for p, s in one.unmatched_higher]
    db.executemany("INSERT INTO unmatched VALUES (?, ?, ?)", alone)


def _provisions(db: apsw.Connection, document: int) -> dict[str, int]:
    return dict(db.execute("SELECT path, provision FROM provisions WHERE document = ?", (document,)))


def set_traced(db: apsw.Connection, method: str, ids: Sequence[str]) -> None:
    """Note that sources were looked for."""
    sql = f"UPDATE documents AS d SET traced = ?1 || '|' || {STATE} WHERE id = ?2"
    db.executemany(sql, [(method, one) for one in ids])
