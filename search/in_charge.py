"""Departments that a sentence names as those in charge of a field (市公安部门是本市养犬管理的主管部门), read when asked.

Patterns, each with an example, lie in ``data/reference/in_charge.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass

from ingest.registry.systems import is_generic, system_of
from ingest.source_text import fold
from settings import ROOT

TABLE = ROOT / "data" / "reference" / "in_charge.toml"
CUE = "主管"


@dataclass(frozen=True)
class InCharge:
    """A department named at ``start``:``end`` of a text."""

    name: str
    system: str
    start: int
    end: int


@dataclass(frozen=True)
class Way:
    """One way of saying it, with an example and the name in it."""

    pattern: re.Pattern[str]
    example: str
    name: str


@functools.cache
def ways() -> tuple[Way, ...]:
    """Every pattern of the table."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["in_charge"]
    return tuple(Way(re.compile(row["pattern"]), row["example"], row["name"]) for row in rows)


def find_in_charge(text: str) -> list[InCharge]:
    """The departments that a text says are in charge, in its order, each once; generic ones and unknown functions left out.

    >>> [one.name for one in find_in_charge("市公安部门是本市养犬管理的主管部门。")]
    ['市公安部门']
    """
    folded = fold(text)
    found: dict[int, InCharge] = {}
    for way in ways():
        for match in way.pattern.finditer(folded):
            start, end = match.span("name")
            name = text[start:end]
            system = system_of(name)
            if system != "other" and not is_generic(name, statute=True):
                found.setdefault(start, InCharge(name, system, start, end))
    return [found[start] for start in sorted(found)]
