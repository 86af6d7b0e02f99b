"""Systems: the function that bodies of all levels share (住建局, 住房城乡建设厅 and 城建局 are all ``housing``).

``data/reference/systems.csv`` lists the codes, ``system_names.csv`` the forms in which each is named, by kind:

- ``strong``: settles the system wherever it stands (人民银行);
- ``opening``: settles it at the beginning of a name (民革某市委员会);
- ``own``: a coordinating body that belongs to a system of its own (农村工作领导小组);
- ``head``: settles it at the end of a name (领导小组, 公司);
- ``word``: a function word; all that occur are joined (文化和旅游 → ``culture+tourism``);
- ``general``: what a body is when nothing more special is named (人民政府, 开发区);
- ``abbreviation``: one character of a merged local body (教科局 → ``education+science``);
- ``topic``: an everyday word, used to understand questions only.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable

import msgspec

import settings
from ingest.source_text import fold

OTHER = "other"
REFERENCE = settings.ROOT / "data" / "reference"


class System(msgspec.Struct, frozen=True):
    """One system: its code, its Chinese and its English name."""

    system: str
    name_zh: str
    name_en: str


class SystemName(msgspec.Struct, frozen=True):
    """One form in which a system is named; ``valid_from`` and ``valid_to`` are years, empty when open."""

    form: str
    system: str
    kind: str
    valid_from: str
    valid_to: str
    example: str


class SystemMention(msgspec.Struct, frozen=True):
    """A function word found in a text: the system it stands for and where it stands."""

    system: str
    form: str
    start: int
    end: int


def _load_systems() -> dict[str, System]:
    with (REFERENCE / "systems.csv").open(encoding="utf8", newline="") as file:
        return {row["system"]: System(**row) for row in csv.DictReader(file)}


SYSTEMS: dict[str, System] = _load_systems()
"""Every system by its code, in the order of the table."""


@functools.cache
def system_names() -> tuple[SystemName, ...]:
    """All rows of ``system_names.csv``."""
    with (REFERENCE / "system_names.csv").open(encoding="utf8", newline="") as file:
        return tuple(SystemName(**row) for row in csv.DictReader(file))


@functools.cache
def _forms(*kinds: str) -> dict[str, str]:
    return {row.form: row.system for row in system_names() if row.kind in kinds}


def alternation(forms: Iterable[str]) -> str:
    """A regular expression for any of these forms, longer ones first."""
    return "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))


@functools.cache
def _pattern(*kinds: str) -> re.Pattern[str]:
    return re.compile(alternation(_forms(*kinds)))


# What may follow the head of a name: 领导小组办公室, 联席会议成员单位.
_AFTER_HEAD = r"(?:(?:日常工作)?(?:办公室|办|秘书处|综合组|召集人|各?(?:有关|相关|其他)?成员单位|成员|单位|机构))?"
_UNSPECIFIED = re.compile(
    r"(?:各|有关|相关|其他|其它|所有|本市|国务院|省直|市直|区直|县直|行业|职能|责任|行政|主管|管理|执法|监督|监察|等)+(?:部门|单位|机构)"
)
_NOTE = re.compile(r"\((?:已|原|含|筹|简称|以下|包括)[^()]*\)")
_PLACE_END = re.compile(
    r"(?:省|市|县|区|盟|旗|州|乡|镇|城镇|镇街|街镇|街道|苏木|村|社区|"
    r"地方|地区|辖区|省份|试点城市|输入地|输出地|全国|兵团)$"
)
# 国家广播电视总局规划财务司, 重庆市科学技术局财务处: a body, then one of its divisions.
_DIVISION = re.compile(
    r"(?P<whole>[\u4e00-\u9fff]+?(?:部(?!门|队|分|委|位)|局|厅|委员会|(?<![省市县区州盟旗地])委(?!员|托)|署))"
    r"[\u4e00-\u9fff]{2,14}(?:司|(?<!办事)处|科|中心)"
)
_WITH_PARTS = frozenset({"enterprise", "education", "health", "cas"})
"""Systems of those whose parts are named after them: undertakings and institutions."""
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")


def function_pattern() -> re.Pattern[str]:
    """Any strong, function or general word."""
    return _pattern("strong", "own", "word", "general")


def head_pattern() -> re.Pattern[str]:
    """Any word for an office (领导小组), and words that settle the system at the beginning of a name."""
    return _pattern("head", "opening")


@functools.cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile(f"({alternation(_forms('head'))}){_AFTER_HEAD}$")


def _join(systems: Iterable[str]) -> str:
    parts = [part for system in systems for part in system.split("+")]
    return "+".join(dict.fromkeys(parts))


@functools.lru_cache(maxsize=65536)
def system_of(name: str) -> str:
    """The codes of the systems a body belongs to, joined by ``+``; ``other`` when the name tells none.

    >>> system_of("市教科局"), system_of("自治区住房和城乡建设厅"), system_of("有关部门")
    ('education+science', 'housing', 'other')
    """
    plain = _NOTE.sub("", "".join(fold(name).split()))
    if plain.endswith("的人民政府"):  # 下达粮食应急任务的人民政府
        plain = "人民政府"
    for strategy in (_by_strong, _by_whole, _by_head, _by_words, _by_general, _by_abbreviations, _by_place, _by_head_within):
        found = strategy(plain)
        if found:
            return found
    return OTHER


def _by_strong(name: str) -> str:
    match = _pattern("opening").match(name) or _pattern("own").search(name) or _pattern("strong").search(name)
    return _forms("opening", "own", "strong").get(match.group(), "") if match else ""


def _by_whole(name: str) -> str:
    """A division has the system of its body, whatever it is called (国家广播电视总局规划财务司)."""
    match = _DIVISION.fullmatch(name)
    found = system_of(match["whole"]) if match else OTHER
    return "" if found == OTHER else found


def _by_head_within(name: str) -> str:
    """A part of an undertaking or institution (中国企业联合会智慧企业工作委员会)."""
    found = [match.group(1) for match in _inner_head().finditer(name)]
    return _forms("head")[found[-1]] if found else ""


@functools.cache
def _inner_head() -> re.Pattern[str]:
    forms = [form for form, system in _forms("head").items() if system in _WITH_PARTS]
    return re.compile(f"({alternation(forms)})(?=[\\u4e00-\\u9fff]{{2,}}(?:会|中心|部|室|处|办|院|系|所|站)$)")


def _by_head(name: str) -> str:
    """The system of the name's last part, unless a function word ends with it (残疾人联合会)."""
    match = _head_pattern().search(name) or _head_pattern().search(_BRACKET.sub("", name))
    if not match:
        return ""
    covered = any(word.start() < match.start() and word.end() >= match.end(1) for word in _pattern("word").finditer(name))
    return "" if covered else _forms("head")[match.group(1)]


