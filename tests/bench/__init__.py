"""Speed, measured as ratios taken within one run, so that figures of two machines can be compared.

A module here that has ``rows() -> Iterable[Row]`` is run by ``python -m tests.bench``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: what, its figure with unit, and the bar it is held to (empty when it is only reported)."""

    what: str
    figure: str
    bar: str = ""
    kept: bool = True


def median_seconds(action: Callable[[], object], rounds: int) -> float:
    """The median time of an action."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
