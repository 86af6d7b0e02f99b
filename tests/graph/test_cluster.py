"""The first half on a Ray cluster of two nodes, one of which is killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.batch import Run, ingest_paths
from graph.cluster import LOST, ClusterError
from graph.dispatching import extract_all
from graph.extracting import Input, Output, extract_bare
from graph.gathering import gather
from graph.protocol import Store
from graph.tally import documents_in
from ingest.embedding import load
from settings import ROOT
from tests.graph.conftest import exported
from tests.graph.samples import document_text
from tests.graph.test_server import free_port

pytest.importorskip("ray", reason="Ray is an extra: .venv/bin/pip install -r requirements-ray.txt")

DOCUMENTS, KILLED_AFTER, LOST_AFTER = 90, 10, 80
"""More documents than are under way at once: some are handed over when the node is dead, and when it is known to be."""
DEADLY = "005.txt"
HEALTH = {"RAY_health_check_period_ms": "500", "RAY_health_check_failure_threshold": "5"}
"""A dead node is noticed in seconds rather than in half a minute."""
PATIENCE = {"RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S": "120"}
"""A machine that is busy with other tests may take longer to begin than a cluster's own."""


class Cluster:
    """Two nodes of one core each on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, client = free_port(), free_port()
        self.address = f"ray://127.0.0.1:{client}"
        ports = (f"--port={self._port}", f"--ray-client-server-port={client}")
        self._head = self._start("--head", *ports, "--include-dashboard=false", f"--temp-dir={folder}")
        self._second = self._start(f"--address=127.0.0.1:{self._port}")

    def _start(self, *options: str) -> subprocess.Popen[str]:
        """A node that is ready."""
        ray = str(Path(sys.executable).with_name("ray"))
        size = ("--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats", "--block")
        node = subprocess.Popen(
            [ray, "start", *options, *size],
            env={**os.environ, **HEALTH, **PATIENCE, "RAY_USAGE_STATS_ENABLED": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert node.stdout is not None
        assert any("Ray runtime started" in line for line in node.stdout)
        return node

    def kill_second(self) -> None:
        """End a node with all that runs on it."""
        _kill(self._second)

    def stop(self) -> None:
        for node in (self._second, self._head):
            _kill(node)


def _kill(node: subprocess.Popen[str]) -> None:
    if node.poll() is None:
        os.killpg(node.pid, signal.SIGKILL)
        node.communicate()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    # Paths of sockets have 107 characters at most: pytest's own folders are too long for them.
    folder = Path(tempfile.mkdtemp(prefix="ray"))
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents, one of them empty."""
    made = tmp_path / "texts"
    made.mkdir()
    for n in range(1, DOCUMENTS + 1):
        (made / f"{n:03d}.txt").write_text(document_text(n, ("吉安市", "昆明市")[n % 2]), encoding="utf-8")
    (made / "000.txt").write_bytes(b"")
    return made


@pytest.mark.slow
def test_a_dead_node_costs_nothing_a_deadly_document_itself_and_without_the_cluster_it_goes_on(
    cluster: Cluster, new_store: Callable[[], Store], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(given: Input, model: str = "") -> Output:
        """Like a document that brings down whatever reads it; sent to the nodes by value, as it lies within a function."""
        import settings

        if given.name == DEADLY or str(settings.ROOT) == here:
            os._exit(1)
        return extract_bare(given, model)

    def killing(done: int, total: int, name: str) -> None:
        if done == KILLED_AFTER:
            cluster.kill_second()
        if done == LOST_AFTER:
            cluster.stop()

    here = str(ROOT)  # nodes must run the code that was sent to them, not what lies on this machine
    monkeypatch.setattr("graph.cluster.extract_bare", deadly)
    monkeypatch.setenv("RAY_CLIENT_RECONNECT_GRACE_PERIOD", "1")
    local, remote = new_store(), new_store()
    ingest_paths(local, [folder])
    run = Run(remote, DOCUMENTS + 1, killing)
    inputs = documents_in(run, gather([folder])[0], None)
    with pytest.raises(ClusterError, match="the same command again") as lost:
        run.take_all(extract_all(inputs, on=cluster.address, model=run.model))
    held = remote.counts().documents
    assert LOST_AFTER - 2 <= held < DOCUMENTS - 1, lost.value
    assert len(remote.vectors(load().name).ids) == remote.counts().provisions
    assert [failure.file for failure in run.failures] == ["000.txt", DEADLY]
    assert run.failures[1].message == f"{DEADLY}: {LOST}"

    summary = ingest_paths(remote, [folder])
    assert [failure.file for failure in summary.failures] == ["000.txt"]
    assert (summary.of("unchanged"), summary.of("new")) == (held, DOCUMENTS - held)
    assert exported(remote) == exported(local)
    assert remote.snapshot() == local.snapshot()
