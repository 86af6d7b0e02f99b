"""SQL that a researcher writes, over a connection that can only read this file's tables, for a limited time."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from graph.querying import SECONDS, Collected, QueryError, QueryResult, allowed, check_length
from graph.sqlite.connection import open_connection

STEPS = 2_000
"""Instructions of SQLite's machine between two looks at the clock."""
LIMITS = {
    apsw.SQLITE_LIMIT_LENGTH: 4_000_000,
    apsw.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    apsw.SQLITE_LIMIT_EXPR_DEPTH: 100,
    apsw.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    apsw.SQLITE_LIMIT_COLUMN: 200,
    apsw.SQLITE_LIMIT_FUNCTION_ARG: 30,
    apsw.SQLITE_LIMIT_ATTACHED: 0,
    apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    apsw.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    apsw.SQLITE_LIMIT_WORKER_THREADS: 0,
}
ACTIONS = {apsw.SQLITE_SELECT, apsw.SQLITE_RECURSIVE}
BESIDE = {"sqlite_master", "sqlite_schema", "json_each", "json_tree"}
"""What may be read besides the store's own tables and views."""
FUNCTIONS = allowed("sql", "functions")


def query(path: Path, statement: str, limit: int) -> QueryResult:
    """The answer to one statement. Raises ``QueryError``."""
    check_length(statement)
    db = open_connection(path, write=False)
    try:
        return _run(db, statement, limit)
    except (apsw.Error, apsw.ExecTraceAbort, UnicodeError) as error:
        raise QueryError(_reason(error), _position(error, statement)) from error
    finally:
        db.close()


def _run(db: apsw.Connection, statement: str, limit: int) -> QueryResult:
    found = Collected(limit)
    tables = {str(name).lower() for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    with _fenced(db, tables | BESIDE):
        cursor = db.cursor()
        columns: list[str] = []
        cursor.exec_trace = _only_one(columns)
        for row in cursor.execute(statement):
            if not found.add(tuple(_plain(value) for value in row)):
                break
        cursor.close(True)
    return QueryResult(language="SQL", columns=tuple(columns), rows=tuple(found.rows), truncated=found.truncated)


@contextlib.contextmanager
def _fenced(db: apsw.Connection, tables: set[str]) -> Iterator[None]:
    """A connection that reads these tables, calls known functions, and stops in time."""
    for kind, value in LIMITS.items():
        db.limit(kind, value)
    db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    db.create_scalar_function("like", _like, deterministic=True)
    end = time.monotonic() + SECONDS

    def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in ACTIONS:
            return apsw.SQLITE_OK
        if action == apsw.SQLITE_READ and (first or "").lower() in tables:
            return apsw.SQLITE_OK
        if action == apsw.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS:
            return apsw.SQLITE_OK
        return apsw.SQLITE_DENY

    db.authorizer = allow
    db.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    yield


def _only_one(columns: list[str]) -> Any:
    """A trace that stops a second statement, and anything that is not a query; it notes the names of the columns."""

    def trace(cursor: Any, *_: Any) -> bool:
        first = not columns
        columns.extend(name for name, *_ in cursor.get_description())
        return bool(first and columns and cursor.is_readonly and not cursor.is_explain)

    return trace


def _like(*given: Any) -> int | None:
    """Whether a text is LIKE a pattern, in time that grows with the text only: SQLite's own can run for hours.

    Given are pattern, text and perhaps the character that escapes.
    """
    pattern, text = given[:2]
    if pattern is None or text is None:
        return None
    text = str(text).lower()
    first, *rest = _parts(str(pattern).lower(), str(given[2]).lower() if len(given) > 2 else None)
    at = first.match(text)
    if at is None or not rest:
        return int(at is not None and at.end() == len(text))
    place = at.end()
    for part in rest[:-1]:
        found = part.search(text, place)
        if found is None:
            return 0
        place = found.end()
    start = len(text) - _width(rest[-1])
    return int(start >= place and rest[-1].match(text, start) is not None)


def _parts(pattern: str, escape: str | None) -> list[re.Pattern[str]]:
    """What stands between the ``%`` of a pattern, each of fixed length."""
    pieces, taken = [""], False
    for character in pattern:
        if taken:
            pieces[-1] += re.escape(character)
            taken = False
        elif character == escape:
            taken = True
        elif character == "%":
            pieces.append("")
        else:
            pieces[-1] += "." if character == "_" else re.escape(character)
    return [re.compile(piece, re.DOTALL) for piece in pieces]


def _width(part: re.Pattern[str]) -> int:
    """How many characters a part of fixed length takes."""
    return len(re.sub(r"\\(.)", r"\1", part.pattern, flags=re.DOTALL))


def _plain(value: Any) -> Any:
    return f"({len(value)} bytes)" if isinstance(value, bytes) else value


def _position(error: Exception, statement: str) -> int | None:
    """Where SQLite, which counts bytes, met what it could not read."""
    offset = getattr(error, "error_offset", -1)
    return len(statement.encode()[:offset].decode(errors="ignore")) if offset >= 0 else None


def _reason(error: Exception) -> str:
    if isinstance(error, apsw.InterruptError):
        return f"The statement took more than {SECONDS:g} seconds. Ask for less, or start from a column with an index."
    if isinstance(error, apsw.ExecTraceAbort):
        return "One SELECT, and nothing else, is allowed."
    if isinstance(error, apsw.AuthError) or "not authorized" in str(error) or "prohibited" in str(error):
        return f"Only SELECT over the store's tables and views is allowed ({error})."
    return f"The statement is wrong: {error}"
