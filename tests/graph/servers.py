"""A Neo4j server that tests may empty: one test at a time has it, whatever process it runs in."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from graph.identity import digest
from graph.neo4j.address import parse
from graph.neo4j.connection import Server

CLEAR = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


def empty(address: str) -> None:
    """Take everything out of the server's database; its indexes stay."""
    server = Server(parse(address))
    try:
        server.schema(CLEAR)
    finally:
        server.close()


@contextlib.contextmanager
def held(address: str) -> Iterator[str]:
    """The server, empty, for this test alone."""
    with FileLock(Path(tempfile.gettempdir()) / f"zhengmai-test-{digest(address)}.lock"):
        empty(address)
        yield address
        empty(address)
