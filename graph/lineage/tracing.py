"""Looking for the sources of what is new in a store: which pairs to compare, comparing them, keeping what was found."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.lineage.bands import unit_bands
from graph.lineage.model import MODEL
from graph.lineage.reading import Comparison, Text, compare, read_text
from graph.lineage.rows import Candidate, Compared, LineageStore, State
from graph.lineage.standing import standing_of
from graph.pool import SpawnedPool
from graph.protocol import Reader, Store

KEPT_AT_ONCE = 200
READ_AT_ONCE = 96
"""Prepared texts in memory; pairs come ordered by the higher document, so that it is read once."""
WORTH_A_POOL = 60
"""Pairs from which starting further processes pays."""


@functools.cache
def lineage_method() -> str:
    """A hash of the code and the weights: what a comparison depends on besides its two texts."""
    digest = hashlib.sha256()
    for path in sorted([*Path(__file__).parent.glob("*.py"), *MODEL.parent.glob("*.toml")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def trace_all(store: Store, *, jobs: int = 1) -> int:
    """Compare what is new or changed with its sources, siblings and the texts it shares words with; how many pairs.

    Only pairs that a text states, that stand under one instrument or that share words are compared, so that the work grows
    with the documents and not with their square. An engine that keeps no lineage is left as it is.
    """
    if not isinstance(store, LineageStore):
        return 0
    method = lineage_method()
    ids = store.untraced(method)
    for start in range(0, len(ids), KEPT_AT_ONCE):
        store.put_bands(list(_bands(store, ids[start : start + KEPT_AT_ONCE])))
    pairs = sorted(store.candidates(method, ids), key=lambda pair: (pair.higher, pair.lower)) if ids else []
    kept: list[Compared] = []
    for done in _compared(store, store.address, pairs, jobs):
        kept.append(done)
        if len(kept) >= KEPT_AT_ONCE:
            store.put_comparisons(method, kept)
            kept = []
    store.put_comparisons(method, kept)
    store.set_traced(method, ids)
    return len(pairs)


def _bands(store: Reader, ids: Iterable[str]) -> Iterator[tuple[str, list[tuple[int, ...]]]]:
    for one in ids:
        if text := read_text(store, one):
            yield one, [unit_bands(unit) for unit in text.units]


def _compared(store: Reader, address: str | None, pairs: Sequence[Candidate], jobs: int) -> Iterator[Compared]:
    if jobs > 1 and len(pairs) >= WORTH_A_POOL and address is not None:
        with SpawnedPool(jobs) as pool:
            yield from pool.map(functools.partial(_in_worker, address), pairs, chunksize=16)
        return
    read = functools.lru_cache(READ_AT_ONCE)(functools.partial(read_text, store))
    for pair in pairs:
        lower, higher = read(pair.lower), read(pair.higher)
        if lower and higher:
            yield compared(pair, compare(lower, higher))


@functools.cache
def _reader(address: str) -> Reader:
    from graph.opening import open_store

    return open_store(address)


@functools.lru_cache(READ_AT_ONCE)
def _text(address: str, document_id: str) -> Text:
    found = read_text(_reader(address), document_id)
    assert found is not None
    return found


def _in_worker(address: str, pair: Candidate) -> Compared:
    return compared(pair, compare(_text(address, pair.lower), _text(address, pair.higher)))


def compared(pair: Candidate, found: Comparison) -> Compared:
    """A comparison as it is kept."""
    alignment = found.alignment
    above, beside = ({pair.higher} if known else set() for known in (pair.stated, pair.beside))
    standing, evidence = standing_of(found, above, beside)
    own: list[tuple[str, State]] = [(alignment.lower.units[i].path, "new") for i in alignment.new]
    own += [(alignment.lower.units[i].path, "doubtful") for i in alignment.doubtful]
    theirs: list[tuple[str, State]] = [(alignment.higher.units[j].path, "left_out") for j in alignment.left_out]
    theirs += [(alignment.higher.units[j].path, "doubtful") for j in alignment.doubtful_sources]
    return Compared(
        lower=pair.lower,
        higher=pair.higher,
        standing=standing,
        evidence=evidence,
        closeness=alignment.closeness,
        units=len(alignment.lower.units),
        links=found.links,
        unmatched=tuple(own) if alignment.related else (),
        unmatched_higher=tuple(theirs) if alignment.related else (),
    )
