"""Schema by numbered files, forward only, after a backup."""

from __future__ import annotations

import re
from pathlib import Path

import apsw

from graph.errors import StoreDamagedError, StoreOutdatedError, StoreTooNewError
from graph.sqlite.connection import writing

FOLDER = Path(__file__).with_name("migrations")
APPLICATION_ID = 0x7A6D6169
"""``zmai``: marks the file as a store."""


def migrations(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Number and file of each migration, in order."""
    return sorted((int(path.name[:3]), path) for path in folder.glob("*.sql") if re.match(r"\d{3}_", path.name))


def check_schema(db: apsw.Connection, path: Path, folder: Path = FOLDER) -> None:
    """Raise unless a reader of this program can read the store."""
    found, known = _version(db, path), migrations(folder)[-1][0]
    if found > known:
        raise StoreTooNewError(path, found, known)
    if found < known:
        raise StoreOutdatedError(path, found, known)


def migrate(db: apsw.Connection, path: Path, folder: Path = FOLDER) -> None:
    """Bring the store to the newest schema, each step one transaction; a store with content is backed up before."""
    steps = migrations(folder)
    found, known = _version(db, path), steps[-1][0]
    if found > known:
        raise StoreTooNewError(path, found, known)
    if 0 < found < known:
        _back_up(db, path.with_name(f"{path.stem}.schema{found}.backup.db"))
    for number, script in steps:
        if number > found:
            with writing(db):
                db.execute(script.read_text(encoding="utf-8"))
                db.execute(f"PRAGMA user_version = {number}")
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _version(db: apsw.Connection, path: Path) -> int:
    """The schema's number, 0 for an empty file; another program's database is refused."""
    tables = db.execute("SELECT count(*) FROM sqlite_schema").get
    if tables and db.pragma("application_id") != APPLICATION_ID:
        raise StoreDamagedError(path, "it is a database of another program")
    return int(str(db.pragma("user_version")))


def _back_up(db: apsw.Connection, target: Path) -> None:
    """A complete copy, made under a passing name so that a torn one is never taken for a backup."""
    passing = target.with_suffix(".part")
    passing.unlink(missing_ok=True)
    copy = apsw.Connection(str(passing))
    with copy.backup("main", db, "main") as backup:
        backup.step()
    copy.close()
    passing.replace(target)
