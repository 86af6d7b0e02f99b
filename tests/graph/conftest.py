from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from graph.opening import open_store
from graph.protocol import Loaded, Store
from ingest.records import Extraction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store that may be written."""
    opened = open_store(tmp_path / "home", write=True)
    yield opened
    opened.close()


def put(store: Store, extraction: Extraction, address: str = "a.txt") -> Loaded:
    """Load an extraction as if it came from a file of its text."""
    loaded = store.load(extraction, extraction.source_text.encode(), address=address)
    store.relink()
    return loaded


def exported(store: Store) -> bytes:
    """The export as the command prints it."""
    return b"\n".join(msgspec.json.encode(line, order="sorted") for line in store.export())


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """A maker of empty stores."""
    made: list[Store] = []

    def make() -> Store:
        made.append(open_store(tmp_path / f"home{len(made)}", write=True))
        return made[-1]

    yield make
    for one in made:
        one.close()
