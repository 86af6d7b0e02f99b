"""The store that search is measured over: that of ``ZHENGMAI_BENCH_HOME``, by default ``var/bench``, filled once.

It holds the statutes of the corpus where that lies beside the checkout (reading them takes minutes), else what is shipped.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.batch import embed_missing, ingest_paths
from graph.opening import open_store
from graph.protocol import ProvisionRow
from ingest.embedding import load
from ingest.tokens import bigrams, words
from search import caches
from search.engine import Searcher
from settings import ROOT
from tests.bench import Row
from tests.gold.cases import POLICIES, shared

LARGE = 50_000
"""Passages from which on bars hold."""


def home() -> Path:
    """The folder of the store."""
    return Path(os.environ.get("ZHENGMAI_BENCH_HOME", "") or ROOT / "var" / "bench")


@contextlib.contextmanager
def opened() -> Iterator[Any]:
    """The store, filled and with its caches in force."""
    laws = shared() / "corpus" / "laws"
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(folder, write=True) as store:
        if not store.counts().provisions:
            ingest_paths(store, [laws if laws.is_dir() else POLICIES], jobs=os.cpu_count() or 1)
        embed_missing(store, load())
        caches.refresh(store, folder, load().name)
        yield store


@dataclass(frozen=True)
class Measured:
    """A store, its searcher, its passages in the order of their ids, and their vectors."""

    store: Any
    searcher: Searcher
    passages: list[ProvisionRow]
    matrix: NDArray[np.float32]

    def row(self, what: str, figure: str, bar: str, kept: bool) -> Row:
        """A measurement, with its bar where there is enough to search: over a few documents all is understanding."""
        return Row(what, figure, bar, kept) if len(self.passages) >= LARGE else Row(what, figure)


def measured(store: Any) -> Measured:
    """Everything that is measured over a store, in memory."""
    passages = list(store.all_provisions())
    vectors = store.vectors(load().name)
    place = {identifier: row for row, identifier in enumerate(vectors.ids)}
    matrix = vectors.matrix[[place[row.id] for row in passages]]
    return Measured(store, Searcher(store, home()), passages, matrix)


class BareKeywords:
    """Tantivy alone: BM25 over words and bigrams of the passages, and nothing else."""

    def __init__(self, passages: list[ProvisionRow]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", indexed=False, fast=True)
        for field in ("words", "bigrams"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(256_000_000, 1)
        for number, row in enumerate(passages):
            entry = tantivy.Document(words=" ".join(words(row.text)), bigrams=" ".join(bigrams(row.text)))
            entry.add_unsigned("number", number)
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._tantivy = tantivy

    def query(self, question: str) -> Any:
        """Any of the question's tokens, as it was typed."""
        make, should = self._tantivy.Query, self._tantivy.Occur.Should
        streams = (("words", words(question)), ("bigrams", bigrams(question)))
        terms = [(field, token) for field, tokens in streams for token in dict.fromkeys(tokens)]
        return make.boolean_query([(should, make.term_query(self._schema, field, token, "freq")) for field, token in terms])

    def search(self, query: Any, k: int = 10) -> list[int]:
        """Numbers of the ``k`` best passages."""
        hits = self._searcher.search(query, limit=k, count=False).hits
        return self._searcher.fast_field_values("number", [address for _, address in hits])  # type: ignore[no-any-return]
