"""Calls of the command as a user makes them: a process of its own, so that imports, streams and exit status are real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from settings import ROOT


class Call(NamedTuple):
    """What a call gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of a call that must have succeeded."""
        assert self.status == 0, self.err
        return json.loads(self.out)


def environment(home: Path | None = None, **variables: str) -> dict[str, str]:
    """The environment of a call: the checkout on the path, a store of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHENGMAI_")}
    store = {"ZHENGMAI_HOME": str(home)} if home else {}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **store, **variables}


def command(*arguments: str) -> list[str]:
    """The command line of a call."""
    return [sys.executable, "-P", "-m", "cli", *arguments]


def run(*arguments: str, home: Path | None = None, given: str = "", cwd: Path | None = None, **variables: str) -> Call:
    """Run ``zhengmai`` with these arguments, from any folder."""
    made = subprocess.run(
        command(*arguments),
        input=given,
        capture_output=True,
        text=True,
        env=environment(home, **variables),
        cwd=cwd,
        check=False,
    )
    return Call(made.returncode, made.stdout, made.stderr)
