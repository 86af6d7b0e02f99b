"""How fast text becomes records: on one core, against spaCy's bare character tokeniser on the same text, and in a pool."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from statistics import median

import spacy

from graph.dispatching import extract_all
from graph.extracting import Input
from ingest.extract import extract
from ingest.readers import read_file
from ingest.source_text import SourceText
from tests.bench import Row
from tests.gold.cases import POLICIES, shared

MEGABYTE = 1_000_000
LAWS = 60
"""So many statutes are a fair sample of length and form."""
POOLED = 240
"""So many outweigh the start of the processes."""
BAR = 1.0
"""Megabytes of UTF-8 a second over statutes, on one core."""


def rows() -> Iterator[Row]:
    """Megabytes of UTF-8 text a second over the shipped documents and, when they are there, over statutes."""
    yield from measured("shipped documents", [read_file(path) for path in sorted(POLICIES.glob("*.txt"))], rounds=5)
    laws = sorted((shared() / "corpus" / "laws").rglob("*.md"))
    if laws:
        sample = laws[:: max(1, len(laws) // LAWS)]
        yield from measured("statutes", [read_file(path) for path in sample], rounds=3, bar=BAR)
        more = laws[:: max(1, len(laws) // POOLED)]
        yield pooled([Input(path.name, path.read_bytes()) for path in more])


def measured(what: str, sources: list[SourceText], rounds: int, bar: float | None = None) -> Iterator[Row]:
    """Extraction alone, after one round to load its tables, and its ratio to the tokeniser; processor time of one core."""
    nlp = spacy.blank("zh")
    size = sum(len(source.text.encode()) for source in sources) / MEGABYTE
    for source in sources:
        extract(source)
    # A fresh copy each time: the folded view is made once for a source text, and is part of the work.
    ours = processor_seconds(lambda: [extract(SourceText(source.name, source.text)) for source in sources], rounds)
    theirs = processor_seconds(lambda: [nlp.make_doc(source.text) for source in sources], rounds)
    figure = f"{size / ours:.2f} MB/s, {ours / theirs:.1f} × the time of spaCy's char tokeniser"
    kept = bar is None or size / ours >= bar
    yield Row(f"extract {what}, {size:.1f} MB", figure, f"≥ {bar} MB/s" if bar else "", kept)


def pooled(inputs: list[Input]) -> Row:
    """The same function in a process pool over all cores, against one process."""
    cores = os.cpu_count() or 1
    alone, together = (wall_seconds(lambda jobs=jobs: list(extract_all(inputs, jobs))) for jobs in (1, cores))
    return Row(f"read and extract {len(inputs)} statutes in {cores} processes", f"{alone / together:.2f} × as fast as in one")


def processor_seconds(action: Callable[[], object], rounds: int) -> float:
    """The median processor time of an action: other programs on the machine hardly change it."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return median(times)


def wall_seconds(action: Callable[[], object]) -> float:
    """The time on the clock of an action."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
