"""One function for each page. Each takes a ``Context`` and returns a frozen struct that has ``snapshot``.

``as_json`` makes the plain object that the API sends and ``--json`` prints. What is not held or wrongly asked raises
``api.problems.Problem``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from api.resources import asking
from api.resources.bodies import department, departments, system, systems
from api.resources.cascades import cascade
from api.resources.cited_works import instrument, instruments
from api.resources.comparing import comparison
from api.resources.coverage import matrix
from api.resources.deciding import conflicts, corrections, duplicate, duplicates
from api.resources.families import family
from api.resources.finding import search, who
from api.resources.holdings import about, stats
from api.resources.lineage import trace
from api.resources.measures import fact, measure
from api.resources.names import resolve
from api.resources.provenance import provenance
from api.resources.showing import show
from api.resources.spreading import matters, spread
from api.resources.target_table import targets
from api.resources.texts import document, documents

__all__ = [
    "about",
    "as_json",
    "asking",
    "cascade",
    "comparison",
    "conflicts",
    "corrections",
    "department",
    "departments",
    "document",
    "documents",
    "duplicate",
    "duplicates",
    "fact",
    "family",
    "instrument",
    "instruments",
    "matrix",
    "matters",
    "measure",
    "provenance",
    "resolve",
    "search",
    "show",
    "spread",
    "stats",
    "system",
    "systems",
    "targets",
    "trace",
    "who",
]


def as_json(answer: msgspec.Struct) -> dict[str, Any]:
    """The answer as plain lists, dictionaries, strings and numbers."""
    plain: dict[str, Any] = msgspec.to_builtins(answer)
    return plain
