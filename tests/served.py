"""The site as a process of its own, over a store and on a free port."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.cli import command, environment


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextlib.contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The site over a store, and its address once it answers."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        for _ in range(300):
            assert process.poll() is None, process.stderr and process.stderr.read()
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api/v1/stats", timeout=5):
                break
            time.sleep(0.1)
        yield process, address
    finally:
        if process.poll() is None:
            process.kill()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
        process.wait()
