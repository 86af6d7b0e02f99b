"""A Neo4j server that tests may empty: one test at a time has it, whatever process it runs in."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from graph.identity import digest
from graph.neo4j.address import parse
from graph.neo4j.connection import KEEP_PLAN, Server

CLEAR = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
FIRST_WORDS = ("MATCH", "UNWIND", "CALL", "RETURN", "OPTIONAL")


def empty(address: str) -> None:
    """Take everything out of the server's database; its indexes stay."""
    server = Server(parse(address))
    try:
        server.schema(CLEAR)
    finally:
        server.close()


@contextlib.contextmanager
def held(address: str, *, plans: bool = True) -> Iterator[str]:
    """The server, empty, for this test alone; without ``plans`` it plans queries as it does for users."""
    lock = FileLock(Path(tempfile.gettempdir()) / f"zhengmai-test-{digest(address)}.lock")
    with lock, kept_plans() if plans else contextlib.nullcontext():
        empty(address)
        yield address


@contextlib.contextmanager
def kept_plans() -> Iterator[None]:
    """The server plans each query once. It would plan all of them anew for each test, for every store grows from nothing, and
    that takes ten times as long as to run them; what they answer is the same."""
    alone = Server._alone

    def planned_once(self: Server, query: str, values: dict[str, Any]) -> list[Any] | None:
        return alone(self, KEEP_PLAN + query if query.startswith(FIRST_WORDS) else query, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Server, "_alone", planned_once)
        yield
