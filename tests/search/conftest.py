from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.opening import open_store
from graph.protocol import Reader
from search.engine import Searcher


@pytest.fixture(scope="session")
def searcher(shipped_home: Path) -> Iterator[Searcher]:
    """A searcher over the shipped documents, without caches on disk."""
    reader: Reader = open_store(shipped_home)
    yield Searcher(reader, shipped_home)
    reader.close()
