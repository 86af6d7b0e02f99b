"""The two halves of an ingest apart: what the lines between them cost, and how much extraction one loader can take up."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from graph.batch import Run
from graph.extracting import Input, Output, extract_one
from graph.opening import open_store
from graph.record_lines import from_line, to_line
from settings import MODEL
from tests.bench import Row
from tests.gold.cases import POLICIES, shared

T = TypeVar("T")

SAMPLE = 120
BAR = 0.1
"""What writing and reading the lines may take of the time of extracting."""


def rows() -> Iterator[Row]:
    """Over statutes where they are, else over the shipped documents; processor time of one core."""
    statutes = sorted((shared() / "corpus" / "laws").rglob("*.md"))
    files = statutes[:: max(1, len(statutes) // SAMPLE)] or sorted(POLICIES.glob("*.txt"))
    inputs = [Input(path.name, path.read_bytes()) for path in files]
    extract_one(inputs[0], MODEL.default)
    extracting, outputs = timed(lambda: [extract_one(given, MODEL.default) for given in inputs])
    writing, lines = timed(lambda: list(map(to_line, outputs)))
    reading, read = timed(lambda: list(map(from_line, lines)))
    text = sum(len(given.content) for given in inputs)
    bare = sum(len(to_line(dataclasses.replace(output, embedded=None))) for output in outputs)
    sizes = f"{bare / text:.1f} × the text, {sum(map(len, lines)) / text:.1f} × with vectors"
    yield Row(f"lines of {len(inputs)} documents, {text / 1e6:.1f} MB", sizes)
    share = (writing + reading) / extracting
    yield Row("writing and reading lines / extracting", f"{share:.1%}", f"≤ {BAR:.0%}", share <= BAR)
    yield loaded(read, extracting)


def loaded(outputs: list[Output], extracting: float) -> Row:
    """The store filled from lines, without what follows when all documents are there."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), write=True) as store:
        run = Run(store, len(outputs))
        loading, _ = timed(lambda: [run.take(output) for output in outputs])
        provisions = store.counts().provisions
    figure = f"{provisions / loading:,.0f} provisions/s with vectors; takes up what {extracting / loading:.1f} cores extract"
    return Row("loading on one core", figure)


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """The processor time of an action, and what it gave."""
    start = time.process_time()
    found = action()
    return time.process_time() - start, found
