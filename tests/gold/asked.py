"""Judged questions, asked of a fresh store that holds the shipped documents."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from graph.batch import ingest_paths
from graph.opening import open_store
from graph.protocol import Reader
from search.answers import SearchResult, WhoAnswer
from search.engine import Searcher
from search.who import who
from tests.gold.cases import POLICIES, shared
from tests.gold.questions import evaluate
from tests.graph.servers import held


class Asked:
    """Search and ``who`` over one store."""

    def __init__(self, reader: Reader, home: Path) -> None:
        self.searcher = Searcher(reader, home)

    def search(self, question: str, k: int) -> SearchResult:
        return self.searcher.search(question, k=k)

    def who(self, question: str) -> WhoAnswer:
        return who(self.searcher, question)


QUERIES = Path(__file__).parent / "queries"
"""Questions of our own: ``develop`` to work with; ``aside``, and ``fresh``, ``local``, ``untuned`` over other documents, to
measure with (nothing was ever set on the last)."""


def figures() -> dict[str, float]:
    """nDCG@10 by language and type, and ``who`` by document; empty where the questions are not there."""
    return _figures(shared() / "gold" / "queries_dev.json", [])


def own(name: str) -> dict[str, float]:
    """The same for a set of our own, over the documents that its list names; empty where these are not there."""
    own_list = QUERIES / f"{name}_documents.txt"
    listed = own_list if own_list.exists() else QUERIES / "documents.txt"
    return _figures(QUERIES / f"{name}.json", [shared() / line for line in listed.read_text("utf-8").splitlines()])


def on_server() -> dict[str, float]:
    """``figures`` over a Neo4j server that tests may empty; empty where none is named."""
    address = os.environ.get("ZHENGMAI_TEST_NEO4J")
    if not address:
        return {}
    with held(address):
        return _figures(shared() / "gold" / "queries_dev.json", [], address)


def _figures(file: Path, documents: list[Path], address: str | None = None) -> dict[str, float]:
    if not file.is_file() or not all(document.exists() for document in documents):
        return {}
    with tempfile.TemporaryDirectory() as folder, open_store(address or folder, write=True) as store:
        ingest_paths(store, [POLICIES, *documents])
        return evaluate(json.loads(file.read_text(encoding="utf-8")), Asked(store, Path(folder)))
