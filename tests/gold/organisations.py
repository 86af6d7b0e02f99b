"""Names of organisations coded by hand: place, level and systems as the registry tells them from the name alone."""

from __future__ import annotations

import csv
from pathlib import Path

from ingest.registry.bodies import Body, resolve
from ingest.registry.systems import OTHER
from tests.gold.cases import shared


def figures() -> dict[str, float]:
    """The share of names whose place, level and set of systems are right; empty where the names are not there."""
    file = shared() / "reference" / "organisations_gold.csv"
    return measured(file) if file.is_file() else {}


def measured(file: Path) -> dict[str, float]:
    """The figures of one table with the columns name, jurisdiction, level and system (joined by ``+``)."""
    with file.open(encoding="utf-8", newline="") as lines:
        judged = [right(resolve(row["name"]), row) for row in csv.DictReader(lines)]
    return {name: sum(row[name] for row in judged) / len(judged) for name in ("place", "level", "systems")}


def right(body: Body, row: dict[str, str]) -> dict[str, bool]:
    """Which of the three the registry has as the table has them."""
    return {
        "place": (body.jurisdiction or "") == row["jurisdiction"],
        "level": (body.level or "") == row["level"],
        "systems": set(body.systems or (OTHER,)) == set(row["system"].split("+")),
    }
