"""Pages, and how many rows a question has in all: remembered until the store changes, for counting grows with the store."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from graph.neo4j.connection import Server

REMEMBERED = 1_000
VERSION = "MATCH (m:Meta {name: 'version'}) RETURN m.number"
PAGE = """MATCH (m:Meta {{name: 'version'}}) CALL () {{
    {match} WITH * ORDER BY {order} SKIP $offset LIMIT $limit RETURN collect({returned}) AS rows }}
RETURN m.number, rows"""
"""One record whatever the page: records cost more than what is in them."""


@dataclass(frozen=True)
class Question:
    """Clauses that bind variables to each row that counts, the order, what a row is returned as, and how all are counted."""

    match: str
    order: str
    returned: str
    count: str
    values: dict[str, Any] = field(default_factory=dict)


class Totals:
    """Counts of one store, as of its present version. Safe to use from several threads."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._version = -1
        self._known: dict[str, Any] = {}
        self._lock = threading.Lock()

    def page(self, asked: Question, offset: int, limit: int) -> tuple[list[Any], int]:
        """The rows of a page, and how many there are in all; a page that is not full tells both at once."""
        query = PAGE.format(match=asked.match, order=asked.order, returned=asked.returned)
        found = self._server.rows(query, **asked.values, offset=offset, limit=limit)
        now, rows = found[0] if found else (0, [])
        if len(rows) < limit and (rows or not offset):
            return rows, offset + len(rows)
        return rows, int(self._remembered(now, asked.count, asked.values) or 0)

    def remembered(self, query: str, values: dict[str, Any]) -> Any:
        """The first value of a query that grows with the store."""
        return self._remembered(int(self._server.one(VERSION) or 0), query, values)

    def _remembered(self, now: int, query: str, values: dict[str, Any]) -> Any:
        question = repr((query, sorted(values.items())))
        with self._lock:
            if now != self._version or len(self._known) > REMEMBERED:
                self._version, self._known = now, {}
            found = self._known.get(question)
        if found is None:
            found = self._server.one(query, **values)
            with self._lock:
                if self._version == now:
                    self._known[question] = found
        return found
