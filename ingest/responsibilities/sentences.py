"""Responsibility in running text: bodies that are the subject of a duty, follow 由 or 会同, or head their item."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from ingest.patterns import load_patterns
from ingest.records import Provision, Role
from ingest.registry.body_names import alternatives
from ingest.registry.name_lists import Name
from ingest.registry.name_runs import bodies_of, leading_names
from ingest.registry.systems import is_generic
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
_LEAD_IN = r"(?:(?:同时|其中|另外|此外|今后|对此|为此|首先|原则上|下一步|[一二三四五六七八九]是)[,:]?)?"
_HEAD_OF_CLAUSE = r"(?:^|(?<=[。;!?:,\n \t)、.*”]))(?!\s)"
_BY = re.compile(r"(?<![自理事缘经因来案])由(?!于|此|来|衷|\d)(?:(?:其|原|当地|相应)?所在地?的?|其|有关的|相应的)?")
_WITH = re.compile(r"会同|(?<=[局厅部委门])商(?=[^务业会标贸品])")
_COUNCIL = re.compile(
    r"(?:建立健全|建立和完善|建立|设立|成立)(?:健全)?(?:由[^。;\n]{2,80}?的)?(?P<name>[^,。;\n由的建]{2,24}?联席会议)(?:工作)?制度[,:]"
)
_SEATED = re.compile(r"(?P<name>[^,。;\n、()]{2,24}(?:办公室|工作机构))\(?设在[^,。;\n]{2,24},(?=负责|承担|具体负责)")
_TITLE = re.compile(r"\s*(?P<names>[^:。;\n]{2,60}?)(?:[:。]|\n|$)")
_HELP = re.compile(r"(?P<cue>配合|协助|参加|参与|负责)(?=[,。;\n]|$|做好|落实|实施)")
_SENTENCE_END = re.compile(r"[。;\n!?]")
_LEADS = re.compile(r"牵头(?!部门|单位|人)|(?:履行|发挥|落实)好?牵头")
_TOGETHER = re.compile(r"(?:要|应当|应|负责|将)?[^,。;]{0,6}?(?:会同|商(?!务|业|会|标|贸|品))")


def find_subjects(text: str, provision: Provision, taken: Sequence[tuple[int, int]]) -> Iterator[Subject]:
    """The subjects of one provision's own text (folded); ``taken`` are the spans of brackets already read."""
    statute = is_statute(provision.path)
    start = provision.heading_start if provision.heading_start is not None else provision.body_start
    own = _masked(text, start, provision.end, taken)
    if not statute and provision.path != "0":
        yield from _titles(own, start)
    yield from _by_verbs(own, start, statute)
    yield from _by_preposition(own, start, statute)
    yield from _partners(own, start, statute)
    yield from _councils(own, start)


def is_statute(path: str) -> bool:
    """Whether a path is that of an article: there only 应当, 负责 and 由 make a body responsible."""
    return path.rsplit("/", 1)[-1].startswith("a")


