"""Work cut in pieces for other processes: a death costs one input at most, and nothing is left running."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from graph.dispatching import extract_all
from graph.extracting import BYTES_AHEAD, Input, Output, in_order
from graph.pool import Workers
from settings import ROOT
from tests.graph.samples import document_text


def work(given: int) -> int:
    """Twice the number; 3 kills its process, 5 does so the first time only."""
    once = Path(os.environ.get("ONCE", ""))
    if given == 3 or (given == 5 and not once.exists()):
        if given == 5:
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return given * 2


def test_inputs_beside_one_that_kills_its_process_are_done_and_it_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONCE", str(tmp_path / "once"))
    found: dict[int, int | None] = {}
    with Workers(work, jobs=2) as workers:
        for start in (0, 4):
            futures = [(n, workers.submit(n)) for n in range(start, start + 4)]
            for n, future in futures:
                try:
                    found[n] = workers.result(n, future)
                except BrokenProcessPool:
                    found[n] = None
    assert found == {n: None if n == 3 else n * 2 for n in range(8)}


def test_a_worker_killed_in_the_middle_changes_no_output() -> None:
    inputs = [Input(f"{n}.txt", document_text(n).encode()) for n in range(30)]
    outputs: list[Output] = []
    for output in extract_all(inputs, jobs=2):
        outputs.append(output)
        if len(outputs) == 5:
            process = multiprocessing.active_children()[0]
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
    assert outputs == list(extract_all(inputs))


def test_no_more_inputs_are_taken_than_the_bounds_allow() -> None:
    taken: list[int] = []

    def inputs(count: int, size: int) -> list[Input]:
        return [Input(str(n), bytes(size)) for n in range(count)]

    def run(given: list[Input]) -> list[int]:
        """How many were taken when each output came."""
        taken.clear()

        def submit(one: Input) -> Input:
            taken.append(int(one.name))
            return one

        outputs = in_order(iter(given), submit, lambda one, _: Output(one.name, one.content, None), most=4)
        return [len(taken) - int(output.name) for output in outputs]

    assert max(run(inputs(20, 10))) == 4
    assert max(run(inputs(6, BYTES_AHEAD // 2))) == 2
    assert max(run(inputs(3, BYTES_AHEAD + 1))) == 1


def processes_of(group: int) -> list[str]:
    """Command lines of the processes in a session that still run."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if stat[3] == str(group) and stat[0] != "Z":
                found.append((folder / "cmdline").read_text())
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells by /proc what still runs")
def test_ctrl_c_ends_an_ingest_with_all_its_processes(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03d}.txt").write_text(document_text(n), encoding="utf-8")
    command = [sys.executable, "-m", "cli", "ingest", str(folder), "--jobs", "2"]
    environment = {**os.environ, "ZHENGMAI_HOME": str(tmp_path / "home")}
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (tmp_path / "home" / "zhengmai.db-wal").exists():
        assert child.poll() is None
        time.sleep(0.05)
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert errors.strip() == "Stopped."
    assert processes_of(child.pid) == []
