"""Schema by numbered files, forward only. Their statements may be run again, so that a run that was cut short is completed."""

from __future__ import annotations

import re
from pathlib import Path

from graph.errors import StoreDamagedError, StoreMissingError, StoreOutdatedError, StoreTooNewError
from graph.neo4j.connection import AWAIT_INDEXES, Server

FOLDER = Path(__file__).with_name("migrations")
FAILED = """SHOW INDEXES YIELD name, state, owningConstraint, createStatement
WHERE state = 'FAILED' AND owningConstraint IS NULL RETURN name, createStatement"""
BEGIN = """MERGE (s:Meta {name: 'schema'}) ON CREATE SET s.value = '0', s.caption = 'schema'
MERGE (v:Meta {name: 'version'}) ON CREATE SET v.value = '0', v.number = 0, v.caption = 'version'"""


def migrations(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Number and file of each migration, in order."""
    return sorted((int(path.name[:3]), path) for path in folder.glob("*.cypher") if re.match(r"\d{3}_", path.name))


def statements(script: str) -> list[str]:
    """The statements of a migration, without comments."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("//")]
    return [part.strip() for part in "\n".join(lines).split(";\n") if part.strip(" ;\n")]


def check_schema(server: Server, folder: Path = FOLDER) -> None:
    """Raise unless a reader of this program can read the store."""
    found, known = _version(server), migrations(folder)[-1][0]
    if found == 0:
        raise StoreMissingError(server.address.shown)
    if found > known:
        raise StoreTooNewError(server.address.shown, found, known)
    if found < known:
        raise StoreOutdatedError(server.address.shown, found, known)


def migrate(server: Server, folder: Path = FOLDER) -> None:
    """Bring the store to the newest schema; an empty database becomes a store."""
    found, steps = _version(server), migrations(folder)
    if found > steps[-1][0]:
        raise StoreTooNewError(server.address.shown, found, steps[-1][0])
    _make_failed_again(server)
    for number, script in steps:
        if number > found:
            for statement in statements(script.read_text(encoding="utf-8")):
                server.schema(statement.rstrip(";"))
            server.schema(AWAIT_INDEXES)
            server.write(lambda t, n=number: t.run(f"{BEGIN} SET s.value = $value", value=str(n)).consume())  # type: ignore[misc]


def _make_failed_again(server: Server) -> None:
    """Make the indexes again that the server could not fill, those of vectors too."""
    failed = server.rows(FAILED)
    for name, statement in failed:
        server.schema(f"DROP INDEX {name} IF EXISTS")
        server.schema(statement)
    if failed:
        server.schema(AWAIT_INDEXES)


def _version(server: Server) -> int:
    """The schema's number, 0 for an empty database; another program's is refused."""
    found = server.one("MATCH (m:Meta {name: 'schema'}) RETURN m.value")
    if found is None and server.one("MATCH (n) RETURN count(n)"):
        raise StoreDamagedError(server.address.shown, "it is a database of another program")
    return int(found or 0)
