"""How fast a search is beside its own two engines bare, and beside txtai over the same passages with the same model."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from graph import vectors
from ingest.embedding import encode_provisions
from ingest.tokens import words
from search import keyword
from tests.bench import Row
from tests.bench._store import BareKeywords, Measured, measured, opened
from tests.bench.finding import known_items
from tests.gold.asked import QUERIES

RATIO = 3.0
WARMING = 5
PER_KIND = 60
NEAREST = 200
NATURAL = "natural questions"


def rows() -> Iterator[Row]:
    """Latencies with their ratios, what the first pass over the vectors loses, and the time to build."""
    with opened() as store:
        held = measured(store)
        yield Row("store", f"{len(held.passages)} passages, {store.counts().documents} documents")
        theirs, build = in_txtai(held)
        yield from built(held, build)
        yield first_pass(held)
        bare = BareKeywords(held.passages)
        gc.collect()
        gc.freeze()  # What the bench itself holds is no part of what is measured.
        for name, questions in asked(held).items():
            yield from beside(name, questions, held, bare, theirs)


def asked(held: Measured) -> dict[str, list[str]]:
    """Known items, and questions as people ask them."""
    known = [q for questions in known_items(held.passages).values() for q, _ in questions[:PER_KIND]]
    return {"known items": known, NATURAL: natural_questions()}


def natural_questions() -> list[str]:
    """Questions of the set that search was developed with, in both languages."""
    held = json.loads((QUERIES / "develop.json").read_text("utf-8"))
    return [str(one["query"]) for one in held[:: max(1, len(held) // PER_KIND)]]


def beside(name: str, questions: list[str], held: Measured, bare: BareKeywords, theirs: Any | None) -> Iterator[Row]:
    """A whole search beside its two engines bare and beside txtai: processor time, which other programs hardly change."""
    exact, model = flat(held), held.searcher.model
    engines: dict[str, Callable[[Any], object]] = {
        "ours": held.searcher.search,
        "tantivy": bare.search,
        "FAISS": lambda vector: exact.search(vector, 10),
    }
    inputs: dict[str, Callable[[str], Any]] = {
        "ours": str,
        "tantivy": bare.query,
        "FAISS": lambda question: model.encode([question], kind="query"),
    }
    if theirs is not None:
        engines["txtai"], inputs["txtai"] = (
            lambda question: theirs.search(question, 10),
            lambda question: " ".join(words(question)),
        )
    times = timed(engines, [{engine: make(question) for engine, make in inputs.items()} for question in questions])
    ours, engines_own = times["ours"], times["tantivy"] + times["FAISS"]
    figure = f"{ours:.1f} ms = {ours / engines_own:.1f} × ({times['tantivy']:.1f} + {times['FAISS']:.1f})"
    yield held.row(f"{name}: search p50 / (tantivy + flat FAISS)", figure, f"≤ {RATIO}", ours <= RATIO * engines_own)
    if theirs is None:
        yield Row(f"{name}: txtai", "not installed, not compared")
        return
    what, figure = f"{name}: search p50, ours / txtai", f"{ours:.1f} / {times['txtai']:.1f} ms"
    if name == NATURAL:  # Ours translates the question and weighs the records asked for; txtai takes the words as they are.
        yield Row(what, f"{figure} (ours understands the question first)")
    else:
        yield held.row(what, figure, "≤ 1", ours <= times["txtai"])


def timed(engines: dict[str, Callable[[Any], object]], questions: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The median processor time of each engine in milliseconds, one after the other, each question asked once."""
    times = {}
    for name, ask in engines.items():
        found = []
        for inputs in [*questions[:WARMING], *questions]:
            start = time.process_time()
            ask(inputs[name])
            found.append(time.process_time() - start)
        times[name] = statistics.median(found[WARMING:]) * 1000
    return times


def flat(held: Measured) -> Any:
    """FAISS alone: the exact index over the same vectors."""
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(held.matrix.shape[1])
    index.add(np.ascontiguousarray(held.matrix))
    return index


def first_pass(held: Measured) -> Row:
    """Which part of the nearest by exact arithmetic is found at all."""
    exact, model = flat(held), held.searcher.model
    index = vectors.with_newer(opened_base(held), held.store, model.name)
    shares = []
    for question in natural_questions():
        vector = model.encode([question], kind="query")
        if vector.any():
            wanted = {held.passages[row].id for row in exact.search(vector, NEAREST)[1][0] if row >= 0}
            shares.append(len(wanted & {i for i, _ in index.search(vector[0], NEAREST)}) / len(wanted))
    share = statistics.mean(shares)
    return Row(f"of the {NEAREST} nearest by exact arithmetic found", f"{share:.4f}", "≥ 0.995", share >= 0.995)


def opened_base(held: Measured) -> vectors.Base | None:
    """The vector index in force."""
    from graph.generations import Generations
    from search.caches import vector_root

    generation = Generations(vector_root(held.searcher.home)).current(vectors.form(held.store, held.searcher.model.name))
    return vectors.open_base(generation) if generation else None


def in_txtai(held: Measured) -> tuple[Any | None, float]:
    """Hybrid search in txtai over the same passages and model, and the processor time of its index; none without it."""
    if importlib.util.find_spec("txtai") is None:
        return None, 0.0
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    model = held.searcher.model
    embeddings: Any = importlib.import_module("txtai").Embeddings
    theirs = embeddings(method="external", transform=lambda texts: model.encode(list(texts)), hybrid=True, content=False)
    start = time.process_time()
    theirs.index((row.id, " ".join(words(row.text)), None) for row in held.passages)
    return theirs, time.process_time() - start


def built(held: Measured, theirs: float) -> Iterator[Row]:
    """Both indexes made anew, the vectors included."""
    model, passages = held.searcher.model, held.passages
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        for first in range(0, len(passages), 1000):
            some = passages[first : first + 1000]
            encode_provisions(model, [row.provision.heading for row in some], [row.text for row in some])
        embedded = time.process_time()
        keyword.build(held.store, Path(folder) / "keyword")
        vectors.build(held.store, model.name, Path(folder) / "vectors")
        end = time.process_time()
    figure = f"{end - start:.1f} s (vectors {embedded - start:.1f}, indexes {end - embedded:.1f})"
    if not theirs:
        yield Row("index of all passages", figure)
        return
    yield held.row("index of all passages, ours / txtai", f"{figure} / {theirs:.1f} s", "≤ 1", end - start <= theirs)
