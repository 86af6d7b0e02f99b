"""Which of a provision's bodies a question is about: those whose own sentence speaks of the topic.

A provision may share a field out among many bodies (兽医部门负责犬只防疫，城管部门负责…). Each answers for its own part alone.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.protocol import Fact, ProvisionRow, Reader
from ingest.records import Responsibility, Role
from search.aboutness import without_names
from search.coverage import Coverage
from search.evidence import find_quote
from search.in_charge import find_in_charge, has_own_part, has_whole_field

NEAR = 0.85
"""Bodies answer whose sentence speaks of at least this share of what the best one's does."""
LEADING = ("lead", "joint")
"""Roles that hold for the whole provision, whichever sentence gives them."""
GAIN = 0.5
"""What a provision gains when bodies are asked for and it names one for all that is asked."""
WHOLE_FIELD = 0.8
"""What it gains beside this when it gives that body the whole field."""
RULE = "who.in_charge"
_PAGE = 500
_UNSPECIFIED = re.compile(
    r"(?:各级?|有关|相关|其他|所在|行政|业务|主管|登记|管理|监督|执法|职能|行业|责任|负责|政府|的)*(?:部门|机关|机构|单位|组织)"
)


@dataclass(frozen=True)
class Duty:
    """A body of a provision: its record's words, or those of a sentence that says who is in charge (``fact`` null)."""

    name: str
    system: str
    role: Role
    cue: str | None
    start: int
    end: int
    quote: tuple[int, int]
    generic: bool
    whole: bool
    rule: str
    fact: Fact | None
    clause: str
    """The words from its name to the end of its sentence."""

    @property
    def second(self) -> bool:
        """Whether it only does its part beside others."""
        return self.role == "support" or (not self.whole and has_own_part(self.clause))

    @property
    def competent(self) -> bool:
        """Whether it is a department that is given a whole field."""
        return self.distinct and not self.second and has_whole_field(self.clause)

    @property
    def distinct(self) -> bool:
        """Whether it is a department of a known function, and not a government or a class of bodies."""
        return not self.generic and self.system not in {"government", "other"}

    @property
    def unspecified(self) -> bool:
        """Whether the name says of no department which one it is (有关单位, 业务主管部门)."""
        return self.system == "other" and bool(_UNSPECIFIED.fullmatch(self.name))


def duties_of(row: ProvisionRow, facts: Sequence[Fact]) -> tuple[Duty, ...]:
    """Every body of a provision; offsets are those of the source text."""
    recorded = [_recorded(row, fact, fact.record) for fact in facts if isinstance(fact.record, Responsibility)]
    taken = {duty.start for duty in recorded}
    return (*(duty for duty in _in_charge(row) if duty.start not in taken), *recorded)


def focused(row: ProvisionRow, duties: Sequence[Duty], coverage: Coverage) -> tuple[tuple[Duty, ...], float]:
    """The bodies whose words speak of the topic, and how much of it the best one's do."""
    share = functools.lru_cache(maxsize=None)(lambda span: coverage.share(_words(row, span, duties)))
    whole = (row.provision.start, row.provision.start + len(row.text))
    shares = [share(whole if duty.whole else duty.quote) for duty in duties]
    best = max(shares, default=0.0)
    kept = [duty for duty, found in zip(duties, shares, strict=True) if duty.role in LEADING or found >= NEAR * best]
    if any(not duty.unspecified for duty in kept):
        kept = [duty for duty in kept if not duty.unspecified]
    if any(duty.competent for duty in kept):
        kept = [duty for duty in kept if duty.competent or duty.whole or duty.role in LEADING]
    first = [duty for duty in kept if not duty.second and not duty.generic]
    return tuple(kept if not first or any(duty.whole for duty in first) else first), best


def facts_of(reader: Reader, ids: Sequence[str]) -> dict[str, list[Fact]]:
    """The responsibilities of each of these provisions."""
    found: dict[str, list[Fact]] = defaultdict(list)
    offset, total = 0, 1
    while ids and offset < total:
        page = reader.facts("responsibilities", provision_ids=ids, offset=offset, limit=_PAGE)
        for fact in page.rows:
            found[fact.provision_id].append(fact)
        offset, total = offset + _PAGE, page.total
    return found


def duty_gains(reader: Reader, coverage: Coverage, rows: Sequence[ProvisionRow]) -> dict[str, float]:
    """What each provision gains that gives a named body its task, by how much the words that do so speak of the question."""
    facts = facts_of(reader, [row.id for row in rows])
    found = {row.id: _gain(row, duties_of(row, facts[row.id]), coverage) for row in rows}
    return {identifier: gain for identifier, gain in found.items() if gain}


def _gain(row: ProvisionRow, duties: Sequence[Duty], coverage: Coverage) -> float:
    kept, share = focused(row, [duty for duty in duties if not duty.generic], coverage)
    return share * (GAIN + (WHOLE_FIELD if any(duty.competent for duty in kept) else 0.0))


def _recorded(row: ProvisionRow, fact: Fact, record: Responsibility) -> Duty:
    offset = row.provision.start
    start, end = find_quote(row.text, record.start - offset, record.end - offset)
    return Duty(
        name=record.name,
        system=record.system,
        role=record.role,
        cue=record.cue,
        start=record.start,
        end=record.end,
        quote=(offset + start, offset + end),
        generic=record.generic,
        whole=record.stated == "bracket" and record.covers_start is None,
        rule=record.rule,
        fact=fact,
        clause=row.text[record.start - offset : end],
    )


def _in_charge(row: ProvisionRow) -> list[Duty]:
    offset = row.provision.start
    found = []
    for one in find_in_charge(row.text):
        start, end = find_quote(row.text, one.start, one.end)
        span = (offset + start, offset + end)
        clause = row.text[one.start : end]
        found.append(
            Duty(
                name=one.name,
                system=one.system,
                role=one.role,
                cue=one.cue,
                start=offset + one.start,
                end=offset + one.end,
                quote=span,
                generic=False,
                whole=False,
                rule=RULE,
                fact=None,
                clause=clause,
            )
        )
    return found


def _words(row: ProvisionRow, span: tuple[int, int], duties: Sequence[Duty]) -> str:
    """The words of a span without the names of bodies in it."""
    offset, (start, end) = row.provision.start, span
    names = [(duty.start - start, duty.end - start) for duty in duties if start <= duty.start < end]
    return without_names(row.text[start - offset : end - offset], names)
