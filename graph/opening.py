"""The one door to a store: its address chooses the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

import settings
from graph.errors import UnknownAddressError
from graph.neo4j.address import is_server, parse, without_password

if TYPE_CHECKING:
    from graph.protocol import Reader, Store

FILE_NAME = "zhengmai.db"


@overload
def open_store(address: str | Path | None = None, write: Literal[False] = False) -> Reader: ...
@overload
def open_store(address: str | Path | None = None, *, write: Literal[True]) -> Store: ...
@overload
def open_store(address: str | Path | None, write: Literal[True]) -> Store: ...


def open_store(address: str | Path | None = None, write: bool = False) -> Reader | Store:
    """The store at ``address``: a folder, a ``.db`` file, a Neo4j server, or null for the one the settings name.

    A writer makes the store when there is none and brings its schema up to date. Raises ``graph.errors.StoreError``.
    """
    chosen = str(address if address is not None else settings.STORE.value)
    if is_server(chosen):
        from graph.neo4j.reader import Neo4jReader
        from graph.neo4j.store import Neo4jStore

        return Neo4jStore(parse(chosen)) if write else Neo4jReader(parse(chosen))
    from graph.sqlite.reader import SqliteReader
    from graph.sqlite.store import SqliteStore

    path = store_path(address)
    return SqliteStore(path) if write else SqliteReader(path)


def store_path(address: str | Path | None = None) -> Path:
    """The file of an embedded store."""
    chosen = str(address if address is not None else settings.STORE.value)
    if "://" in chosen:
        raise UnknownAddressError(without_password(chosen))
    folder = Path(chosen).expanduser() if chosen else settings.home()
    return folder if folder.suffix == ".db" else folder / FILE_NAME
