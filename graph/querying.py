"""Statements that researchers write themselves: what they may cost, and what they answer, whatever the engine."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any, Literal

from graph.errors import StoreError
from graph.rows import Row

SECONDS = 10.0
ROWS = 1_000
BYTES = 8_000_000
"""Text that an answer may hold; the rows after it are cut off."""
LONGEST = 20_000
"""Characters of a statement."""


class QueryError(StoreError):
    """The statement is not allowed, wrong, or took too long; the message says which, and ``position`` where, from 0."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message if position is None else f"{message} (character {position + 1})")
        self.position = position


Language = Literal["SQL", "Cypher"]


class QueryResult(Row, frozen=True, kw_only=True):
    """A table. ``truncated`` when there were more rows than were asked for, or more text than an answer may hold."""

    language: Language
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool


@functools.cache
def allowed(language: str, kind: str) -> frozenset[str]:
    """The names of one kind that statements may call, in lower case."""
    tables = tomllib.loads(Path(__file__).with_name("allowed_in_queries.toml").read_text(encoding="utf-8"))
    return frozenset(tables[language][kind])


class Collected:
    """Rows as they come, until there are enough."""

    def __init__(self, limit: int) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.truncated = False
        self._limit = min(limit, ROWS)
        self._bytes = 0

    def add(self, row: tuple[Any, ...]) -> bool:
        """Whether the row was taken; the first that is not ends the answer."""
        self._bytes += sum(map(_size, row))
        if len(self.rows) >= self._limit or self._bytes > BYTES:
            self.truncated = True
            return False
        self.rows.append(row)
        return True


def check_length(statement: str) -> None:
    """Raise ``QueryError`` for a statement that is empty or too long."""
    if not statement.strip():
        raise QueryError("There is no statement.")
    if len(statement) > LONGEST:
        raise QueryError(f"The statement has {len(statement)} characters, more than {LONGEST}.")


def _size(value: Any) -> int:
    if isinstance(value, str):
        return 3 * len(value)
    if isinstance(value, (list, tuple)):
        return 8 + sum(map(_size, value))
    if isinstance(value, dict):
        return 8 + sum(_size(name) + _size(one) for name, one in value.items())
    return 8
