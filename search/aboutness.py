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
WHOLE_FIELD = 0.5
"""What it counts that these words give a department the field as a whole (负责本行政区域内的养犬管理工作)."""
DISTINCT = 0.2
"""What it counts that a department is named, and not a government or a class of bodies."""
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
    @property
    def distinct(self) -> bool: ...
    @property
    def competent(self) -> bool: ...


@dataclass(frozen=True)
class About:
    """The signs that a measure is about a topic: its share in the text outside of names, its nearness in meaning, its share in
    the heading, whether a body of its own system leads, and its share in the words that give a body its task, again where these
    name a department, and where they give it the whole field."""

    text: float
    similarity: float
    heading: float
    led: float
    duty: float
    distinct: float
    whole_field: float

    @property
    def total(self) -> float:
        """All signs together; below 4."""
        tasks = DUTY * self.duty + DISTINCT * self.distinct + WHOLE_FIELD * self.whole_field
        return self.text + self.similarity + HEADING * self.heading + LED * self.led * self.text + tasks

    @property
    def in_passing(self) -> bool:
        """Whether the text names the topic and nothing else speaks for it."""
        return not self.led and not self.whole_field and self.heading < LEAST_HEADING and self.similarity < LEAST_SIMILARITY


def weigh(
    row: ProvisionRow, duties: Sequence[Named], duty: float, scored: Scored, coverage: Coverage, systems: Mapping[str, float]
) -> About:
    """The signs for one measure. ``systems`` are those that the topic names, with their weights."""
    text = without_names(row.text, [(d.start - row.provision.start, d.end - row.provision.start) for d in duties])
    heading = without_names(row.provision.heading or "", ())
    return About(
        text=coverage.share(text),
        similarity=scored.similarity,
        heading=coverage.share(heading),
        led=led_by(duties, systems),
        duty=duty,
        distinct=duty if any(one.distinct for one in duties) else 0.0,
        whole_field=duty if any(one.competent for one in duties) else 0.0,
    )


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
