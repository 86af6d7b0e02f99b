"""What opening or writing a store can raise.

::

    StoreError
    ├── StoreMissingError     nothing was ingested yet
    ├── StoreBusyError        another process writes
    ├── StoreTooNewError      made by a newer version of the program
    ├── StoreOutdatedError    made by an older version; the next writer brings it up to date
    ├── StoreDamagedError     the file is not a store, or is broken
    ├── StoreAwayError        the server does not answer
    ├── StoreRefusedError     the server refuses the login or the database
    └── UnknownAddressError   no engine for this address
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


class StoreError(Exception):
    """Base of all. The message says what is wrong and what to do."""


class StoreMissingError(StoreError):
    """There is no store yet."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path}: there is no store yet. Make one with: zhengmai ingest PATH…")


class StoreBusyError(StoreError):
    """Another process holds the writer's lock."""

    def __init__(self, home: Path, holder: Mapping[str, object]) -> None:
        who = f"process {holder['pid']}, since {holder.get('since')}" if "pid" in holder else "another process"
        super().__init__(f"{home}: the store is being written by {who}. Wait until it has finished, or stop it.")


class StoreTooNewError(StoreError):
    """The schema is newer than this program knows."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: the store has schema {found}, newer than this program's {known}. "
            "Bring the program up to date, or set ZHENGMAI_HOME to another folder."
        )


class StoreOutdatedError(StoreError):
    """The schema is older than this program needs, and this process may not change it."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: the store has schema {found}, this program needs {known}. Bring it up to date with: zhengmai refresh"
        )


class StoreDamagedError(StoreError):
    """The file cannot be read as a store."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"{path}: cannot be read as a store ({reason}). Restore a backup, or move the file away and ingest again."
        )


class StoreAwayError(StoreError):
    """The server of the store does not answer."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"{address}: the server does not answer ({reason}). Start it, or check ZHENGMAI_STORE; "
            "work goes on when it is back."
        )


class StoreRefusedError(StoreError):
    """The server answers, but does not let us in."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: the server refuses ({reason}). Check user, password and database in ZHENGMAI_STORE.")


class UnknownAddressError(StoreError):
    """The address names no engine that there is."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address}: no store of this kind. Give a folder, the path of a .db file, neo4j://user:password@host, "
            "or leave ZHENGMAI_STORE empty."
        )
