"""The production server, as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from graph.errors import StoreMissingError
from settings import ROOT
from web.serving import ServingError, check_address, check_store


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(address: str, patience: float = 30) -> bytes:
    """The body, as soon as someone listens."""
    end = time.monotonic() + patience
    while True:
        try:
            with urlopen(address, timeout=patience) as response:
                return bytes(response.read())
        except URLError as error:
            if time.monotonic() > end or not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.05)


def test_it_answers_and_stops_cleanly_on_an_interrupt(shipped_home: Path) -> None:
    port = free_port()
    command = [sys.executable, "-c", f"from web.serving import serve; serve('127.0.0.1', {port})"]
    environment = {**os.environ, "ZHENGMAI_HOME": str(shipped_home)}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert b'"answers"' in fetch(f"http://127.0.0.1:{port}/api/v1/who?q=housing")
        long_question = "%E4%BD%8F" * 500
        assert b'"hits"' in fetch(f"http://127.0.0.1:{port}/api/v1/search?q={long_question}")
        # As a terminal does on Ctrl-C: every process of the group is interrupted at once.
        os.killpg(server.pid, signal.SIGINT)
        output, _ = server.communicate(timeout=30)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.communicate()
    assert server.returncode == 0
    assert output.count("\n") == 1
    assert f"http://127.0.0.1:{port}/" in output


def test_a_port_that_is_taken_is_named_with_another() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(ServingError, match=rf"{port} of 127.0.0.1 is taken.*--port {port + 1}"):
            check_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ServingError, match=r"Cannot listen on 192\.0\.2\.1:8000"):
        check_address("192.0.2.1", 8000)


def test_without_a_store_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_HOME", str(tmp_path))
    with pytest.raises(StoreMissingError, match="zhengmai ingest"):
        check_store()


def test_the_site_answers_without_torch_or_spacy(shipped_home: Path) -> None:
    program = f"""
import sys
from web.app import create_app
client = create_app({{"STORE": {str(shipped_home)!r}}}).test_client()
for address in ("/", "/who?q=housing", "/search?q=housing", "/documents"):
    assert client.get(address).status_code == 200
print(sorted({{"torch", "spacy", "sentence_transformers"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
