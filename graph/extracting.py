"""The half of an ingest that knows no store: bytes → extraction, in this process or in a pool of spawned ones."""

from __future__ import annotations

import collections
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from ingest.records import Extraction

AHEAD = 4
"""Inputs handed to each process before their turn, so that none waits."""


@dataclass(frozen=True)
class Input:
    """A document as it came; ``name`` is its file name or address, ``corrections`` the fields corrected by a reader.

    ``fetched_at`` tells when it came from the web.
    """

    name: str
    content: bytes
    corrections: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None


@dataclass(frozen=True)
class Output:
    """Its extraction, or null and ``error``, a message that names the file, what is wrong and what to do."""

    name: str
    content: bytes
    extraction: Extraction | None
    error: str = ""
    fetched_at: str | None = None


def extract_one(given: Input) -> Output:
    """Read and extract one input; whatever goes wrong concerns this input only."""
    from ingest.extract import extract
    from ingest.readers import ReadError, read_bytes

    try:
        extraction = extract(read_bytes(given.content, given.name), given.corrections)
        return Output(given.name, given.content, extraction, fetched_at=given.fetched_at)
    except ReadError as error:
        return Output(given.name, given.content, None, str(error))
    except Exception as error:  # noqa: BLE001 - a defect met by one file must not cost the rest of the batch
        reason = f"{type(error).__name__}: {error}"
        return Output(
            given.name,
            given.content,
            None,
            f"{given.name}: could not be extracted ({reason}). This is a defect: please report it.",
        )


def extract_all(inputs: Iterable[Input], jobs: int = 1) -> Iterator[Output]:
    """Outputs in the order of the inputs, which are taken as they are needed."""
    if jobs <= 1:
        yield from map(extract_one, inputs)
        return
    pool = _pool(jobs)
    pending: collections.deque[tuple[Input, Future[Output]]] = collections.deque()
    try:
        for given in inputs:
            pending.append((given, _submit(pool, given)))
            if len(pending) >= jobs * AHEAD:
                yield _result(*pending.popleft())
        while pending:
            yield _result(*pending.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Spawned, not forked: a fork would copy open connections and locks."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker)


def spawned(jobs: int) -> ProcessPoolExecutor:
    """A pool of processes for work of another kind, with the same manners."""
    return _pool(jobs)


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that waits, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _submit(pool: ProcessPoolExecutor, given: Input) -> Future[Output]:
    """Hand an input to the pool; where an earlier input has ended its processes, an answer that says so."""
    try:
        return pool.submit(extract_one, given)
    except BrokenProcessPool as error:
        broken: Future[Output] = Future()
        broken.set_exception(error)
        return broken


def _result(given: Input, future: Future[Output]) -> Output:
    try:
        return future.result()
    except BrokenProcessPool:
        return _alone(given)


def _alone(given: Input) -> Output:
    """One input in a process of its own, after some input has killed the pool's."""
    try:
        with _pool(1) as pool:
            return pool.submit(extract_one, given).result()
    except BrokenProcessPool:
        return Output(
            given.name, given.content, None, f"{given.name}: reading it ended the process that read it. Leave it out."
        )
