"""Which facts of a unit differ from those of its source: bodies and their roles, targets, laws cited, programmes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

import msgspec
from rapidfuzz import fuzz

from graph.linking import normal_title
from ingest.records import Citation, Programme, Record, Responsibility, Role, Target
from ingest.source_text import squeeze

R = TypeVar("R", bound=Record)
SAME_METRIC = 55.0
"""Likeness of two metrics, in per cent, from which they are taken for one (农牧民工职业技能培训 and 职业技能培训: 75)."""


class BodyChange(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one body's part. ``took_over`` and ``kept`` have both names, ``role_changed`` also another role."""

    change: Literal["kept", "took_over", "role_changed", "added", "dropped"]
    system: str
    name: str | None = None
    source_name: str | None = None
    role: Role | None = None
    source_role: Role | None = None


class LeadChange(msgspec.Struct, frozen=True, kw_only=True):
    """The systems that led in the source and no longer do (``lost``), and those that lead instead (``gained``)."""

    lost: tuple[str, ...]
    gained: tuple[str, ...]


class TargetChange(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one target. ``ratio`` is the local value over the source's, where both count the same in one unit."""

    change: Literal["kept", "raised", "lowered", "changed", "added", "dropped"]
    target: Target | None = None
    source_target: Target | None = None
    ratio: float | None = None
    deadline_moved: bool = False


class NameChange(msgspec.Struct, frozen=True, kw_only=True):
    """A law, policy or programme that only one of the two names."""

    change: Literal["added", "dropped"]
    name: str
    doc_number: str | None = None


def within(records: Iterable[Record], kind: type[R], spans: Sequence[tuple[int, int]]) -> list[R]:
    """The records of one kind that begin in one of the spans."""
    return [r for r in records if isinstance(r, kind) and any(start <= r.start < end for start, end in spans)]


def body_changes(lower: Sequence[Responsibility], higher: Sequence[Responsibility]) -> tuple[BodyChange, ...]:
    """Each body of the source with the one that took its part, by system; then those that are new."""
    left = list(lower)
    changes = []
    for source in higher:
        found = next(iter(sorted((r for r in left if _same_system(r, source)), key=lambda r: r.role != source.role)), None)
        if found is None:
            named = BodyChange(change="dropped", system=source.system, source_name=source.name, source_role=source.role)
            changes.append(named)
            continue
        left.remove(found)
        changes.append(_body_change(found, source))
    return (*changes, *(BodyChange(change="added", system=r.system, name=r.name, role=r.role) for r in left))


def _body_change(found: Responsibility, source: Responsibility) -> BodyChange:
    same_name = squeeze(found.name) == squeeze(source.name)
    return BodyChange(
        change="role_changed" if found.role != source.role else "kept" if same_name else "took_over",
        system=found.system,
        name=found.name,
        source_name=source.name,
        role=found.role,
        source_role=source.role,
    )


def _same_system(one: Responsibility, other: Responsibility) -> bool:
    if "other" in (one.system, other.system):
        return squeeze(one.name) == squeeze(other.name)
    return bool(set(one.system.split("+")) & set(other.system.split("+")))


def lead_change(lower: Sequence[Responsibility], higher: Sequence[Responsibility]) -> LeadChange | None:
    """Who leads instead of whom; null where a side names no leader, or each leader has one of its systems on the other side.

    A merged body (教科局, education and science) that leads where education led is no change.
    """
    own, theirs = ([body for body in bodies if body.role == "lead"] for bodies in (lower, higher))
    lost = _systems_without(theirs, own)
    gained = _systems_without(own, theirs)
    return LeadChange(lost=lost, gained=gained) if own and theirs and (lost or gained) else None


def _systems_without(bodies: Sequence[Responsibility], others: Sequence[Responsibility]) -> tuple[str, ...]:
    """The systems of those bodies that share none with any of the others."""
    alone = [body for body in bodies if not any(_same_system(body, other) for other in others)]
    return tuple(dict.fromkeys(system for body in alone for system in body.system.split("+")))


def target_changes(lower: Sequence[Target], higher: Sequence[Target]) -> tuple[TargetChange, ...]:
    """Each target of the source with the one that took its place, then those that are new."""
    left = list(lower)
    changes = []
    for source in higher:
        found = max((t for t in left if comparable(t, source)), key=lambda t: metric_likeness(t, source), default=None)
        if found is None:
            changes.append(TargetChange(change="dropped", source_target=source))
            continue
        left.remove(found)
        changes.append(_target_change(found, source))
    return (*changes, *(TargetChange(change="added", target=target) for target in left))


def comparable(one: Target, other: Target) -> bool:
    """Whether two targets count the same thing in one unit and over one kind of period."""
    same_measure = (one.unit, one.period, one.kind == "milestone") == (other.unit, other.period, other.kind == "milestone")
    return same_measure and metric_likeness(one, other) >= SAME_METRIC


def metric_likeness(one: Target, other: Target) -> float:
    """Likeness of what two targets count, in per cent."""
    return float(fuzz.ratio(squeeze(one.metric or one.text), squeeze(other.metric or other.text)))


def _target_change(found: Target, source: Target) -> TargetChange:
    change: Literal["kept", "raised", "lowered", "changed"] = "kept"
    ratio = None
    if found.value is not None and source.value is not None:
        ratio = round(found.value / source.value, 6) if source.value else None
        change = "kept" if found.value == source.value else "raised" if found.value > source.value else "lowered"
    elif found.value != source.value:
        change = "changed"
    if change == "kept" and found.op != source.op:
        change = "changed"
    return TargetChange(change=change, target=found, source_target=source, ratio=ratio, deadline_moved=found.by != source.by)


def citation_changes(lower: Sequence[Citation], higher: Sequence[Citation]) -> tuple[NameChange, ...]:
    """Laws and policies that only one of the two cites."""
    own, theirs = ({_work(c): c for c in cited if c.kind not in ("self", "other")} for cited in (lower, higher))
    added = [_name("added", own[work]) for work in own if work not in theirs]
    return (*(_name("dropped", theirs[work]) for work in theirs if work not in own), *added)


def _work(citation: Citation) -> str:
    return citation.doc_number or normal_title(citation.title)


def _name(change: Literal["added", "dropped"], citation: Citation) -> NameChange:
    return NameChange(change=change, name=citation.title, doc_number=citation.doc_number)


def programme_changes(lower: Sequence[Programme], higher: Sequence[Programme]) -> tuple[NameChange, ...]:
    """Programmes that only one of the two runs."""
    own, theirs = ({squeeze(p.name): p.name for p in named} for named in (lower, higher))
    dropped = [NameChange(change="dropped", name=theirs[key]) for key in theirs if key not in own]
    return (*dropped, *(NameChange(change="added", name=own[key]) for key in own if key not in theirs))
