"""How many rows a question has, remembered until the store changes: counting grows with the store, a page does not."""

from __future__ import annotations

import threading
from typing import Any

from graph.neo4j.connection import Server

REMEMBERED = 1_000
VERSION = "MATCH (m:Meta {name: 'version'}) RETURN m.number"


class Totals:
    """Counts of one store, as of its present version. Safe to use from several threads."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._version = -1
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, query: str, values: dict[str, Any]) -> int:
        """The number that the query returns."""
        now, question = int(self._server.one(VERSION) or 0), repr((query, sorted(values.items())))
        with self._lock:
            if now != self._version or len(self._known) > REMEMBERED:
                self._version, self._known = now, {}
            found = self._known.get(question)
        if found is None:
            found = int(self._server.one(query, **values) or 0)
            with self._lock:
                if self._version == now:
                    self._known[question] = found
        return found
