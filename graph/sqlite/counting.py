"""What the store is as a whole: its version, counts and revisions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import apsw

from graph.protocol import Counts

REMEMBERED = 1_000

TABLES = {
    "documents": "SELECT count(*) FROM documents",
    "sources": "SELECT count(*) FROM sources",
    "provisions": "SELECT count(*) FROM provisions",
    "measures": "SELECT coalesce(sum(measures), 0) FROM documents",
    "departments": "SELECT count(*) FROM departments WHERE NOT generic AND duties > 0",
    "responsibilities": "SELECT count(*) FROM responsibilities",
    "citations": "SELECT count(*) FROM citations",
    "instruments": "SELECT count(*) FROM instruments WHERE documents > 0",
    "targets": "SELECT count(*) FROM targets",
    "programmes": "SELECT count(*) FROM programmes",
    "jurisdictions": "SELECT count(DISTINCT jurisdiction) FROM documents",
    "not_understood": "SELECT count(*) FROM passages WHERE kind = 'not_understood'",
}


class Totals:
    """How many rows a question has, remembered until the store changes: counting grows with the store, a page does not."""

    def __init__(self) -> None:
        self._version = -1
        self._known: dict[tuple[Any, ...], int] = {}
        self._lock = threading.Lock()

    def count(self, db: apsw.Connection, tail: str, values: Sequence[Any]) -> int:
        """``SELECT count(*)`` with this ``FROM … WHERE …``."""
        now, question = version(db), (tail, *values)
        with self._lock:
            if now != self._version or len(self._known) > REMEMBERED:
                self._version, self._known = now, {}
            found = self._known.get(question)
        if found is None:
            found = int(db.execute(f"SELECT count(*) {tail}", tuple(values)).get or 0)
            with self._lock:
                if self._version == now:
                    self._known[question] = found
        return found


def counts(db: apsw.Connection) -> Counts:
    """What the store holds, by kind."""
    return Counts(**{name: int(db.execute(sql).get or 0) for name, sql in TABLES.items()})


def meta(db: apsw.Connection, name: str) -> str | None:
    """A fact about the store itself."""
    found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).get
    return None if found is None else str(found)


def version(db: apsw.Connection) -> int:
    """Grows with every change of the store."""
    return int(meta(db, "version") or 0)


def decisions(db: apsw.Connection) -> list[str]:
    """What readers have decided: corrections of fields, and which texts are the same."""
    return [
        "\x1f".join(row)
        for table in ("field_corrections", "likeness_decisions")
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    ]


def revisions(db: apsw.Connection) -> list[tuple[str, str, str]]:
    """Id, revision and extractor of every document, by id."""
    return [
        (one, revision, by) for one, revision, by in db.execute("SELECT id, revision, extractor FROM documents ORDER BY id")
    ]
