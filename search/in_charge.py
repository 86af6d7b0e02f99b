"""Whose a field is: departments named as those in charge of it (市公安部门是本市养犬管理的主管部门), read when asked.

Also whether a sentence gives a body a whole field, or only its own part beside others.

Patterns, each with an example, lie in ``data/reference/in_charge.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from ingest.records import Role
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
    role: Role
    cue: str


@dataclass(frozen=True)
class Way:
    """One way of saying it, with an example and the name in it, and the role that it gives."""

    pattern: re.Pattern[str]
    example: str
    name: str
    role: Role
    cue: str


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


@functools.cache
def ways() -> tuple[Way, ...]:
    """Every pattern that names the department in charge."""
    return tuple(
        Way(re.compile(row["pattern"]), row["example"], row["name"], row.get("role", "lead"), row.get("cue", CUE))
        for row in _table()["in_charge"]
    )


@functools.cache
def signs(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of ``whole_field`` or ``own_part``, each with its example."""
    return tuple((re.compile(row["pattern"]), row["example"]) for row in _table()[kind])


def has_whole_field(clause: str) -> bool:
    """Whether the words after a body's name give it a field as a whole.

    >>> has_whole_field("负责本行政区域内的养犬管理工作"), has_whole_field("由市财政局拨付")
    (True, False)
    """
    return any(pattern.search(clause) for pattern, _ in signs("whole_field"))


def has_own_part(clause: str) -> bool:
    """Whether the words after a body's name leave it its own part beside others.

    >>> has_own_part("等部门按照各自职责做好养犬管理工作")
    True
    """
    return any(pattern.search(clause) for pattern, _ in signs("own_part"))


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
                found.setdefault(start, InCharge(name, system, start, end, way.role, way.cue))
    return [found[start] for start in sorted(found)]
