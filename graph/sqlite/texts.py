"""The text of a document as the store holds it."""

from __future__ import annotations

import apsw

from graph.identity import content_of
from ingest.records import DocumentFields, Extraction, Passage


def passages_held(db: apsw.Connection, document: int, kind: str | None = None) -> tuple[Passage, ...]:
    """Labelled stretches of a text, in its order."""
    sql = """SELECT start_offset, end_offset, label FROM passages WHERE document = ?1 AND (?2 IS NULL OR kind = ?2)
        ORDER BY start_offset, end_offset, label"""
    return tuple(Passage(start=s, end=e, label=label) for s, e, label in db.execute(sql, (document, kind)))


def text_held(db: apsw.Connection, document: int) -> str:
    """The source text, verbatim."""
    return str(db.execute("SELECT text FROM texts WHERE document = ?", (document,)).get)


def content_held(db: apsw.Connection, document: int) -> str:
    """What identity compares: the text without furniture and white space."""
    boilerplate = passages_held(db, document, "boilerplate")
    return content_of(
        Extraction(file="", source_text=text_held(db, document), document=DocumentFields(), boilerplate=boilerplate)
    )
