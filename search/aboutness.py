"""Whether a measure is about a topic, or only names it in passing or inside the name of a body."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.protocol import ProvisionRow
from ingest.registry.systems import alternation, system_names
from search.coverage import Coverage
from search.fusion import Scored

LED = 0.4
"""What it counts that a body of the topic's own system leads the measure."""
DUTY = 0.5
"""What it counts that the words which give a body its task speak of the whole topic."""
HEADING = 0.5
"""What it counts that the heading speaks of the whole topic."""
LEAST_HEADING = 0.3
LEAST_SIMILARITY = 0.45
_LONG_NAME = 5
"""Function words of so many characters are names (住房城乡建设), shorter ones also topics (住房)."""


class Named(Protocol):
    """A body with its role and its place in the source text."""

    @property
    def system(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def generic(self) -> bool: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class About:
    """The signs that a measure is about a topic: its share in the text outside of names, its nearness in meaning, its share in
    the heading, and whether a body of its own system leads."""

    text: float
    similarity: float
    heading: float
    led: float
    duty: float

    @property
    def total(self) -> float:
        """All signs together; about 3 at most."""
        return self.text + self.similarity + HEADING * self.heading + LED * self.led + DUTY * self.duty

    @property
    def in_passing(self) -> bool:
        """Whether the text names the topic and nothing else speaks for it."""
        return not self.led and self.heading < LEAST_HEADING and self.similarity < LEAST_SIMILARITY


def weigh(
    row: ProvisionRow, duties: Sequence[Named], duty: float, scored: Scored, coverage: Coverage, systems: Mapping[str, float]
) -> About:
    """The signs for one measure. ``systems`` are those that the topic names, with their weights."""
    text = without_names(row.text, [(d.start - row.provision.start, d.end - row.provision.start) for d in duties])
    heading = without_names(row.provision.heading or "", ())
    return About(coverage.share(text), scored.similarity, coverage.share(heading), led_by(duties, systems), duty)


def without_names(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the spans of bodies, and long names of functions, blanked."""
    characters = list(text)
    for start, end in spans:
        characters[max(0, start) : end] = " " * (end - max(0, start))
    return _long_names().sub(lambda match: " " * len(match[0]), "".join(characters))


def led_by(records: Iterable[Named], systems: Mapping[str, float]) -> float:
    """The weight of the topic's system that leads; half of it where it is only responsible and nobody leads."""
    named = [record for record in records if not record.generic]
    leads = [record for record in named if record.role == "lead"]
    responsible = [record for record in named if record.role == "responsible"]
    share, heard = (1.0, leads) if leads else (0.5, responsible)
    return share * max((systems.get(s, 0.0) for record in heard for s in record.system.split("+")), default=0.0)


@functools.cache
def _long_names() -> re.Pattern[str]:
    return re.compile(alternation(name.form for name in system_names() if name.kind == "word" and len(name.form) >= _LONG_NAME))