def _by_words(name: str) -> str:
    forms = _forms("word", "general")
    words = _forms("word")
    found = [match.group() for match in _pattern("word", "general").finditer(name)]
    return _join(forms[form] for form in found if form in words)


def _by_general(name: str) -> str:
    """The last general word (市委办公室); a party committee's or government's 有关部门 says nothing of a system."""
    if _UNSPECIFIED.search(name):
        return ""
    found = [match.group() for match in _pattern("general").finditer(name)]
    return _forms("general")[found[-1]] if found else ""


def _by_abbreviations(name: str) -> str:
    match = _merged().search(_BRACKET.sub("", name))
    return _join(_forms("abbreviation")[char] for char in match.group(1)) if match else ""


@functools.cache
def _merged() -> re.Pattern[str]:
    """A merged local body at the end of a name: (教科)局, 市(农林水)局."""
    return re.compile(f"(?<![{_chars()}])([{_chars()}]{{1,5}})(?:局|委|办|厅|站|所|大队|部门)$")


def _chars() -> str:
    return "".join(sorted(_forms("abbreviation")))


def _by_place(name: str) -> str:
    """A bare place or class of places stands for its government: 各地, 各县（市、区）, 浦东新区."""
    bare = _BRACKET.sub("", name)
    return "government" if _PLACE_END.search(bare) else ""


def find_systems(text: str) -> tuple[SystemMention, ...]:
    """Function and everyday words of a text or question in their order: 住房 → ``housing``."""
    forms = _forms("strong", "word", "topic")
    matches = _pattern("strong", "word", "topic").finditer(fold(text))
    return tuple(SystemMention(forms[m.group()], m.group(), m.start(), m.end()) for m in matches)


