"""Names of the systems in both languages, from the reference data."""

from __future__ import annotations

import csv
import functools

import settings


@functools.cache
def system_names() -> dict[str, tuple[str, str]]:
    """Chinese and English name by code."""
    path = settings.ROOT / "data" / "reference" / "systems.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["system"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(lines)}
