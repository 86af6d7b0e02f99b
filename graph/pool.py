"""Processes of our own for work that is cut in pieces: spawned, ended with the one that waits, replaced when they die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


class SpawnedPool(ProcessPoolExecutor):
    """A pool of spawned processes (a fork would copy open connections and locks) that an error or Ctrl-C ends at once."""

    def __init__(self, jobs: int) -> None:
        told, self._tell = multiprocessing.Pipe(duplex=False)
        context = multiprocessing.get_context("spawn")
        super().__init__(jobs, mp_context=context, initializer=_begin_worker, initargs=(told,))

    def end(self) -> None:
        """End the processes in the middle of their work."""
        self._tell.close()
        self.shutdown(cancel_futures=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if kind is not None:
            self.end()
        return super().__exit__(kind, error, trace)


def _begin_worker(told: Connection) -> None:
    """Leave Ctrl-C to the process that waits, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_told, args=(told,), daemon=True).start()


def _end_when_told(told: Connection) -> None:
    parent = multiprocessing.parent_process()
    wait([told, parent.sentinel] if parent else [told])
    os._exit(1)


class Workers(Generic[Given, Result]):
    """A pool in which the death of one process costs no other input: what was under way is tried again, each by itself.

    ``work`` is a function of a module, so that another process can find it.
    """

    def __init__(self, work: Callable[[Given], Result], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._pool = SpawnedPool(jobs)
        self._single: SpawnedPool | None = None

    def submit(self, given: Given) -> Future[Result]:
        """Hand an input over; to a new pool where an earlier input has ended this one."""
        try:
            return self._pool.submit(self._work, given)
        except BrokenProcessPool:
            self._pool.end()
            self._pool = SpawnedPool(self._jobs)
            return self._pool.submit(self._work, given)

    def result(self, given: Given, future: Future[Result]) -> Result:
        """What became of an input. Raises ``BrokenProcessPool`` when it has ended its process alone, too."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._alone(given)

    def _alone(self, given: Given) -> Result:
        self._single = self._single or SpawnedPool(1)
        try:
            return self._single.submit(self._work, given).result()
        except BrokenProcessPool:
            self._single.end()
            self._single = None
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for pool in filter(None, (self._pool, self._single)):
            pool.end() if kind else pool.shutdown(cancel_futures=True)
