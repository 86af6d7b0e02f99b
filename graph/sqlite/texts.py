"""The text of a document as the store holds it."""

from __future__ import annotations

import apsw

from ingest.records import Locator, Passage
from ingest.source_text import squeeze


def passages_held(db: apsw.Connection, document: int, kind: str | None = None) -> tuple[Passage, ...]:
    """Labelled stretches of a text, in its order."""
    sql = """SELECT start_offset, end_offset, label FROM passages WHERE document = ?1 AND (?2 IS NULL OR kind = ?2)
        ORDER BY start_offset, end_offset, label"""
    return tuple(Passage(start=s, end=e, label=label) for s, e, label in db.execute(sql, (document, kind)))


def locators_held(db: apsw.Connection, document: int) -> tuple[Locator, ...]:
    """Where the stretches of a text stood in its file, in its order."""
    sql = "SELECT start_offset, end_offset, kind, label FROM locators WHERE document = ? ORDER BY start_offset, kind, label"
    return tuple(Locator(start=s, end=e, kind=kind, label=label) for s, e, kind, label in db.execute(sql, (document,)))


def text_held(db: apsw.Connection, document: int) -> str:
    """The source text, verbatim."""
    return str(db.execute("SELECT text FROM texts WHERE document = ?", (document,)).get)


def body_held(db: apsw.Connection, document: int) -> str:
    """What identity compares: ``graph.identity.body_of`` of the text held."""
    first, last = db.execute("SELECT min(start_offset), max(end_offset) FROM provisions WHERE document = ?", (document,)).get
    return squeeze(text_held(db, document)[first:last])
