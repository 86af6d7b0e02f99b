"""The half of an ingest that knows no store, wherever it is done: in this process, in spawned ones, or on a cluster."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from graph.cluster import extract_on
from graph.extracting import AHEAD, Input, Output, completed, extract_bare, extract_one, failed, in_order
from graph.pool import Workers

DIED = "reading it ended the process that read it, twice. Leave it out."


def extract_all(inputs: Iterable[Input], jobs: int = 1, on: str = "", model: str = "") -> Iterator[Output]:
    """Outputs in the order of the inputs, which are taken as they are needed.

    ``jobs`` above 1: in so many spawned processes. ``on``: on the cluster of this address (``ray://HOST:PORT``) instead; raises
    ``ClusterError``. With a ``model`` the vectors are made there, too.
    """
    if on:
        yield from extract_on(on, inputs, model)
    elif jobs > 1:
        yield from _in_processes(inputs, jobs, model)
    else:
        yield from (extract_one(given, model) for given in inputs)


def _in_processes(inputs: Iterable[Input], jobs: int, model: str) -> Iterator[Output]:
    with Workers(functools.partial(extract_bare, model=model), jobs) as workers:

        def result(given: Input, future: Future[Output]) -> Output:
            try:
                return completed(given, workers.result(given, future))
            except BrokenProcessPool:
                return failed(given, DIED)

        yield from in_order(inputs, workers.submit, result, most=jobs * AHEAD)
