"""What a linked unit changed: independent facts, each with its place in both texts, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from graph.lineage.alignment import Alignment, UnitLink
from graph.lineage.changed_facts import (
    BodyChange,
    LeadChange,
    NameChange,
    TargetChange,
    body_changes,
    citation_changes,
    lead_change,
    programme_changes,
    target_changes,
    within,
)
from graph.lineage.force import ForceChange, force_changes
from graph.lineage.passages import PassageChange, passages_of
from graph.lineage.prepared import Prepared
from graph.lineage.units import Side
from ingest.records import Citation, Programme, Record, Responsibility, Target

R = TypeVar("R", bound=Record)
Span = tuple[int, int]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """All that one link changed. Offsets are code points of the two source texts."""

    passages: tuple[PassageChange, ...] = ()
    targets: tuple[TargetChange, ...] = ()
    bodies: tuple[BodyChange, ...] = ()
    lead: LeadChange | None = None
    citations: tuple[NameChange, ...] = ()
    programmes: tuple[NameChange, ...] = ()
    force: tuple[ForceChange, ...] = ()


def changes_of(alignment: Alignment, link: UnitLink, lower: Side, higher: Side) -> Changes:
    """Compare one linked unit with its source; ``lower`` and ``higher`` are the texts that were aligned."""
    passages = passages_of(alignment, link)
    share = alignment.share(link)
    own, theirs = _spans(alignment.lower, share.own), _spans(alignment.higher, share.theirs)
    bodies = _bodies(lower, alignment.lower, link.lower), _bodies(higher, alignment.higher, link.higher)
    return Changes(
        passages=passages,
        targets=target_changes(_found(lower, Target, own), _found(higher, Target, theirs)),
        bodies=body_changes(*bodies),
        lead=lead_change(*bodies),
        citations=citation_changes(_found(lower, Citation, own), _found(higher, Citation, theirs)),
        programmes=programme_changes(_found(lower, Programme, own), _found(higher, Programme, theirs)),
        force=force_changes(lower.text, higher.text, passages),
    )


def _spans(text: Prepared, sentences: Sequence[int]) -> list[Span]:
    return [(text.sentences[index].start, text.sentences[index].end) for index in sentences]


def _found(side: Side, kind: type[R], spans: Sequence[Span]) -> list[R]:
    return [record for records in side.facts.values() for record in within(records, kind, spans)]


def _bodies(side: Side, text: Prepared, unit: int) -> list[Responsibility]:
    span = (text.units[unit].start, text.units[unit].end)
    return within(side.facts.get("responsibilities", ()), Responsibility, [span])
