"""How fast and how well a search finds what is known to be there, against its own engines bare and against txtai.

Over the store at ``ZHENGMAI_BENCH_HOME`` (a large one is worth measuring), else over the shipped documents.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.batch import ingest_paths
from graph.opening import open_store
from graph.protocol import ProvisionRow, Reader
from ingest.embedding import load
from ingest.tokens import words
from search import caches
from search.candidates import Alternative, Group
from search.engine import Searcher
from tests.bench import Row
from tests.gold.cases import POLICIES

SEED = 7
ITEMS = 150
RATIO = 3.0
TXTAI_LARGEST = 30_000
"""Passages given to txtai: its build time is compared over so many."""
Questions = list[tuple[str, str]]


def rows() -> Iterator[Row]:
    """Latency, ranks of known items, build time and memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(os.environ.get("ZHENGMAI_BENCH_HOME", "") or folder)
        store: Any = open_store(home, write=True)
        if not store.counts().provisions:
            ingest_paths(store, [POLICIES])
        caches.refresh(store, home, load().name)
        searcher = Searcher(store, home)
        yield from measured(store, searcher)
        store.close()
    yield Row("memory of the process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def measured(reader: Reader, searcher: Searcher) -> Iterator[Row]:
    """Every figure over one store."""
    sample = known_items(reader)
    for name, questions in (("T1", words_of(sample)), ("T2", thinned(sample)), ("T4", fragments(sample))):
        ours = ranks(questions, lambda question: [one.row.id for one in searcher.find(searcher.understand(question), k=10)])
        bare = ranks(questions, lambda question: bare_keywords(searcher, question))
        yield Row(f"{name}: mean reciprocal rank, ours / bare tantivy", f"{ours:.3f} / {bare:.3f}")
    yield from latency(searcher, [question for question, _ in words_of(sample)])
    yield from beside_txtai(reader, searcher, sample)


def known_items(reader: Reader) -> list[ProvisionRow]:
    """Provisions long enough to be asked for, drawn with a fixed seed."""
    ids = sorted(reader.provision_ids())
    drawn = random.Random(SEED).sample(ids, min(len(ids), ITEMS * 4))
    return [row for row in reader.provisions(drawn) if len(row.text) >= 60 and row.provision.role == "measure"][:ITEMS]


def words_of(sample: Sequence[ProvisionRow]) -> Questions:
    """T1: five content words."""
    drawn = random.Random(SEED)
    long = [(list(dict.fromkeys(word for word in words(row.text) if len(word) > 1)), row.id) for row in sample]
    return [(" ".join(drawn.sample(found, 5)), identifier) for found, identifier in long if len(found) >= 5]


def thinned(sample: Sequence[ProvisionRow]) -> Questions:
    """T2: a sentence with four words in ten left out."""
    drawn = random.Random(SEED)
    sentences = [(max(row.text.split("。"), key=len)[:60], row.id) for row in sample]
    return [("".join(word for word in words(text) if drawn.random() > 0.4), identifier) for text, identifier in sentences]


def fragments(sample: Sequence[ProvisionRow]) -> Questions:
    """T4: ten to fourteen characters from the middle."""
    drawn = random.Random(SEED)
    made = []
    for row in sample:
        start = drawn.randrange(20, len(row.text) - 20)
        made.append((row.text[start : start + drawn.randint(10, 14)].replace("\n", ""), row.id))
    return made


def ranks(questions: Questions, find: Callable[[str], list[str]]) -> float:
    """Mean reciprocal rank of the known item among the first ten."""
    found = [(find(question), identifier) for question, identifier in questions]
    return statistics.mean(1 / (ids.index(identifier) + 1) if identifier in ids[:10] else 0.0 for ids, identifier in found)


def bare_keywords(searcher: Searcher, question: str) -> list[str]:
    """Tantivy alone, over the question as typed."""
    return list(searcher.indexes.words.search([Group((Alternative(question),))], 10))


def latency(searcher: Searcher, questions: Sequence[str]) -> Iterator[Row]:
    """A whole search against the time of the two engines for the same question."""
    indexes, model = searcher.indexes, searcher.model
    vectors = [model.encode([question], kind="query")[0] for question in questions]
    ours = timed(questions, searcher.search)
    keywords = timed(questions, lambda question: bare_keywords(searcher, question))
    meanings = timed(vectors, lambda vector: indexes._meanings.search(vector, 10))
    ratio = ours / (keywords + meanings)
    figure = f"{ours * 1000:.1f} ms = {ratio:.1f} × ({keywords * 1000:.1f} + {meanings * 1000:.1f})"
    yield Row("search p50 / (tantivy + FAISS)", figure, f"≤ {RATIO}", ratio <= RATIO)


def timed(questions: Sequence[Any], ask: Callable[[Any], object]) -> float:
    """The median of one pass, after a first question that opens what is opened lazily."""
    ask(questions[0])
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def beside_txtai(reader: Reader, searcher: Searcher, sample: Sequence[ProvisionRow]) -> Iterator[Row]:
    """Build and search of txtai with the same vectors and hybrid search; skipped where it is not installed."""
    if importlib.util.find_spec("txtai") is None:
        yield Row("txtai", "not installed, not compared")
        return
    embeddings: Any = importlib.import_module("txtai").Embeddings
    passages = [row for _, row in zip(range(TXTAI_LARGEST), reader.all_provisions(), strict=False)]
    model = searcher.model
    theirs = embeddings(method="external", transform=lambda texts: model.encode(list(texts)), hybrid=True, content=False)
    start = time.perf_counter()
    theirs.index((row.id, " ".join(words(row.text)), None) for row in passages)
    built = time.perf_counter() - start
    start = time.perf_counter()
    _build_ours(passages, model)
    own = time.perf_counter() - start
    yield Row(f"index of {len(passages)} passages, ours / txtai", f"{own:.1f} / {built:.1f} s", "≤ 1", own <= built)
    questions = [question for question, _ in words_of(sample)]
    ours, others = timed(questions, searcher.search), timed(questions, lambda question: theirs.search(question, 10))
    yield Row("search p50, ours / txtai", f"{ours * 1000:.1f} / {others * 1000:.1f} ms", "≤ 1", ours <= others)


def _build_ours(passages: Sequence[ProvisionRow], model: Any) -> None:
    """Keyword and vector index of the same passages, vectors included."""
    import faiss
    import tantivy

    from search.keyword import fill, make_schema

    fill(tantivy.Index(make_schema()), passages)
    index = faiss.IndexFlatIP(model.dimensions)
    index.add(model.encode([row.text for row in passages]))
