"""The figures already reached, in ``floor.json``: they may rise, and a fall in any of them is a failure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.json")
DIGITS = 4

Figures = Mapping[str, Mapping[str, float]]
"""Figures by name, by set of documents (``shipped``, the name of one document, ``questions`` …)."""


def read() -> dict[str, dict[str, float]]:
    """The floor; empty before the first one is set."""
    return json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.is_file() else {}


def losses(now: Figures, floor: Figures) -> list[str]:
    """One line for each figure that is under its floor; a set that was not measured this time is not judged."""
    return [
        f"{group}: {name} {now[group].get(name, 0.0):.4f} is under its floor {least:.4f}"
        for group, figures in floor.items()
        if group in now
        for name, least in figures.items()
        if rounded(now[group].get(name, 0.0)) < least
    ]


def rounded(figure: float) -> float:
    """A figure cut, not rounded, to the digits that the floor keeps, so that it never stands above what was measured."""
    return math.floor(figure * 10**DIGITS + 1e-6) / 10**DIGITS


def raised(now: Figures, floor: Figures) -> dict[str, dict[str, float]]:
    """The floor with every gain taken in; nothing is ever lowered or dropped."""
    groups = {group: dict(figures) for group, figures in floor.items()}
    for group, figures in now.items():
        kept = groups.setdefault(group, {})
        for name, figure in figures.items():
            kept[name] = max(rounded(figure), kept.get(name, 0.0))
    return groups


def write(floor: Figures) -> None:
    """Keep a floor."""
    FLOOR.write_text(json.dumps(floor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
