"""Responsibility in running text: bodies that are the subject of a duty, follow 由 or 会同, or head their item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.records import Provision, Role
from ingest.registry.name_lists import Name
from ingest.registry.name_runs import begins_as_body, bodies_of, is_broken, leading_names
from ingest.registry.systems import is_generic
from ingest.responsibilities.acting import acting_subject
from ingest.responsibilities.clauses import Clause, Subject, clauses, regex, role_of_rest, sentence, subject_of, triggers

_BY = re.compile(
    r"(?<![自理事缘经因来案指])(?<!可以)(?<!可以指定)由(?!于|此|来|衷|\d)(?:(?:其|原|当地|相应)?(?:户籍|居住|注册|行为|项目)?所在地?的?|其|有关的|相应的)?"
)
_ASK = re.compile(r"(?:^|(?<=[。;,:\n]))\s*请(?![示求假教问])", re.M)
_WITH = re.compile(r"(?<![社已])会同(?![步期])|(?<=[局厅部委门])商(?=[^务业会标贸品用])")
_LED = re.compile(r"(?:建立|健全|完善|形成|构建)(?:健全)?(?=[^,。;\n由的]{2,40}牵头(?:的|、|,))")
_APPROVED = re.compile(r"(?:[必应须当]经|报经|^经|,经)[^,。;]{2,30}$")
"""必须经国务院主管机构会同有关部门批准: whoever only approves has no duty."""
_COUNCIL = re.compile(
    r"(?:建立健全|建立和完善|建立|设立|成立)(?:健全)?(?:由[^。;\n]{2,80}?的)?(?P<name>[^,。;\n由的建]{2,24}?联席会议)(?:工作)?制度[,:]"
)
_TASK = r"(?:具体|统一|全面|主要)?(?:负责|承担|履行|统筹|领导|协调)"
_BODY = r"(?:小组|委员会|指挥部|专班|联席会议|办公室|工作机构|管理机构|指挥机构)"
_TASKED = re.compile(rf"\s*{_TASK}")
_SEATED = re.compile(
    r"(?P<name>[^,。;\n、()]{2,24}(?:办公室|工作机构))\(?设在[^,。;\n]{2,24},"
    rf"(?:由[^。;\n]{{2,60}}(?:参加|组成|担任|兼任),)?(?={_TASK})"
)
_FOUNDED = re.compile(
    rf"(?:由[^。;\n]{{4,120}}?(?:组成|组建|成立)|设立(?=[^,。;\n的()]{{2,20}}(?:管理|指挥|工作)机构))(?P<name>[^,。;\n的()]{{2,24}}{_BODY})(?:\([^()]*\))?,(?={_TASK})"
)
_COMPOSED = re.compile(
    rf"(?:^|(?<=[。;\n]))\s*(?P<name>[^,。;\n的()由]{{2,24}}{_BODY})"
    rf"由[^。;\n]{{2,80}}?(?:组成|参加|担任|兼任)[^。;\n]{{0,60}}?,(?={_TASK})"
)
_FOUNDINGS = (
    (_COUNCIL, "制度", ("联席会议",)),
    (_SEATED, "负责", ("设在",)),
    (_FOUNDED, "组成", ("组成", "组建", "成立", "设立")),
    (_COMPOSED, "负责", ("组成", "参加", "担任", "兼任")),
)
"""Pattern, the words that make its body responsible, and words one of which every match holds."""
_TITLE = re.compile(r"\s*(?P<names>[^:。;\n]{2,60}?)(?:[:。]|\n|$)")
_HELP = re.compile(r"(?P<cue>配合|协助|参加|参与|负责)(?=[,。;\n]|$|做好|落实|实施)")


def find_subjects(
    text: str, provision: Provision, taken: Sequence[tuple[int, int]], *, orders: bool = True
) -> Iterator[Subject]:
    """The subjects of one provision's own text (folded); ``taken`` are the spans of brackets already read.

    ``orders``: the document gives orders, so that a body that simply acts in it has a duty; news and answers only report.
    """
    statute = is_statute(provision.path)
    start = provision.heading_start if provision.heading_start is not None else provision.body_start
    own = _masked(text, start, provision.end, taken)
    if not statute and provision.path != "0":
        yield from _titles(own, start)
    yield from _by_verbs(own, start, provision, statute, orders)
    yield from _by_preposition(own, start, statute)
    if not statute:
        yield from _asked(own, start)
    yield from _partners(own, start, statute)
    yield from _leaders(own, start, statute)
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


def _by_verbs(own: str, offset: int, provision: Provision, statute: bool, orders: bool) -> Iterator[Subject]:
    """各县(市、区)要…; 民政部门负责…: bodies at the head of a clause, followed by what makes them act."""
    table = triggers("statute_trigger" if statute else "trigger")
    done = 0
    for candidate in clauses(own):
        clause = candidate.after(own, done)
        if not clause:
            continue
        match = table.match(own, clause.end)
        found = list(_triggered(own, offset, clause, match, statute)) if match else []
        if not found and clause.whole and orders:
            acting = acting_subject(own, offset, clause, provision, statute)
            match, found = (acting[0], [acting[1]]) if acting else (match, [])
        if match and found and not is_broken(own, clause.start, clause.end):
            done = match.end()
            yield from found


def _triggered(own: str, offset: int, clause: Clause, match: re.Match[str], statute: bool) -> Iterator[Subject]:
    names = bodies_of(own[clause.start : clause.end], clause.start, statute=statute)
    rest = own[clause.end : sentence(own, match.end())[1]].lstrip()
    role = role_of_rest(rest)
    if not names or (not statute and role == "responsible" and regex("exhortation").match(rest)):
        return
    if match.lastgroup == "duty" and regex("past").match(own[match.end() :]):
        return
    if statute or match.lastgroup != "verb" or _may_just_act(names, rest):
        yield subject_of(own, offset, names, role, match.group(match.lastgroup or 0), match.lastgroup or "verb")
        if role == "lead":
            yield from _helpers(own, offset, match.end(), sentence(own, match.end())[1], statute)


def _may_just_act(names: Sequence[Name], rest: str) -> bool:
    """A mere verb makes a class of bodies responsible (各有关部门发挥…), a named one only when it founds something."""
    return rest.startswith(("成立", "设立")) or all(is_generic(name.text) or name.elliptic for name in names)


def _by_preposition(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """由市教育局牵头…; 由公安机关处…: bodies after 由, unless they only compose or qualify something."""
    for match in _BY.finditer(own):
        names, end = leading_names(own, match.end(), statute=statute)
        stop = sentence(own, match.end())[1]
        if not names or end >= stop or own[end] in ",、" or regex("by_no_duty").match(own[end:stop]):
            continue
        yield subject_of(own, offset, names, role_of_rest(own[end:stop]), "由", "by")
        yield from _helpers(own, offset, end, stop, statute)


def _asked(own: str, offset: int) -> Iterator[Subject]:
    """请财政部提出修订建议: bodies that are asked to do something."""
    for match in _ASK.finditer(own):
        names, end = leading_names(own, match.end(), statute=False)
        rest = own[end : sentence(own, end)[1]]
        if names and rest and rest[0] not in ",、" and not regex("by_no_duty").match(rest):
            yield subject_of(own, offset, names, role_of_rest(rest), "请", "asked")


def _partners(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """会同有关部门: joint bodies."""
    for match in _WITH.finditer(own):
        if _APPROVED.search(own[sentence(own, match.start())[0] : match.start()]):
            continue
        names, end = leading_names(own, match.end(), statute=statute)
        rest = own[end : sentence(own, end)[1]]
        if names and not regex("by_no_duty").match(rest) and not regex("past").match(rest):
            yield subject_of(own, offset, names, "joint", match.group(), "with")


def _leaders(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """建立市场监管部门牵头的联席会议制度: who leads what is founded."""
    for match in _LED.finditer(own):
        names, end = leading_names(own, match.end(), statute=statute)
        if names and own.startswith("牵头", end):
            yield subject_of(own, offset, names, "lead", "牵头", "led")


def _helpers(own: str, offset: int, start: int, stop: int, statute: bool) -> Iterator[Subject]:
    """A牵头,B、C配合: what follows the comma."""
    for match in re.compile(r"(?<=,)[^,。;]{2,120}").finditer(own, start, stop):
        cue = _HELP.search(match.group())
        if cue and cue.start() > 2:
            names = bodies_of(match.group()[: cue.start()].rstrip("等"), match.start(), statute=statute)
            role: Role = "responsible" if cue.group("cue") == "负责" else "support"
            if names:
                yield subject_of(own, offset, names, role, cue.group("cue"), "helper")


def _councils(own: str, offset: int) -> Iterator[Subject]:
    """建立…联席会议制度 with tasks; an office seated somewhere, a group of several bodies, that 负责 something."""
    for pattern, cue, needs in _FOUNDINGS:
        for match in pattern.finditer(own) if any(word in own for word in needs) else ():
            name = Name(match.group("name"), match.start("name"), match.end("name"))
            yield subject_of(own, offset, [name], "responsible", cue, "council")


def _titles(own: str, offset: int) -> Iterator[Subject]:
    """4.县财政局:…: a body that is its item's own title."""
    match = _TITLE.match(own)
    if match and match.end() < len(own):
        names = bodies_of(match.group("names"), match.start("names"), statute=False)
        if names and (begins_as_body(names[0].text) or _TASKED.match(own, match.end())):
            yield subject_of(own, offset, names, "responsible", "", "title")
