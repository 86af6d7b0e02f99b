"""The half of an ingest that knows no store: bytes → extraction, in this process or in a pool of spawned ones."""

from __future__ import annotations

import collections
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from ingest.records import Extraction

AHEAD = 4
"""Inputs handed to each process before their turn, so that none waits."""


@dataclass(frozen=True)
class Input:
    """A file as it came; ``name`` is its file name or address."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Output:
    """Its extraction, or null and ``error``, a message that names the file, what is wrong and what to do."""

    name: str
    content: bytes
    extraction: Extraction | None
    error: str = ""


def extract_one(given: Input) -> Output:
    """Read and extract one input; whatever goes wrong concerns this input only."""
    from ingest.extract import extract
    from ingest.readers import ReadError, read_bytes

    try:
        return Output(given.name, given.content, extract(read_bytes(given.content, given.name)))
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
    waiting = iter(inputs)
    with _pool(jobs) as pool:
        pending: collections.deque[tuple[Input, Future[Output]]] = collections.deque()
        for given in waiting:
            pending.append((given, pool.submit(extract_one, given)))
            if len(pending) >= jobs * AHEAD:
                yield _result(*pending.popleft())
        while pending:
            yield _result(*pending.popleft())


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Spawned, not forked: a fork would copy open connections and locks."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


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
