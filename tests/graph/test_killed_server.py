"""A server that is killed in the middle of a load: whole documents only, and the same ingest run again completes it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.batch import ingest_paths
from graph.errors import StoreAwayError
from graph.opening import open_store
from settings import ROOT
from tests.graph.conftest import exported
from tests.graph.samples import document_text
from tests.graph.test_server import free_port

DOCUMENTS, KILLED_AFTER = 12, 5
INGEST = """import sys
from graph.batch import ingest_paths
from graph.opening import open_store
with open_store(sys.argv[1], write=True) as store:
    ingest_paths(store, [sys.argv[2]], progress=lambda done, total, file: print(done, flush=True))"""


@contextlib.contextmanager
def running(command: str, home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A server of its own, ready."""
    server = subprocess.Popen([command, str(home), str(port)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert any(line.startswith("ready ") for line in server.stdout)
        yield server
    finally:
        server.kill()
        server.communicate()


@pytest.fixture
def start_command() -> str:
    command = os.environ.get("ZHENGMAI_TEST_NEO4J_START")
    if not command:
        pytest.skip("no command that starts a Neo4j of its own (HOME PORT): name one in ZHENGMAI_TEST_NEO4J_START")
    return command


@pytest.mark.slow
def test_a_killed_server_holds_whole_documents_and_the_ingest_is_completed(
    start_command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j.connection.RETRY_SECONDS", 1.0)
    folder, port = tmp_path / "texts", free_port()
    folder.mkdir()
    for n in range(1, DOCUMENTS + 1):
        (folder / f"{n:02d}.txt").write_text(document_text(n, ("吉安市", "昆明市")[n % 2]), encoding="utf-8")
    with open_store(tmp_path / "undisturbed", write=True) as store:
        ingest_paths(store, [folder])
        expected = {line["id"]: line for line in store.export() if line["type"] == "document"}
        whole = exported(store)
    address = f"bolt://127.0.0.1:{port}"
    with running(start_command, tmp_path / "neo4j", port) as server:
        child = subprocess.Popen(
            [sys.executable, "-c", INGEST, address, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert any(line.strip() == str(KILLED_AFTER) for line in child.stdout)
        server.kill()
        server.wait()
        child.kill()
        child.communicate()
        with pytest.raises(StoreAwayError):
            open_store(address)
    with running(start_command, tmp_path / "neo4j", port), open_store(address, write=True) as store:
        held = [line for line in store.export() if line["type"] == "document"]
        assert KILLED_AFTER <= len(held) <= DOCUMENTS
        assert all(line == expected[line["id"]] for line in held)
        assert all(store.outline(line["id"]) and store.original(line["id"]) for line in held)
        ingest_paths(store, [folder])
        assert exported(store) == whole
