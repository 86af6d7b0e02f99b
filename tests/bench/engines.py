"""The two engines of the store side by side over statutes: load time, size, and the time of each named query.

Loading counts everything but extraction: texts, records, tokens, vectors with the making of them, all indexes, recounting.
Needs the corpus and, for the server, ZHENGMAI_TEST_NEO4J (ZHENGMAI_BENCH_NEO4J_HOME names its folder, for its size); what is
not there is said.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graph.opening import open_store
from graph.protocol import Filter, Reader, Store
from ingest.embedding import encode_provisions, load
from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import Extraction
from search.engine import Searcher
from tests.bench import Row
from tests.gold.cases import shared
from tests.graph.servers import held

LAWS, WARMING = 200, 20
LOAD_BAR = 600
"""Provisions a second on the server."""
RATIO_BAR = 10.0
"""Times the embedded store's median of the same query …"""
TRIPS_BAR = 3.0
"""… or so many bare round trips: the embedded store answers in a tenth of the time that one takes. A filter by place or system
asks the server twice."""
ROUNDS = 40
VECTORS_AT_ONCE = 1_000
Call = Callable[[], object]
Given = tuple[str, bytes, Extraction]


@dataclass(frozen=True)
class Timing:
    """Milliseconds."""

    median: float
    worst: float


def rows() -> Iterator[Row]:
    """Every figure of both engines."""
    files = sorted((shared() / "corpus" / "laws").rglob("*.md"))
    if not files:
        yield Row("engines", "no statutes in the corpus, nothing compared")
        return
    given = [(path.name, path.read_bytes(), extract(read_file(path))) for path in files[:: max(1, len(files) // LAWS)]]
    embedded = {}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), write=True) as store:
        yield loaded("SQLite", store, given)
        yield Row("SQLite: size", f"{sum(one.stat().st_size for one in Path(folder).glob('*.db*')) / 1e6:.0f} MB")
        embedded = {name: timed(call) for name, call in named_queries(store, Path(folder)).items()}
    address = os.environ.get("ZHENGMAI_TEST_NEO4J")
    if not address:
        yield Row("Neo4j", "no server in ZHENGMAI_TEST_NEO4J, not compared")
        return
    with held(address, plans=False), tempfile.TemporaryDirectory() as folder, open_store(address, write=True) as store:
        yield from on_server(store, given, embedded, Path(folder))


def on_server(store: Store, given: Sequence[Given], embedded: dict[str, Timing], home: Path) -> Iterator[Row]:
    """The server's figures beside those of the embedded store."""
    load_all(store, given[:WARMING])
    for one in list(store.ids("document")):
        store.delete(one)
    yield loaded("Neo4j", store, given, LOAD_BAR)
    yield Row("Neo4j: size", size_of_server())
    server: Any = store
    trip = timed(lambda: server._server.one("RETURN 1"))
    yield Row("Neo4j: a bare round trip: p50 / p99", f"{trip.median:.2f} / {trip.worst:.2f} ms")
    for name, call in named_queries(store, home).items():
        here, there = timed(call), embedded[name]
        ratio, trips = here.median / there.median, here.median / trip.median
        figure = f"{here.median:.2f} / {here.worst:.2f} ms, SQLite {there.median:.2f} / {there.worst:.2f}, {ratio:.1f} ×"
        bar = f"≤ {RATIO_BAR:g} ×, or {TRIPS_BAR:g} round trips"
        yield Row(f"{name}: p50 / p99", f"{figure}, {trips:.1f} round trips", bar, ratio <= RATIO_BAR or trips <= TRIPS_BAR)


def loaded(engine: str, store: Store, given: Sequence[Given], bar: float = 0.0) -> Row:
    """How fast an engine takes up the documents."""
    start = time.perf_counter()
    load_all(store, given)
    seconds = time.perf_counter() - start
    rate = store.counts().provisions / seconds
    figure = f"{len(given)} statutes in {seconds:.1f} s, {rate:.0f} provisions a second"
    return Row(f"{engine}: load", figure, f"≥ {bar:g} a second" if bar else "", rate >= bar)


def load_all(store: Store, given: Sequence[Given]) -> None:
    """What an ingest does with extracted documents."""
    model = load()
    for name, content, extraction in given:
        store.load(extraction, content, address=name)
    store.relink()
    missing = store.missing_vectors(model.name)
    for start in range(0, len(missing), VECTORS_AT_ONCE):
        found = store.provisions(missing[start : start + VECTORS_AT_ONCE])
        matrix = encode_provisions(model, [row.provision.heading for row in found], [row.text for row in found])
        store.put_vectors(model.name, [row.id for row in found], np.asarray(matrix))
    store.set_meta([("model", model.name)])


def size_of_server() -> str:
    """What the server's database takes on the disk, its indexes included and its log of transactions not."""
    home = os.environ.get("ZHENGMAI_BENCH_NEO4J_HOME")
    if not home:
        return "not known without ZHENGMAI_BENCH_NEO4J_HOME"
    return f"{sum(one.stat().st_size for one in Path(home, 'data', 'databases').rglob('*') if one.is_file()) / 1e6:.0f} MB"


def named_queries(reader: Reader, home: Path) -> dict[str, Call]:
    """Each query of the protocol as a page asks it, and a whole search."""
    ids = list(reader.ids("document"))
    one = max(ids, key=lambda each: len(reader.outline(each)))
    outline = [row.id for row in reader.outline(one)]
    body = reader.departments(generic=False, limit=1).rows[0].id
    law = reader.instruments(limit=1).rows[0].id
    fact = reader.facts("responsibilities", limit=1).rows[0].id
    searcher = Searcher(reader, home)
    return {
        "version": reader.version,
        "snapshot": reader.snapshot,
        "counts": reader.counts,
        "find_document": lambda: reader.find_document(one),
        "document": lambda: reader.document(one),
        "documents": reader.documents,
        "documents of a place": lambda: reader.documents(Filter(jurisdiction="云南省"), limit=20),
        "documents by kind of duty": lambda: reader.documents(Filter(system="housing", role="responsible"), limit=20),
        "source_text": lambda: reader.source_text(one),
        "provision": lambda: reader.provision(outline[3]),
        "provisions": lambda: reader.provisions(outline[:50]),
        "outline": lambda: reader.outline(one),
        "fact": lambda: reader.fact(fact),
        "facts": lambda: reader.facts("responsibilities", limit=20),
        "facts of a system": lambda: reader.facts("responsibilities", Filter(system="housing"), limit=20),
        "facts of provisions": lambda: reader.facts("responsibilities", provision_ids=outline[:50]),
        "document_facts": lambda: reader.document_facts(one),
        "department": lambda: reader.department(body),
        "departments": lambda: reader.departments(limit=20),
        "duties": lambda: reader.duties(body, limit=20),
        "systems": reader.systems,
        "jurisdictions": reader.jurisdictions,
        "instrument": lambda: reader.instrument(law),
        "instruments": lambda: reader.instruments(limit=20),
        "citations_of": lambda: reader.citations_of(law, limit=20),
        "links": lambda: reader.links(one),
        "siblings": lambda: reader.siblings(one, limit=20),
        "search": lambda: searcher.search("建设单位未缴纳保证金的怎么处罚"),
    }


def timed(call: Call) -> Timing:
    """Median and 99th percentile, after one call that plans and opens."""
    call()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return Timing(statistics.median(times), statistics.quantiles(times, n=100)[98])