def _masked(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> str:
    """The text with brackets already read replaced by full stops, at the same offsets."""
    own = text[start:end]
    for a, b in taken:
        if start <= a < end:
            own = own[: a - start] + "。" * (min(b, end) - a) + own[min(b, end) - start :]
    return own


@functools.cache
def _regex(table: str) -> re.Pattern[str]:
    return load_patterns(FILE, table)[0].regex


@functools.cache
def _subject_pattern(table: str) -> re.Pattern[str]:
    """A list at the head of a clause and what makes it act."""
    triggers = "|".join(f"(?P<{pattern.label}>{pattern.regex.pattern})" for pattern in load_patterns(FILE, table))
    ending = f"(?:{alternatives('ending', 'loose_ending')})"
    names = rf"(?P<names>{_WORDS}{{0,90}}?{ending}(?:\([^()\n]{{1,40}}\))?)"
    return re.compile(rf"{_HEAD_OF_CLAUSE}{_LEAD_IN}{names}[ ]?(?:{triggers})", re.M)


def _sentence(own: str, place: int) -> tuple[int, int]:
    start = max(own.rfind(mark, 0, place) for mark in "。;\n!?") + 1
    end = _SENTENCE_END.search(own, place)
    return start, end.start() if end else len(own)


def _subject(own: str, offset: int, names: Sequence[Name], role: Role, cue: str, rule: str) -> Subject:
    start, end = _sentence(own, names[0].start)
    return Subject(tuple(name.moved(offset) for name in names), role, cue, rule, offset + start, offset + end)


def _by_verbs(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """各县(市、区)要…; 民政部门负责…: bodies at the head of a clause, followed by what makes them act."""
    for match in _subject_pattern("statute_trigger" if statute else "trigger").finditer(own):
        names = bodies_of(match.group("names"), match.start("names"), statute=statute)
        rest = own[match.end("names") : _sentence(own, match.end())[1]].lstrip()
        role = _role(rest)
        if not names or (not statute and role == "responsible" and _regex("exhortation").match(rest)):
            continue
        if statute or match.lastgroup != "verb" or _may_just_act(names, rest):
            yield _subject(own, offset, names, role, match.group(match.lastgroup or 0), match.lastgroup or "verb")
        if role == "lead":
            yield from _helpers(own, offset, match.end(), _sentence(own, match.end())[1], statute)


def _may_just_act(names: Sequence[Name], rest: str) -> bool:
    """A mere verb makes a class of bodies responsible (各有关部门发挥…), a named one only when it founds something."""
    return rest.startswith(("成立", "设立")) or all(is_generic(name.text) or name.elliptic for name in names)


def _role(rest: str) -> Role:
    """The role of a subject by what follows it in its sentence."""
    if _LEADS.search(rest.split("由", 1)[0]) or _TOGETHER.match(rest):
        return "lead"
    return "support" if _regex("supporting").match(rest) else "responsible"


def _by_preposition(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """由市教育局牵头…; 由公安机关处…: bodies after 由, unless they only compose or qualify something."""
    for match in _BY.finditer(own):
        names, end = leading_names(own, match.end(), statute=statute)
        stop = _sentence(own, match.end())[1]
        if not names or end >= stop or own[end] in ",、" or _regex("by_no_duty").match(own[end:stop]):
            continue
        yield _subject(own, offset, names, _role(own[end:stop]), "由", "by")
        yield from _helpers(own, offset, end, stop, statute)


def _partners(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """会同有关部门: joint bodies."""
    for match in _WITH.finditer(own):
        names, end = leading_names(own, match.end(), statute=statute)
        if names and not _regex("by_no_duty").match(own[end : _sentence(own, end)[1]]):
            yield _subject(own, offset, names, "joint", match.group(), "with")


def _helpers(own: str, offset: int, start: int, stop: int, statute: bool) -> Iterator[Subject]:
    """A牵头,B、C配合: what follows the comma."""
    for match in re.compile(r"(?<=,)[^,。;]{2,120}").finditer(own, start, stop):
        cue = _HELP.search(match.group())
        if cue and cue.start() > 2:
            names = bodies_of(match.group()[: cue.start()].rstrip("等"), match.start(), statute=statute)
            role: Role = "responsible" if cue.group("cue") == "负责" else "support"
            if names:
                yield _subject(own, offset, names, role, cue.group("cue"), "helper")


def _councils(own: str, offset: int) -> Iterator[Subject]:
    """建立…联席会议制度 with tasks; an office seated somewhere that 负责 something."""
    for pattern, cue in ((_COUNCIL, "制度"), (_SEATED, "负责")):
        for match in pattern.finditer(own):
            name = Name(match.group("name"), match.start("name"), match.end("name"))
            yield _subject(own, offset, [name], "responsible", cue, "council")


def _titles(own: str, offset: int) -> Iterator[Subject]:
    """4.县财政局:…: a body that is its item's own title."""
    match = _TITLE.match(own)
    if match and match.end() < len(own):
        names = bodies_of(match.group("names"), match.start("names"), statute=False)
        if names:
            yield _subject(own, offset, names, "responsible", "", "title")
