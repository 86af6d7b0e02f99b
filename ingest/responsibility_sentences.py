"""Responsibility in running text: bodies that are the subject of a duty, follow 由 or 会同, or head their item."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import msgspec

from ingest.name_lists import BODY_END, Name, compact, is_body, is_party, split_names
from ingest.patterns import load_patterns
from ingest.records import Provision, Role
from ingest.responsibility_roles import FILE
from ingest.systems import OTHER, function_pattern, is_generic, system_of


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
_BY = re.compile(r"(?<![自理事缘经因来案])由(?!于|此|来|衷|\d)")
_WITH = re.compile(r"会同|(?<=[局厅部委关门])商(?=[^务业会标贸品])")
_COUNCIL = re.compile(
    r"(?:建立健全|建立和完善|建立|设立|成立)(?:健全)?(?:由[^。;\n]{2,80}?的)?(?P<name>[^,。;\n由的建]{2,24}?联席会议)(?:工作)?制度"
)
_SEATED = re.compile(r"(?P<name>[^,。;\n、()]{2,24}(?:办公室|工作机构))(?:\()?设在[^,。;\n]{2,24},(?=负责|承担|具体负责)")
_CANDIDATE_END = re.compile(BODY_END)
_SENTENCE_END = re.compile(r"[。;\n!?]")

# Systems of organisations that statutes address but that are no government bodies.
_NOT_GOVERNMENT = frozenset(
    "enterprise trade_union youth_league women disabled industry_commerce_fed science_association social_sciences arts cas "
    "supply_marketing rural_credit post railway".split()
)
_NOT_OFFICIAL = re.compile(
    r"(?:单位|企业|学校|医院|机场|车站|协会|学会|商会|媒体|公司|集团|院校|大学|学院|中学|小学|银行|馆|工会|共青团|妇联|残联|组织)$"
)
_BARE_PLACE = re.compile(r"(?<!各)(?:省|市|县|区|旗|州|盟|乡|镇|街道)$")


@functools.cache
def _subject_pattern(table: str) -> re.Pattern[str]:
    triggers = "|".join(f"(?P<{pattern.label}>{pattern.regex.pattern})" for pattern in load_patterns(FILE, table))
    return re.compile(
        rf"(?:^|(?<=[。;!?:,\n \t)、.*”]))(?!\s){_LEAD_IN}(?P<names>{_WORDS}{{0,90}}?{BODY_END}(?:\([^()\n]{{1,40}}\))?)[ ]?(?:{triggers})",
        re.M,
    )


@functools.cache
def _regex(table: str) -> re.Pattern[str]:
    return load_patterns(FILE, table)[0].regex


def find_subjects(text: str, provision: Provision, taken: Sequence[tuple[int, int]]) -> Iterator[Subject]:
    """The subjects of one provision's own text (folded); ``taken`` are the spans of brackets already read."""
    statute = is_statute(provision.path)
    start = provision.heading_start if provision.heading_start is not None else provision.body_start
    own = _masked(text, start, provision.end, taken)
    yield from _titles(own, start, provision)
    yield from _by_verbs(own, start, statute)
    yield from _by_preposition(own, start, statute)
    yield from _partners(own, start, 0, len(own), statute)
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


def _sentence(own: str, place: int) -> tuple[int, int]:
    start = max((own.rfind(mark, 0, place) for mark in "。;\n!?"), default=-1) + 1
    end = _SENTENCE_END.search(own, place)
    return start, end.start() if end else len(own)


def _subject(own: str, offset: int, names: Sequence[Name], role: Role, cue: str, rule: str) -> Subject:
    start, end = _sentence(own, names[0].start)
    placed = tuple(msgspec.structs.replace(name, start=name.start + offset, end=name.end + offset) for name in names)
    return Subject(placed, role, cue, rule, offset + start, offset + end)


