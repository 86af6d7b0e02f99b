from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import pytest

import settings
from ingest.readers import ReadError, read_bytes
from ingest.readers.confined import end_children
from tests.ingest.files import LAW

PAGE = "".join(f"<p>{line}</p>" for line in LAW).encode()
ENDLESS = b"<div>" + b"<p>x" * 2_500_000
"""A page that takes long and much memory."""


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[settings.Setting, str], None]]:
    """Sets a limit for a child of its own."""

    def change(setting: settings.Setting, value: str) -> None:
        monkeypatch.setenv(setting.variable, value)
        end_children()

    yield change
    end_children()


def test_a_file_that_takes_too_long(limit: Callable[[settings.Setting, str], None]) -> None:
    limit(settings.READ_SECONDS, "1")
    with pytest.raises(ReadError, match=r"slow\.html took longer than 1 s.*ZHENGMAI_READ_SECONDS"):
        read_bytes(ENDLESS, "slow.html")
    assert read_bytes(PAGE, "good.html").text == "\n".join(LAW)


def test_a_file_that_takes_too_much_memory(limit: Callable[[settings.Setting, str], None]) -> None:
    limit(settings.READ_MEMORY, "400")
    with pytest.raises(ReadError, match=r"large\.html (needs more memory|ended the process)"):
        read_bytes(ENDLESS, "large.html")
    assert read_bytes(PAGE, "good.html").text == "\n".join(LAW)


def test_a_document_larger_than_allowed() -> None:
    with pytest.raises(ReadError, match="has 100 MB, more than the 64 MB"):
        read_bytes(b"x" * 100_000_000, "line.txt")


def test_a_child_that_dies_costs_one_file() -> None:
    read_bytes(PAGE, "good.html")
    (child,) = children()
    threading.Timer(0.3, os.kill, (child, signal.SIGKILL)).start()
    with pytest.raises(ReadError, match=r"victim\.html ended the process"):
        read_bytes(ENDLESS, "victim.html")
    assert read_bytes(PAGE, "good.html").text == "\n".join(LAW)


def test_the_child_goes_when_it_is_ended() -> None:
    read_bytes(PAGE, "good.html")
    assert len(children()) == 1
    end_children()
    deadline = time.monotonic() + 10
    while children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children() == []


def children() -> list[int]:
    """The processes that this one has started and that still run."""
    listed = subprocess.run(["ps", "-ww", "-o", "pid=,stat=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [int(pid) for pid, state, command in rows if "ingest.readers.child" in command and "Z" not in state]


def test_many_threads_may_read() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read_bytes(PAGE, "a.html").text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["\n".join(LAW)] * 8