# A class of bodies that is not one organisation: 各成员单位, 有关部门, 市、区人民政府, 街道办事处.
_GENERIC = re.compile(
    r"^(?:各|有关|相关|其他|其它|所有|全市各|全省各|同级|当地|地方|上级|下级|县级以上|乡级|设区的市|输入地|输出地|属地|辖区|所在地|受?帮扶省市)"
    r"|各(?:级|类|有关|相关|成员|县|区|市|省|盟|旗|乡|镇|村|社区|街道|地|部门)|(?:有关|相关|其他|各)(?:成员|主管|行政|职能|工作)*(?:部门|单位|机构|地区|地方|区|县)"
    r"|^[省市县区]局各|(?:成员单位|有关部门|相关部门|试点(?:省份|城市|地区|[省市县区]))$"
    r"|^(?:盟市|旗县|区县|县区|市县|乡镇|镇街|街镇|街道|苏木|嘎查|省|市|县|区|旗|乡|镇|州)?"
    r"(?:[(、和及].*)?(?:街道办事处|街道办|(?:村|居|社区居)民委员会|村\(居\)民委员会|居\(村\)民委员会|村居委会|居委会|村委会)$"
    r"|^(?:盟市|旗县|区县|县区|市县|乡镇|镇街|街镇|街道|苏木乡?镇?|嘎查村?)(?:[(\[].*[)\]])?(?:人民政府|政府|党委和政府)?$"
    r"|(?:省|市|县|区|旗|乡|镇|州|盟)(?:[)\]])?[、和]"
)
_BARE_DEPARTMENT = re.compile(r"^(?!国务院|省|市(?!场)|自治区)(?:市场|[^、市县省]){2,14}(?:主管)?(?:部门|机关|组织)$")
_BARE_ZONE = re.compile(
    r"^(?:各类|各级|国家级|省级|市级|县级)*(?:开发|产业|工业|经济|功能|海关特殊)?(?:\([^)]*\))?"
    r"(?:园区|开发区|功能区|管理区|监管区|风景区|景区|化工区|度假区)(?:\([^)]*\))?(?:管委会|管理委员会|管理机构)?$"
)
# 相关行业工程建设主管部门: whichever of a kind is concerned.
_ANY_OF_A_KIND = re.compile(
    r"^(?:有关|相关|其他|其它)(?![^、]*人民政府[^、]+).*(?:部门|单位|机构|机关)$|^有权机关$"
    r"|^(?:受理|颁发|核发|发放|登记|审批|作出)[^、]{1,16}的(?:部门|机关)$"
)
_CLASSES_IN_STATUTES = frozenset({"government", "development_zone"})
# Without a function of its own: 有关部门, 市人民政府行政执法部门; 居民委员会.
_NO_FUNCTION = re.compile(
    r"^(?:各级|各|县级以上|乡级|设区的市级?|区县|国务院|国家|[省市县区旗州盟乡镇]级?|自治[区县州旗]|工作|人民政府|政府|地方|本级|有关|相关|其他|其它|行政|主管|登记|侦查|审批|批准|任免|发证|(?<=人民政府)的|"
    r"执法|职能|监督|管理|责任|所属|行业|上级|同级|当地|综合|专门|具体|、|和)*(?:部门|机关|机构|单位)$|(?:居民|村民|居委|村委|\(居\)民)委?员?会$"
)


def is_generic(name: str, *, statute: bool = False) -> bool:
    """Whether a name is a class of bodies and not one organisation.

    In a statute the functional departments of a level (民政部门) count as named bodies.

    >>> is_generic("各县（市、区）人民政府"), is_generic("市财政局"), is_generic("财政部门")
    (True, False, True)
    """
    plain = "".join(fold(name).split())
    if statute:
        system = system_of(plain)
        return (
            system in _CLASSES_IN_STATUTES
            or bool(_ANY_OF_A_KIND.match(plain))
            or (system == OTHER and bool(_NO_FUNCTION.search(plain) or _NO_FUNCTION.search(_BRACKET.sub("", plain))))
        )
    return bool(_GENERIC.search(plain) or _BARE_DEPARTMENT.match(plain) or _BARE_ZONE.match(plain))
