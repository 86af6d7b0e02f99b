"""How long the command takes to say what it can do, against bare Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from settings import ROOT
from tests.bench import Row, median_seconds

BAR = 10
ROUNDS = 21


def rows() -> Iterator[Row]:
    """The ratio of ``zhengmai --help`` to ``python -c pass``."""

    def run(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return median_seconds(lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=True), ROUNDS)

    ratio = run("-m", "cli", "--help") / run("-c", "pass")
    yield Row("zhengmai --help / python -c pass", f"{ratio:.1f}", f"≤ {BAR}", ratio <= BAR)
