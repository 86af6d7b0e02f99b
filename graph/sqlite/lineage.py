"""Lineage in tables: which documents were compared, which measures are linked, and what is still to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from graph.lineage.choosing import COMMON, FEW, NEAREST, Basis, Standpoint, choose
from graph.lineage.rows import Candidate, Compared, ComparisonRow, Derivation, HeldText, MeasureEnd, State
from graph.sqlite.documents import brief
from graph.sqlite.instruments import founding, instrument_titled, version

STATE = "d.revision || '|' || d.extractor"
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


def held_texts(db: apsw.Connection) -> tuple[HeldText, ...]:
    """Every document, by day."""
    sql = """SELECT d.id, d.title, d.doc_number, d.address, j.name, d.level, d.dated FROM documents d
        LEFT JOIN jurisdictions j USING (jurisdiction) ORDER BY coalesce(d.dated, '9'), d.id"""
    return tuple(HeldText(document=brief(r[:4]), place=r[4], level=r[5], date=r[6]) for r in db.execute(sql))


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


class SqliteSurroundings:
    """``graph.lineage.choosing.Surroundings`` over the tables."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._rows: dict[str, int] = dict(db.execute("SELECT id, document FROM documents"))
        self._ids = {row: one for one, row in self._rows.items()}

    def standpoints(self) -> dict[str, Standpoint]:
        rows = self._db.execute("SELECT id, coalesce(dated, ''), sort_key, coalesce(title, '') FROM documents")
        return {one: Standpoint(*values) for one, *values in rows}

    def bases(self, one: str) -> list[Basis]:
        rows = [*self._db.execute(_UP, (self._rows[one],)), *self._db.execute(_DOWN, (self._rows[one],))]
        found = ((lower, version(self._db, instrument, dated, but=lower), path) for lower, instrument, dated, path in rows)
        return [Basis(self._ids[lower], higher, path) for lower, higher, path in found if higher is not None]

    def meant(self, title: str, lower: str) -> str | None:
        instrument = instrument_titled(self._db, title)
        if instrument is None:
            return None
        dated = self._db.execute("SELECT dated FROM documents WHERE id = ?", (lower,)).get
        return version(self._db, instrument, dated, but=self._rows[lower])

    def own_title(self, one: str) -> str | None:
        sql = "SELECT w.title FROM documents d JOIN works w USING (work) WHERE d.id = ? AND w.within = ''"
        found = self._db.execute(sql, (one,)).get
        return str(found) if found else None

    def sharing(self, one: str) -> Iterator[tuple[int, list[str]]]:
        sql = "SELECT unit, band FROM unit_bands WHERE document = ? ORDER BY unit, band"
        for unit, band in list(self._db.execute(sql, (self._rows[one],))):
            yield unit, [self._ids[row] for (row,) in self._db.execute(_IN_BAND, (band, COMMON + 1))]

    def beside(self, one: str) -> list[str]:
        found = self._db.execute(_BESIDE, (self._rows[one], FEW, NEAREST))
        return list(dict.fromkeys(other for other, _ in found))

    def known(self, method: str) -> set[tuple[str, str]]:
        return set(self._db.execute(_KNOWN, (method,)))


_UP = """SELECT DISTINCT c.document, w.instrument, d.dated, c.path FROM citations c JOIN documents d USING (document)
    JOIN works w ON w.work = c.work WHERE c.document = ?1 AND c.relation = 'basis'"""
_DOWN = """SELECT DISTINCT c.document, w.instrument, d.dated, c.path FROM documents me JOIN works mine ON mine.work = me.work
    JOIN works w ON w.instrument = mine.instrument JOIN citations c ON c.work = w.work AND c.relation = 'basis'
    JOIN documents d ON d.document = c.document WHERE me.document = ?1"""
_IN_BAND = "SELECT DISTINCT document FROM unit_bands WHERE band = ? LIMIT ?"
_BESIDE = f"""SELECT DISTINCT d.id, i.documents FROM citations mine JOIN works a ON a.work = mine.work
    JOIN instruments i ON i.instrument = a.instrument AND i.documents <= ?2 JOIN works w ON w.instrument = i.instrument
    JOIN citations c ON c.work = w.work AND c.relation = 'basis' AND c.document <> ?1 AND {founding("c.path")}
    JOIN documents d ON d.document = c.document
    WHERE mine.document = ?1 AND mine.relation = 'basis' AND {founding("mine.path")} ORDER BY i.documents, d.id LIMIT ?3"""
_KNOWN = """SELECT d.id, e.id FROM comparisons c JOIN documents d ON d.document = c.lower
    JOIN documents e ON e.document = c.higher
    WHERE c.method = ?1 AND c.lower_state = d.revision || '|' || d.extractor
        AND c.higher_state = e.revision || '|' || e.extractor"""


def candidates(db: apsw.Connection, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
    """Pairs to be compared."""
    return choose(SqliteSurroundings(db), method, ids)


def forget_comparisons(db: apsw.Connection, document: int) -> None:
    """Drop the comparisons of a document whose text goes or is written again; it and the others are looked at once more."""
    partners = "SELECT lower FROM comparisons WHERE higher = ?1 UNION SELECT higher FROM comparisons WHERE lower = ?1"
    db.execute(f"UPDATE documents SET traced = NULL WHERE document = ?1 OR document IN ({partners})", (document,))
    db.execute("DELETE FROM comparisons WHERE lower = ?1 OR higher = ?1", (document,))


_DROP_OTHER_TEXTS = """DELETE FROM comparisons WHERE lower = ?1 AND standing = 'derives' AND higher IN (
    SELECT d.document FROM documents d JOIN works w USING (work) WHERE w.instrument = (
        SELECT w.instrument FROM documents d JOIN works w USING (work) WHERE d.document = ?2))"""
"""A document derives from one text of an instrument: that which it means, now that more of them are held."""


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
    if one.standing == "derives":
        db.execute(_DROP_OTHER_TEXTS, (lower, higher))
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
