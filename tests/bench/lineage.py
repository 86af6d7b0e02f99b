"""How the search for sources grows with the store, and how long it takes for one document more.

Over a fifth of the statutes beside the checkout, over all of them with ``ZHENGMAI_BENCH_ALL``.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.dispatching import extract_all
from graph.extracting import Input
from graph.lineage.tracing import trace_all
from graph.opening import open_store
from tests.bench import Row
from tests.gold.cases import shared

SHARES = (0.25, 0.5, 1.0)
WHOLE = 300.0
"""Seconds for all 2,566 statutes."""
GROWTH = 1.6
"""How much more a pair may take in the whole than in a quarter."""
ONE_MORE = 5.0


def rows() -> Iterator[Row]:
    """Seconds by share of the statutes, and for one document more."""
    files = sorted((shared() / "corpus" / "laws").rglob("*.md"), key=lambda path: path.name)
    everything = "ZHENGMAI_BENCH_ALL" in os.environ
    files = files if everything else files[::5]
    if not files:
        return
    jobs = os.cpu_count() or 1
    outputs = list(extract_all([Input(path.name, path.read_bytes()) for path in files], jobs))
    each: list[float] = []
    for share in SHARES:
        number = round(len(outputs) * share)
        # Spread over the names, so that a share holds versions and families in the whole's proportion.
        part = [output for n, output in enumerate(outputs) if (n * number) % len(outputs) < number]
        seconds, pairs, more = linked(part, jobs)
        each.append(seconds / max(1, pairs))
        kept = not everything or seconds <= WHOLE
        yield Row(f"link {len(part)} statutes in {jobs} processes", f"{seconds:.1f} s, {pairs} pairs", "", kept)
    yield Row("time of a pair, all against a quarter", f"{each[-1] / each[0]:.2f}", f"≤ {GROWTH}", each[-1] <= GROWTH * each[0])
    yield Row("one document more", f"{more:.2f} s", f"≤ {ONE_MORE:.0f} s", more <= ONE_MORE)


def linked(outputs: Sequence[Any], jobs: int) -> tuple[float, int, float]:
    """Seconds for all but the last of these documents, their pairs, and seconds for the last."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), write=True) as store:
        for output in outputs[:-1]:
            store.load(output.extraction, output.content, address=output.name)
        store.relink()
        start = time.perf_counter()
        pairs = trace_all(store, jobs=jobs)
        done = time.perf_counter()
        last = outputs[-1]
        store.load(last.extraction, last.content, address=last.name)
        store.relink()
        loaded = time.perf_counter()
        trace_all(store, jobs=jobs)
        return done - start, pairs, time.perf_counter() - loaded
