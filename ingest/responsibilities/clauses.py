"""Clauses of running text: where they begin, the list of bodies at their head, the sentence around a place."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

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


_WORDS = r"(?:[^。;!?:,\n“”《》()]|\([^()\n]{1,40}\))"
_TIME = r"(?:(?:到|至|于|自|在)?(?:每年|每月|\d{4}年|\d{1,2}月)[^,。;\n]{0,10}?(?:底前|日前|末前|前|起|底|内|末),?)*"
_OPENING = r"(?:(?:同时|其中|另外|此外|今后|对此|为此|首先|原则上|下一步|[一二三四五六七八九]是)[,:]?)?(?:其?(?:所属|下设)的?)?"
_LEAD_IN = _OPENING + _TIME
_HEAD_OF_CLAUSE = r"(?:^|(?<=[。;!?:,\n \t)、.*])|(?<=。”))(?!\s)"
HEAD_OF_SENTENCE = r"(?:^|(?<=[。;!?:,\n \t]))(?!\s)"
"""The same, but not within a list."""
_SENTENCE_END = re.compile(r"[。;\n!?]")
_LEADS = re.compile(r"牵头(?!部门|单位|人)|(?:履行|发挥|落实)好?牵头")
_TOGETHER = re.compile(r"(?:要|应当|应|负责|将)?[^,。;]{0,6}?(?:(?<!社)会同|商(?!务|业|会|标|贸|品))")


@functools.cache
def regex(table: str) -> re.Pattern[str]:
    """The pattern of a table that has only one."""
    return load_patterns(FILE, table)[0].regex


def clause_pattern(table: str, head: str = _HEAD_OF_CLAUSE) -> re.Pattern[str]:
    """A list of bodies (group ``names``) at the head of a clause, and what makes it act: one group for each label."""
    rows = load_patterns(FILE, table)
    triggers = "|".join(f"(?P<{row.label}>{row.regex.pattern})" for row in rows)
    ending = f"(?:{alternatives('ending', 'loose_ending')})"
    names = rf"(?P<names>{_WORDS}{{0,90}}?{ending}(?:\([^()\n]{{1,40}}\))?)"
    return re.compile(rf"{head}{_LEAD_IN}{names}[ ]?(?:{triggers})", re.M)


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
