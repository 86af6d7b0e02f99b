"""How fast a search is through HTTP with one worker, and how much memory the serving process takes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from settings import ROOT
from tests.bench import Row
from tests.bench._store import home, measured, opened
from tests.bench.searching import asked

WAIT = 120


def rows() -> Iterator[Row]:
    """p50 and p99 of ``GET /api/v1/search`` by one client, and what the worker holds in memory."""
    with opened() as store:
        questions = [question for some in asked(measured(store)).values() for question in some]
    with served() as (address, server):
        for question in questions[:10]:
            ask(address, question)
        times = sorted(ask(address, question) for question in questions)
        p50, p99 = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
        yield Row(f"search through HTTP, one worker, {len(times)} questions", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        for worker in children(server.pid):
            yield Row("memory of the serving process", memory(worker))


@contextlib.contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A site over the store of the bench, its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ZHENGMAI_HOME": str(home()), "ZHENGMAI_WORKERS": "1"}
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address, server
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def wait_for(address: str) -> None:
    """Return when the site answers."""
    for _ in range(WAIT * 5):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            ask(address, "住房")
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def ask(address: str, question: str) -> float:
    """Seconds until the whole answer is there."""
    start = time.perf_counter()
    with urllib.request.urlopen(f"{address}/api/v1/search?q={urllib.parse.quote(question)}", timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def children(process: int) -> list[int]:
    """The processes that a process started; none where the system does not tell."""
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in path.read_text().split()] if path.exists() else []


def memory(process: int) -> str:
    """Resident memory, and the part of it that is the process's own and not files of the indexes mapped."""
    lines = (line.split() for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:])
    kilobytes = {words[0].rstrip(":"): int(words[1]) for words in lines}
    return f"{kilobytes['Rss'] / 1000:.0f} MB, of which {kilobytes['Anonymous'] / 1000:.0f} MB its own"
