"""Fields corrected by a reader: kept by the bytes of a source, in force for every text that has such a source."""

from __future__ import annotations

from collections.abc import Sequence

import apsw
import msgspec

from graph.protocol import Correction
from ingest.corrections import corrected
from ingest.records import DocumentFields

STALE = ""
"""The extractor of a document that must be read again because other corrections are in force."""


def all_corrections(db: apsw.Connection) -> tuple[Correction, ...]:
    """Every correction by file and field; ``document`` is null for a file that is not held now."""
    sql = """SELECT c.sha256, c.field, c.cell, (SELECT min(d.id) FROM sources s JOIN documents d USING (document)
        WHERE s.sha256 = c.sha256) FROM field_corrections c ORDER BY c.sha256, c.field"""
    return tuple(Correction(sha256=sha, field=field, cell=cell, document=one) for sha, field, cell, one in db.execute(sql))


def corrections_of(db: apsw.Connection, sha256: str) -> dict[str, str]:
    """The cells by field that hold for a file: those of the text it is a source of, its own before those of other sources."""
    sql = """SELECT c.field, c.cell FROM field_corrections c WHERE c.sha256 = ?1
        UNION ALL SELECT * FROM (SELECT c.field, c.cell FROM sources s JOIN sources o USING (document)
        JOIN field_corrections c ON c.sha256 = o.sha256 WHERE s.sha256 = ?1 ORDER BY o.address)"""
    found: dict[str, str] = {}
    for field, cell in db.execute(sql, (sha256,)):
        found.setdefault(field, cell)
    return found


def uncorrected(db: apsw.Connection) -> tuple[str, ...]:
    """Ids of documents marked to be read again."""
    return tuple(str(one) for (one,) in db.execute("SELECT id FROM documents WHERE extractor = ? ORDER BY id", (STALE,)))


def put_corrections(db: apsw.Connection, corrections: Sequence[Correction]) -> None:
    """Put corrections in force, in place of earlier ones of the same text; those with a null cell only take back."""
    for one in corrections:
        kin = "SELECT o.sha256 FROM sources s JOIN sources o USING (document) WHERE s.sha256 = ?1 UNION SELECT ?1"
        db.execute(f"DELETE FROM field_corrections WHERE field = ?2 AND sha256 IN ({kin})", (one.sha256, one.field))
        if one.cell is not None:
            db.execute("INSERT INTO field_corrections VALUES (?, ?, ?)", (one.sha256, one.field, one.cell))
    files = {one.sha256 for one in corrections}
    for sha in sorted(files):
        sql = "UPDATE documents SET extractor = ? WHERE document IN (SELECT document FROM sources WHERE sha256 = ?)"
        db.execute(sql, (STALE, sha))


def mark_uncorrected(db: apsw.Connection, document: int) -> None:
    """Note that a document must be read again, when the corrections of its sources are not those that it was read with."""
    row = db.execute("SELECT fields FROM documents WHERE document = ?", (document,)).get
    fields = msgspec.json.decode(str(row), type=DocumentFields)
    sql = "SELECT s.sha256 FROM documents d JOIN sources s USING (document, address) WHERE d.document = ?"
    file = db.execute(sql, (document,)).get
    if file and corrected(fields, corrections_of(db, str(file))) != fields:
        db.execute("UPDATE documents SET extractor = ? WHERE document = ?", (STALE, document))
