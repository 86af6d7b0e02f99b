"""What is compared: the measures of a policy, the articles of a statute, cut into sentences that keep their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.linking import normal_title
from ingest.records import Citation, Programme, Provision, ProvisionRole, Record, Responsibility
from ingest.source_text import squeeze
from ingest.tokens import plain

ARTICLE = re.compile(r"(?:p\d+/)?a\d+(?:-\d+)?(?:~\d+)?$")
END_OF_SENTENCE = re.compile(r"[。；;！？!?\n\r]+")
ITEM = re.compile(r"\s*(?:\([一二三四五六七八九十百]+\)|[一二三四五六七八九十]+、|\d+[.、．])\s*")
"""（一）, 二、, 3. at the head of a sentence."""
LABELLED = re.compile(r"(?:责任|牵头|配合|负责|参加|协办|主办)(?:单位|部门)?:")
"""责任单位：A、B  names bodies as a bracket does."""
LETTERS = re.compile(r"\w")
SHORTEST = 4
"""Letters that a sentence needs to be compared."""


@dataclass(frozen=True)
class Side:
    """One text of a comparison: its words, outline and records."""

    text: str
    provisions: Sequence[Provision]
    facts: Mapping[str, Sequence[Record]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """A sentence without its item marker: source text ``start``:``end``; ``words`` is its plain form, of that length."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Unit:
    """One measure or article. ``named`` are the programmes and instruments that it names."""

    path: str
    role: ProvisionRole
    heading: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    named: frozenset[str] = frozenset()


def is_statute(provisions: Iterable[Provision]) -> bool:
    """Whether a text is made of articles."""
    return any(ARTICLE.match(provision.path) for provision in provisions)


def units_of(side: Side) -> tuple[Unit, ...]:
    """The units of a text in its order: each article with its items, or each goal and measure with its own words."""
    statute = is_statute(side.provisions)
    folded = plain(side.text)
    hidden = _bodies_in_brackets(side, folded)
    units = []
    for provision in side.provisions:
        if not _counts(provision, statute):
            continue
        end = provision.subtree_end if statute else provision.end
        sentences = tuple(_sentences(folded, provision.start + len(provision.marker or ""), end, hidden))
        if sentences:
            names = frozenset(_named(side.facts, provision.start, end))
            heading = provision.heading or ""
            units.append(Unit(provision.path, provision.role, heading, provision.start, end, sentences, names))
    return tuple(units)


def _counts(provision: Provision, statute: bool) -> bool:
    if statute:
        return ARTICLE.match(provision.path) is not None
    return provision.role in ("measure", "goal") and provision.path.rpartition("/")[2] != "0"


def _sentences(folded: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> Iterable[Sentence]:
    for first, last in _visible(start, end, hidden):
        at = first
        for stop in [*END_OF_SENTENCE.finditer(folded, first, last), None]:
            until = stop.start() if stop else last
            marker = ITEM.match(folded, at, until)
            at = marker.end() if marker else at
            words = folded[at:until]
            if len(LETTERS.findall(words)) >= SHORTEST:
                yield Sentence(at, until, words)
            at = stop.end() if stop else last


def _visible(start: int, end: int, hidden: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The stretches of ``start``:``end`` that no hidden span covers."""
    at = start
    for first, last in hidden:
        if start <= first < end:
            if first > at:
                yield at, first
            at = max(at, last)
    if at < end:
        yield at, end


def _bodies_in_brackets(side: Side, folded: str) -> list[tuple[int, int]]:
    """Brackets and lines that only name the bodies responsible: they are compared as facts, not as words."""
    found = set()
    for record in side.facts.get("responsibilities", ()):
        if isinstance(record, Responsibility) and record.stated == "bracket":
            found.add(_around(folded, record.start, record.end))
    merged: list[tuple[int, int]] = []
    for span in sorted(found - {None}, key=lambda s: s or (0, 0)):
        if span and not (merged and span[0] < merged[-1][1]):
            merged.append(span)
    return merged


def _around(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The bracket that holds ``start``:``end``, else the labelled line; null when the name stands in neither."""
    depth = 0
    for at in range(start - 1, max(-1, start - 2000), -1):
        if folded[at] == ")":
            depth += 1
        elif folded[at] == "(":
            if depth == 0:
                close = folded.find(")", end)
                return (at, close + 1) if close >= 0 else None
            depth -= 1
        elif folded[at] == "\n":
            label = LABELLED.match(folded, at + 1)
            line_end = folded.find("\n", end)
            return (at + 1, line_end if line_end >= 0 else len(folded)) if label else None
    return None


def _named(facts: Mapping[str, Sequence[Record]], start: int, end: int) -> Iterable[str]:
    for record in (*facts.get("programmes", ()), *facts.get("citations", ())):
        if start <= record.start < end:
            if isinstance(record, Programme):
                yield squeeze(record.name)
            elif isinstance(record, Citation) and record.kind not in ("self", "other"):
                yield record.doc_number or normal_title(record.title)