def _by_verbs(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """各县(市、区)要…; 民政部门负责…: bodies at the head of a clause, followed by what makes them act."""
    for match in _subject_pattern("statute_trigger" if statute else "trigger").finditer(own):
        names = _bodies(match.group("names"), match.start("names"), statute)
        end = _sentence(own, match.end())[1]
        rest = own[match.end("names") : end].lstrip()
        if not names or (_regex("exhortation").match(rest) and _role(rest) == "responsible") or (not statute and _is_loose(match, names)):
            continue
        role = _role(rest)
        yield _subject(own, offset, names, role, match.group()[match.end("names") - match.start() :], match.lastgroup or "verb")


def _is_loose(match: re.Match[str], names: Sequence[Name]) -> bool:
    """A mere verb makes only a class of bodies or a named one with a modal responsible."""
    return (
        match.lastgroup == "verb"
        and not all(is_generic(name.text) or name.elliptic for name in names)
        and not (re.match(r"成立|设立", match.group()[len(match.group("names")) :]))
    )


def _role(rest: str) -> Role:
    before = rest.split("由", 1)[0]
    if re.search(r"牵头(?!部门|单位|人)|(?:履行|发挥|落实)好?牵头", before):
        return "lead"
    if re.match(r"(?:要|应当|应|负责|将)?(?:[^,。;]{0,6})?(?:会同|商(?!务|业|会|标|贸|品))", rest):
        return "lead"
    return "support" if _regex("supporting").match(rest) else "responsible"


def _by_preposition(own: str, offset: int, statute: bool) -> Iterator[Subject]:
    """由市教育局牵头…; 由公安机关处…: bodies after 由, unless they only compose or qualify something."""
    for match in _BY.finditer(own):
        names, end = leading_names(own, match.end(), statute)
        sentence_end = _sentence(own, match.end())[1]
        rest = own[end:sentence_end] if names else ""
        if not names or not rest or _regex("by_no_duty").match(rest) or own[end] in ",。、":
            continue
        yield _subject(own, offset, names, _role(rest), "由", "by")
        yield from _helpers(own, offset, end, sentence_end, statute)


def _partners(own: str, offset: int, start: int, end: int, statute: bool) -> Iterator[Subject]:
    """会同有关部门: joint bodies."""
    for match in _WITH.finditer(own, start, end):
        names, names_end = leading_names(own, match.end(), statute)
        if names and not _regex("by_no_duty").match(own[names_end:end]):
            yield _subject(own, offset, names, "joint", match.group(), "with")


_HELP = re.compile(r"(?P<cue>配合|协助|参加|参与|负责)(?=[,。;\n]|$|做好|落实|实施)")


def _helpers(own: str, offset: int, start: int, end: int, statute: bool) -> Iterator[Subject]:
    """由A牵头,B、C配合: what follows the comma."""
    for match in re.finditer(r"(?<=,)[^,。;]{2,120}", own[start:end]):
        cue = _HELP.search(match.group())
        if cue and cue.start() > 2:
            names = _bodies(match.group()[: cue.start()].rstrip("等"), start + match.start(), statute)
            role: Role = "responsible" if cue.group("cue") == "负责" else "support"
            if names:
                yield _subject(own, offset, names, role, cue.group("cue"), "helper")


def _councils(own: str, offset: int) -> Iterator[Subject]:
    """建立…联席会议制度 with tasks; a named office that 负责 something."""
    for match in [*_COUNCIL.finditer(own), *_SEATED.finditer(own)]:
        name = Name(match.group("name"), match.start("name"), match.end("name"))
        if match.re is _SEATED or own[match.end() : match.end() + 1] in (",", ":"):
            yield _subject(own, offset, [name], "responsible", "制度" if match.re is _COUNCIL else "负责", "council")


def _titles(own: str, offset: int, provision: Provision) -> Iterator[Subject]:
    """4.县财政局:…: a body that is its item's own title."""
    if provision.path == "0" or is_statute(provision.path):
        return
    match = re.match(r"\s*(?P<names>[^:。;\n]{2,60}?)(?:[:。]|\n|$)", own)
    names = _bodies(match.group("names").strip(), match.start("names"), False) if match else ()
    if names and match and match.end() < len(own):
        yield _subject(own, offset, names, "responsible", "", "title")


# Endings that are the beginning of another word: 部+门, 会+同, 处+罚, 所+在.
_BROKEN = re.compile(
    r"所(?:在|属|有|列|需|述|得|称|指|作|做|规)|处(?:理|罚|置|以|分|于|在|方|\d|[一二三四五六七八九十])|行(?:政|为|使|动|业|人|驶|保险)|"
    r"会(?:同|议|商|计|员|场|展|见|救|保)|协(?:调|助|同|商|作|议|会)|办(?:理|法|公|事|学|案|证|税|好|结|成|园)|部(?:分|门|署|队|委|位)|站(?:在|点|位)|"
    r"委(?:托|员|派|办|任|会(?!同|商))|院(?:校|内|士|长)|社(?:会|区|保|团|科)|署(?:名)|局(?:部|面|限)|队(?:伍|员)|库(?:存|区)|馆(?:藏|长)|"
    r"地方(?:性|各级|人民|政府|财政|金融|标准|特色)|机关(?:事务|党|工作人员)|组织(?:部|人事|实施|领导|机构|开展|协调)|中心(?:支行|城|任务|工作)|海关总|中央(?:军|财|企|预)"
)
# What may follow one body's name to make another's: 市委+宣传部, 人民政府+有关部门, 领导小组+办公室.
_JOINED = re.compile(
    r"^(?:(?:各级|其|所属|直属|同级|有关|相关|行政|主管|授权|指定|派出|负有[^,。;]{2,20}职责)*的?(?:部门|机关|机构|单位|组织)$"
    r"|办公室$|办公厅$|办$|总署$|管委会|管理委员会|人民政府|政府|常委会|党委|党组|党工委|工委|各?(?:有关|相关|其他)?成员单位$|[\u4e00-\u9fff]{2,8}(?:支行|分行|市委|省委|县委|分局|税务局|总队|监管局)$)"
)


def leading_names(own: str, start: int, statute: bool) -> tuple[tuple[Name, ...], int]:
    """The list of bodies that begins at ``start``, as far as it goes on as a list, and where it ends."""
    best: tuple[tuple[Name, ...], int] = ((), start)
    limit = re.compile(r"[。;!?:\n“”《》]").search(own, start)
    stop = min(start + 120, limit.start() if limit else len(own))
    for end in _ends(own, start, stop):
        if best[0] and not _goes_on(own[best[1] : end]):
            continue
        names = _bodies(own[start:end], start, statute)
        if names:
            best = (names, end)
    return best


def _ends(own: str, start: int, stop: int) -> Iterator[int]:
    """Where a name may end: at an ending that opens no other word, outside brackets."""
    for match in _CANDIDATE_END.finditer(own, start, stop):
        end = match.end()
        if own.count("(", start, end) != own.count(")", start, end) or own[end : end + 1] == "(":
            continue
        if not any(_is_broken(own, place, end) for place in range(max(start, end - 3), end)):
            yield end


def _is_broken(own: str, place: int, end: int) -> bool:
    match = _BROKEN.match(own, place)
    return match is not None and match.end() > end


def _goes_on(more: str) -> bool:
    """Whether text after a body goes on with its list or with the body's own part."""
    return more[0] in "、,和及与或以暨(" or bool(_JOINED.match(more)) or bool(function_pattern().match(more))


def _bodies(words: str, at: int, statute: bool) -> tuple[Name, ...]:
    """The bodies of a list, all of whose items must be bodies or other parties; empty when it is no such list."""
    words, places = compact(words.removesuffix("之间"))
    names = [part for name in split_names(words) for part in _expanded(name)]
    if not names or not all(_tight(name.text) or name.elliptic or is_party(name.text) for name in names):
        return ()
    kept = [_without_same(name) for name in names if _counts(name, statute)]
    return tuple(Name(name.text, places[name.start] + at, places[name.end - 1] + 1 + at, name.elliptic) for name in kept)


def _tight(name: str) -> bool:
    """A body whose name holds no second body that is no part of it."""
    if not is_body(name):
        return False
    last = 0
    for end in _ends(name, 0, len(name)):
        if last and not _goes_on(name[last:end]):
            continue
        if is_body(name[:end]):
            last = end
    return last in (0, len(name)) or name[last:].startswith("(")


def _without_same(name: Name) -> Name:
    """同级工商 in a list of functions → 工商."""
    if name.elliptic and name.text.startswith("同级"):
        return Name(name.text[2:], name.start + 2, name.end, True)
    return name


def _counts(name: Name, statute: bool) -> bool:
    if name.elliptic:
        return True
    if not is_body(name.text) or (_BARE_PLACE.search(name.text) and not is_generic(name.text)):
        return False
    system = system_of(name.text)
    if statute:
        return not _NOT_GOVERNMENT.intersection(system.split("+")) and not _NOT_OFFICIAL.search(name.text)
    return system != OTHER or is_generic(name.text)


_EXPLAINED = re.compile(r"\((?:包括|含|以及)?(?P<inner>[^()]{3,40}?)(?:,?下同)?\)$")


_PLACES = re.compile(r"^(?:[省市县区旗州盟乡镇、]|街道|苏木|社区)+$")


def _expanded(name: Name) -> list[Name]:
    """街道办事处(乡、镇人民政府) names two bodies; 乡镇(街道) is one."""
    match = _EXPLAINED.search(name.text)
    if not match or name.text.endswith("下简称)"):
        return [name]
    inner = split_names(match.group("inner"))
    if not all(is_body(item.text) and not _PLACES.match(item.text) for item in inner):
        return [name]
    shift = name.start + match.start("inner")
    outer = Name(name.text[: match.start()], name.start, name.start + match.start())
    return [outer, *(Name(item.text, item.start + shift, item.end + shift) for item in inner)]
