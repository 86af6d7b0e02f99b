"""A document as it is read on its page: its text in blocks, one for each provision, with every fact marked in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from api.answers import DocumentAnswer, Facts, FactView, MeasureAnswer, OutlineItem
from api.links import page, with_query
from ingest.records import Citation, Programme, Provision, Responsibility
from web.labels import fact_title
from web.marking import Mark, Marks, Run, cut, lines, paragraphs, runs

KINDS = ("responsibilities", "citations", "targets", "programmes")
DEEPEST = 5
"""Headings deeper than this are set as h6."""


@dataclass(frozen=True)
class Block:
    """The own text of one provision (or, without ``item``, text outside the outline). ``level`` is for its heading: 2 to 6."""

    item: OutlineItem | None
    level: int
    heading: tuple[Any, ...]
    runs: tuple[Run, ...]


def blocks(answer: DocumentAnswer) -> list[Block]:
    """The whole source text in blocks, in its order."""
    text = answer.source_text
    marks = Marks([*fact_marks(answer.facts), *_passage_marks(answer), *_run_ins(answer)])
    furniture = [(span.start, span.end) for span in answer.boilerplate]
    seen: set[str] = set()
    return [_block(text, item, start, end, marks, furniture, seen) for item, start, end in _spans(answer)]


def _spans(answer: DocumentAnswer) -> Iterator[tuple[OutlineItem | None, int, int]]:
    """Who owns which stretch of the text: every character belongs to one stretch."""
    at, items = 0, sorted(answer.outline, key=lambda item: (item.provision.start, item.provision.order))
    for item in items:
        if item.provision.start > at:
            yield None, at, item.provision.start
        end = max(at, item.provision.end)
        yield item, max(at, item.provision.start), end
        at = end
    if at < len(answer.source_text):
        yield None, at, len(answer.source_text)


def _block(
    text: str,
    item: OutlineItem | None,
    start: int,
    end: int,
    marks: Marks,
    furniture: list[tuple[int, int]],
    seen: set[str],
) -> Block:
    own_line = _heading_line(text, item.provision) if item else None
    heading: tuple[Any, ...] = ()
    if own_line:
        heading = cut(text, max(start, own_line[0]), own_line[1], marks.over(*own_line), seen)
        start = own_line[1]
    level = min(2 + (item.provision.path.count(".") if item else 0), DEEPEST + 1)
    return Block(item, level, heading, runs(paragraphs(text, start, end, marks, furniture, seen)))


def _heading_line(text: str, provision: Provision) -> tuple[int, int] | None:
    """The span of the first line when marker and heading are all that stands in it."""
    if provision.heading_start is None or provision.heading_end is None:
        return None
    first = next(lines(text, provision.start, provision.end), None)
    if first is None or first[1] > provision.heading_end + 1 or first[1] < provision.heading_end:
        return None
    return first


def _run_in(provision: Provision) -> list[Mark]:
    """The heading of a provision whose text follows in the same line."""
    if provision.heading_start is None or provision.heading_end is None:
        return []
    return [Mark(provision.start, provision.heading_end, ("run-in",))]


def _run_ins(answer: DocumentAnswer) -> list[Mark]:
    text, provisions = answer.source_text, [item.provision for item in answer.outline]
    return [mark for provision in provisions if not _heading_line(text, provision) for mark in _run_in(provision)]


def fact_marks(facts: Facts) -> list[Mark]:
    """A mark for each fact."""
    return [_mark(kind, fact) for kind in KINDS for fact in getattr(facts, kind)]


def _mark(kind: str, fact: FactView[Any]) -> Mark:
    classes = ("fact", kind, fact.record.role) if isinstance(fact.record, Responsibility) else ("fact", kind)
    return Mark(
        start=fact.record.start,
        end=fact.record.end,
        classes=classes,
        href=fact_address(fact),
        title=fact_title(kind, fact.record),
        anchor=fact.id,
    )


def fact_address(fact: FactView[Any]) -> str | None:
    """The page that tells more about what a fact names."""
    record = fact.record
    if isinstance(record, Responsibility):
        return page("departments", fact.department_id) if fact.department_id else None
    if isinstance(record, Citation):
        return page("instruments", fact.instrument_id) if fact.instrument_id else None
    if isinstance(record, Programme):
        return with_query("/search", {"q": record.name})
    return None


def _passage_marks(answer: DocumentAnswer) -> list[Mark]:
    furniture = [Mark(span.start, span.end, ("passage", "boilerplate")) for span in answer.boilerplate]
    return furniture + [
        Mark(span.start, span.end, ("passage", "not-understood"), title=gettext("Looks like a fact, but no rule could read it"))
        for span in answer.not_understood
    ]


def measure_runs(answer: MeasureAnswer) -> tuple[Run, ...]:
    """The own text of one provision with its facts marked; offsets of the document are shifted to the text's."""
    shift, provision = answer.provision.start, answer.provision
    shifted = [
        Mark(mark.start - shift, mark.end - shift, mark.classes, mark.href, mark.title, mark.anchor)
        for mark in fact_marks(answer.facts) + _run_in(provision)
    ]
    return runs(paragraphs(answer.text, 0, len(answer.text), Marks(shifted), (), set()))
