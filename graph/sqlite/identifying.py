"""Ids of documents in the store, and what became of a file that was read before."""

from __future__ import annotations

from hashlib import sha256

import apsw

from graph.identity import Incoming, document_id
from graph.sqlite.loading import Original, remove_document


def id_of(db: apsw.Connection, document: int) -> str:
    """The public id of a row."""
    return str(db.execute("SELECT id FROM documents WHERE document = ?", (document,)).get)


def read_before(db: apsw.Connection, original: Original) -> int | None:
    """The document whose text came from this very file, read by another extractor."""
    sql = """SELECT d.document FROM sources s JOIN documents d USING (document)
        WHERE s.address = ? AND s.sha256 = ? AND d.address = s.address"""
    found = db.execute(sql, (original.address, original.sha256)).get
    return None if found is None else int(found)


def forget_source(db: apsw.Connection, document: int, address: str) -> None:
    """Take a source from a document to which it turned out not to belong; one that stood on it alone goes."""
    key = str(db.execute("SELECT key FROM documents WHERE document = ?", (document,)).get)
    db.execute("DELETE FROM sources WHERE document = ? AND address = ?", (document, address))
    if not db.execute("SELECT EXISTS (SELECT 1 FROM sources WHERE document = ?)", (document,)).get:
        remove_document(db, document)
        settle_ids(db, key)


def free_id(db: apsw.Connection, new: Incoming, document: int | None) -> str:
    """The plain id of a key, unless another document has it."""
    plain = document_id(new.key.text)
    taken = db.execute("SELECT document FROM documents WHERE id = ?", (plain,)).get
    return plain if taken in (None, document) else document_id(new.key.text, new.wording)


def settle_ids(db: apsw.Connection, key: str) -> None:
    """Of several texts under one key, the one with the smallest address has the plain id, whatever came first."""
    sql = "SELECT document, id, wording, sort_key FROM documents WHERE key = ? ORDER BY address, wording"
    rows = list(db.execute(sql, (key,)))
    wanted = {row[0]: document_id(key, row[2] if rank else None) for rank, row in enumerate(rows)}
    moved = [row for row in rows if row[1] != wanted[row[0]]]
    for document, old, _, _ in moved:
        passing = sha256(f"{old} moving".encode()).hexdigest()
        db.execute("UPDATE documents SET id = ?1, sort_key = ?1 WHERE document = ?2", (passing, document))
    for document, old, _, order in moved:
        new = wanted[document]
        version = "(SELECT CAST(value AS INTEGER) + 1 FROM meta WHERE name = 'version')"
        sql = f"UPDATE documents SET id = ?, sort_key = ?, changed = {version} WHERE document = ?"
        db.execute(sql, (new, order.removesuffix(old) + new, document))
