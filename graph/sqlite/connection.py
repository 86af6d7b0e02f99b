"""Connections: one for each thread, read-only or the writer's, with the settings every one needs."""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from graph.errors import StoreDamagedError, StoreMissingError

BUSY_MS = 10_000
CACHE_KIB = 16_384
PAGE_BYTES = 8_192
"""Of a new file: seven vectors of 256 dimensions fill a page, of the usual 4,096 bytes a quarter would stay empty."""

Row = tuple[Any, ...]


def open_connection(path: Path, write: bool) -> apsw.Connection:
    """A connection to the file. A reader never makes or changes it; foreign keys hold for the writer."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if write else apsw.SQLITE_OPEN_READONLY
    if not write and not path.exists():
        raise StoreMissingError(path)
    try:
        db = _open(path, flags)
        db.pragma("cache_size", -CACHE_KIB)
        if write:
            db.pragma("page_size", PAGE_BYTES)
            db.pragma("journal_mode", "wal")
            db.pragma("synchronous", 1)
            db.pragma("foreign_keys", 1)
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (apsw.NotADBError, apsw.CorruptError, apsw.CantOpenError) as error:
        raise StoreDamagedError(path, str(error)) from error
    return db


def _open(path: Path, flags: int) -> apsw.Connection:
    """Open, also from a folder that may not be written, where write-ahead logging has no place for its index."""
    db = apsw.Connection(str(path), flags=flags)
    db.set_busy_timeout(BUSY_MS)
    try:
        db.pragma("user_version")
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        if flags != apsw.SQLITE_OPEN_READONLY or path.with_name(path.name + "-wal").exists():
            raise
        db = apsw.Connection(f"{path.resolve().as_uri()}?immutable=1", flags=flags | apsw.SQLITE_OPEN_URI)
    return db


class Connections:
    """A read-only connection for each thread that asks; closed together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._all: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._closed = False

    def get(self) -> apsw.Connection:
        """This thread's connection."""
        db: apsw.Connection | None = getattr(self._own, "db", None)
        if db is None:
            if self._closed:
                raise apsw.ConnectionClosedError("the store is closed")
            db = self._own.db = open_connection(self.path, write=False)
            self._all.add(db)
        return db

    def close(self) -> None:
        self._closed = True
        for db in list(self._all):
            db.close()


@contextlib.contextmanager
def reading(db: apsw.Connection) -> Iterator[apsw.Connection]:
    """Several statements over one state of the store; inside a transaction, over that."""
    if db.in_transaction:
        yield db
        return
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.execute("ROLLBACK")


@contextlib.contextmanager
def writing(db: apsw.Connection) -> Iterator[apsw.Connection]:
    """One transaction: all of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
