"""Clauses of running text: where they begin, the list of bodies at their head, the sentence around a place."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from ingest.patterns import load_patterns
from ingest.records import Role
from ingest.registry.body_names import alternatives
from ingest.registry.name_lists import Name
from ingest.responsibilities.roles import FILE


class Subject(msgspec.Struct, frozen=True):
    """Bodies made responsible by one sentence; offsets are those of the source text."""

    names: tuple[Name, ...]
    role: Role
    cue: str
    rule: str
    sentence_start: int
    sentence_end: int


_TIME = r"(?:(?:到|至|于|自|在)?(?:每年|每月|\d{4}年|\d{1,2}月)[^,。;\n]{0,10}?(?:底前|日前|末前|前|起|底|内|末),?)*"
_OPENING = re.compile(
    r"[\s*]*(?:\(?[\d一二三四五六七八九十]{1,3}[.、)]\s*)?(?:(?:同时|其中|另外|此外|今后|对此|为此|首先|原则上|下一步|[一二三四五六七八九]是)[,:]?)?(?:其?(?:所属|下设)的?)?"
    + _TIME
)
"""What may stand before the bodies that a clause begins with."""
_BREAK = re.compile(r"[。;!?:,\n“”《》()]")
_BRACKET = re.compile(r"\([^()\n]{1,40}\)|《[^》\n]{1,120}》")
_SOFT = re.compile(r"[ \t、.*]")
_LONGEST = 100
_SENTENCE_END = re.compile(r"[。;\n!?]")
_LEADS = re.compile(r"牵头(?!部门|单位|人)|(?:履行|发挥|落实)好?牵头")
_TOGETHER = re.compile(r"(?:要|应当|应|负责|将)?[^,。;]{0,6}?(?:(?<!社)会同|商(?![务业会标贸品用]))")


@functools.cache
def regex(table: str) -> re.Pattern[str]:
    """The pattern of a table that has only one."""
    return load_patterns(FILE, table)[0].regex


class Clause(msgspec.Struct, frozen=True):
    """What could be the list of bodies that a clause begins with. ``whole``: it begins the clause, not a part of it."""

    start: int
    end: int
    whole: bool

    def after(self, own: str, done: int) -> Clause | None:
        """The same without what ends before ``done``: from the next 、 or blank on."""
        if done <= self.start:
            return self
        soft = _SOFT.search(own, done, self.end) if done < self.end else None
        return Clause(soft.end(), self.end, False) if soft else None


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('ending', 'loose_ending')})(?:\([^()\n]{{1,40}}\))?")


def clauses(own: str) -> Iterator[Clause]:
    """Each stretch from the head of a clause to a place where a name may end, in order of the ends."""
    brackets = [match.span() for match in _BRACKET.finditer(own)]
    breaks = [match.start() for match in _BREAK.finditer(own) if not _inside(match.start(), brackets)]
    for match in _ending().finditer(own):
        if not _inside(match.start(), brackets):
            at = bisect.bisect_left(breaks, match.start()) - 1
            clause = _opened(own, breaks[at] + 1 if at >= 0 else 0, match.end())
            if clause:
                yield clause


def _inside(place: int, brackets: list[tuple[int, int]]) -> bool:
    """Whether a place lies in one of these spans (sorted, disjoint)."""
    at = bisect.bisect_left(brackets, (place + 1,)) - 1
    return at >= 0 and place < brackets[at][1]


def _opened(own: str, start: int, end: int) -> Clause | None:
    """The clause without the words that open it; of a very long one only what follows a 、 or a blank."""
    opening = _OPENING.match(own, start, end)
    start = opening.end() if opening else start
    if end - start > _LONGEST:
        soft = _SOFT.search(own, end - _LONGEST, end)
        return Clause(soft.end(), end, False) if soft else None
    return Clause(start, end, True) if end > start else None


@functools.cache
def triggers(table: str) -> re.Pattern[str]:
    """What makes the bodies before it act: one group for each label of a table."""
    return re.compile("[ ]?(?:" + "|".join(f"(?P<{row.label}>{row.regex.pattern})" for row in load_patterns(FILE, table)) + ")")


def sentence(own: str, place: int) -> tuple[int, int]:
    """Where the sentence around ``place`` starts and ends."""
    start = max(own.rfind(mark, 0, place) for mark in "。;\n!?") + 1
    end = _SENTENCE_END.search(own, place)
    return start, end.start() if end else len(own)


def subject_of(own: str, offset: int, names: Sequence[Name], role: Role, cue: str, rule: str) -> Subject:
    """The subject that these names of ``own`` are; ``own`` begins at ``offset`` of the source text."""
    start, end = sentence(own, names[0].start)
    return Subject(tuple(name.moved(offset) for name in names), role, cue, rule, offset + start, offset + end)


def role_of_rest(rest: str) -> Role:
    """The role of a subject by what follows it in its sentence."""
    if _LEADS.search(rest.split("由", 1)[0]) or _TOGETHER.match(rest):
        return "lead"
    return "support" if regex("supporting").match(rest) else "responsible"
