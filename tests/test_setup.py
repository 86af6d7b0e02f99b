"""Set-up on a machine with nothing but Python and make; where that is missing, what it says."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cli import environment as setup
from settings import ROOT
from tests.served import free_port

PLAIN = {
    name: value for name, value in os.environ.items() if name != "PYTHONPATH" and not name.startswith(("ZHENGMAI_", "MAKE"))
}


def fake_python(folder: Path, version: str) -> None:
    """A Python that is too old: it fails every program and tells its version."""
    script = folder / "python3"
    script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\nexit 1\n', encoding="utf-8")
    script.chmod(0o755)


def test_without_a_python_that_fits_it_says_which_and_where_from(tmp_path: Path) -> None:
    fake_python(tmp_path, "3.9.2")
    for tool in ("cat", "dirname", "sh", "test"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    made = subprocess.run(
        ["/bin/sh", str(ROOT / "cli" / "install.sh"), "core"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 2
    assert "Python 3.9.2" in made.stderr
    assert "apt install python3" in made.stderr
    assert "make PYTHON=" in made.stderr


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_python(tmp_path, "3.11.2")
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    with pytest.raises(setup.SetupError, match=r"apt install python3\.\d+-venv"):
        setup.create()
    assert not (tmp_path / ".venv").exists()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone in a folder with a space and Chinese in its name, and nothing installed."""
    if not os.environ.get("ZHENGMAI_TEST_INSTALL"):
        pytest.skip("installs from the package index: set ZHENGMAI_TEST_INSTALL to allow it")
    folder = tmp_path_factory.mktemp("clone") / "政脉 checkout"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


def make(clone: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *targets], cwd=clone, env=PLAIN, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_install_prepares_the_command_once_and_stops_there(clone: Path) -> None:
    first = make(clone, "install")
    assert first.returncode == 0, first.stderr
    assert "Preparing" in first.stdout
    assert not (clone / "var").exists()
    second = make(clone, "install")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    called = subprocess.run(
        [clone / ".venv/bin/zhengmai", "resolve", "财政部"], cwd="/", env=PLAIN, capture_output=True, text=True, check=False
    )
    assert "财政部" in called.stdout, called.stderr


def run_until_served(clone: Path) -> tuple[str, int]:
    """All that ``make run`` printed until the site answered, and its exit status after Ctrl-C."""
    port = free_port()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone,
        env=PLAIN,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    for _ in range(1800):
        assert process.poll() is None, process.communicate()[0]
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/stats", timeout=5):
            break
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    return printed, process.returncode


@pytest.mark.slow
def test_run_ingests_answers_and_serves_and_does_nothing_twice(clone: Path) -> None:
    printed, _ = run_until_served(clone)
    assert "5" in printed
    assert "lead" in printed
    assert "住房" in printed
    assert "Traceback" not in printed
    again, _ = run_until_served(clone)
    assert "Preparing" not in again
    assert "unchanged" in again
    assert "Traceback" not in again
