"""What every resource needs: an open reader, and a searcher that is made when first asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from graph.protocol import Reader

if TYPE_CHECKING:
    from search.engine import Searcher


class Context:
    """One process's view of the store. Safe to use from several threads; open it after a fork, never before."""

    def __init__(self, reader: Reader, searcher: Searcher | None = None, *, home: Path | None = None) -> None:
        self.reader = reader
        self.home = home or settings.home()
        self._searcher = searcher
        self._making = threading.Lock()

    @property
    def searcher(self) -> Searcher:
        """The search engine over this reader; loading it takes a moment the first time."""
        with self._making:
            if self._searcher is None:
                from search.engine import Searcher

                self._searcher = Searcher(self.reader, self.home)
            return self._searcher

    def close(self) -> None:
        """Close the reader."""
        self.reader.close()


def open_context(address: str | None = None) -> Context:
    """A context over the store at ``address`` (null: the one of the settings). Raises what ``graph.opening`` raises."""
    from graph.opening import open_store

    return Context(open_store(address))
