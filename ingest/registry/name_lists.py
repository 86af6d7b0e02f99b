"""Lists of organisations: split into names, each with its place, without breaking names that hold 、 or 和 inside."""

from __future__ import annotations

import re

import msgspec

from ingest.registry.body_names import bare, ends_in_body, is_body, is_function, is_party, is_place, is_whole
from ingest.registry.systems import OTHER, function_pattern, system_of


class Name(msgspec.Struct, frozen=True):
    """A name in a list; ``start`` and ``end`` count in the text that was split. ``elliptic``: its ending stands further on."""

    text: str
    start: int
    end: int
    elliptic: bool = False

    def moved(self, by: int) -> Name:
        """The same name counted from another start."""
        return Name(self.text, self.start + by, self.end + by, self.elliptic)


_INNER = r"(?:\([^()]{1,30}\)|\[[^\[\]]{1,30}\])?"
_PLACE_CLASS = (
    r"(?:[省市县乡区]级|设区的?市级|直辖市的区|沿[海江河湖][市县区镇]|省|自治区|直辖市|设区的?市|地级市|市州|市|自治州|州|盟|地区|行署|县级市|自治县|县|区|旗|自治旗"
    r"|民族乡|乡|镇|街道|苏木|兵团)"
)
# 各省、自治区、直辖市人民政府; 有关设区市、县[区]人民政府; 市、区精神文明建设工作机构: one name, though it holds separators.
_PLACE_LIST = re.compile(
    rf"(?:^|(?<=[、,;:和及与(由等的者或]))(?:国务院|全省|全市|省内)?(?:各|有关|相关|其他|同级|设区)*{_PLACE_CLASS}{_INNER}"
    rf"(?:(?:[、,和及]|或者)(?:有关|相关)?{_PLACE_CLASS}{_INNER})+(?=人民政府|政府|党委|[和及与](?:国务院|中央|新疆)|[^、,;和及与各]|$)"
    r"|(?<![一-龥])村[、和](?=居民委员会)"
)
_INNER_SPAN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|《[^》]*》")
_SEPARATOR = re.compile(r"[、,;/|]")
_CONJUNCTION = re.compile(r"以及|及其(?![他它])|或者|和|及|与|暨|或")
_ETC = re.compile(r"等(?P<kind>[^等、,;]{0,12}(?:部门|单位|机构|组织|政府|地区|地方|区|县|市))?$")
# 等省直有关部门 names a class of its own; 等部门 does not.
_QUALIFIED = re.compile(r"有关|相关|成员|省直|市直|区直|县直|各|其他|行业|主管|政府|区|县|市")
_SPACED = re.compile(r"(?<=[局厅委办部院会社行署处队站所府])[ \u3000](?=[\u4e00-\u9fff])")
# 上海市科学技术委员会(以下简称市科委)
_SHORT_FORM = re.compile(r"\((?:以下)?(?:简称|统称)[^()]*\)$")
_UNNAMED = re.compile(r"^(?:其他|其它|相关|有关)+(?:行政|行业|主管|职能|管理|监督|监管|执法)*(?:部门|单位|机关)$")
_SHARED_ENDING = re.compile(r"(?:部门|组织|机关|机构)$")
_SHARED_ETC = re.compile(r"等[^、,;等]{0,8}部门$")


def compact(text: str) -> tuple[str, list[int]]:
    """``text`` without white space, and where each of its characters stands in ``text``."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    return "".join(text[place] for place in places), places


def compact_list(text: str) -> tuple[str, list[int]]:
    """The same, but a space between two bodies (市财政局 市水利局) becomes a separator."""
    return compact(_SPACED.sub("、", text))


def split_names(text: str) -> tuple[Name, ...]:
    """The items of a list in folded text without white space; items that are no bodies are included.

    >>> [name.text for name in split_names("市发展和改革委员会、各县(市、区)政府和团市委等部门")]
    ['市发展和改革委员会', '各县(市、区)政府', '团市委']
    """
    spans = _protected(text)
    cuts = [match.start() for match in _SEPARATOR.finditer(text) if not _within(match.start(), spans)]
    starts = [0, *(cut + 1 for cut in cuts)]
    found: list[Name] = []
    for start, end in zip(starts, [*cuts, len(text)], strict=True):
        if end > start:
            found.extend(_item(text, start, end, spans))
    return tuple(_mark_elliptic(found, shared=_SHARED_ETC.search(text) is not None))


def _protected(text: str) -> list[tuple[int, int]]:
    """Spans whose separators separate no names: inner brackets, lists of classes of places."""
    return [match.span() for pattern in (_INNER_SPAN, _PLACE_LIST) for match in pattern.finditer(text)]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _item(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Name]:
    """One piece: cut at 和, 及 where both sides are bodies; 等有关部门 after a body is a name of its own."""
    cut = _conjunction(text, start, end, spans)
    if cut:
        return _item(text, start, cut[0], spans) + _item(text, cut[1], end, spans)
    short = _SHORT_FORM.search(text, start, end)
    end = short.start() if short else end
    etc = _ETC.search(text, start, end)
    if not etc:
        return [Name(text[start:end], start, end)]
    before = Name(text[start : etc.start()], start, etc.start())
    kind = etc.group("kind")
    if kind == "组织" or (kind and before.text and not ends_in_body(bare(before.text)) and not is_place(before.text)):
        return [Name(text[start:end], start, end)]
    named = kind is not None and bool(_QUALIFIED.search(kind.removesuffix("部门")))
    rest = [Name(kind, etc.start() + 1, end)] if kind and named else []
    return [before, *rest] if before.text else rest


def _conjunction(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a conjunction parts two names, as a span."""
    for match in _CONJUNCTION.finditer(text, start, end):
        if _within(match.start(), spans):
            continue
        if _parts(text[start : match.start()], match.group(), text[match.end() : end]):
            return match.start(), match.end()
    return None


def _parts(left: str, conjunction: str, right: str) -> bool:
    if conjunction == "及其" and right.endswith(("工作部门", "所属部门", "职能部门")):  # 市人民政府及其工作部门
        return is_whole(left)
    if right in ("政府", "人民政府", "单位"):  # 各县市区党委和政府, 各有关部门和单位
        return False
    if _UNNAMED.match(right) and is_function(left):  # 社会组织管理和相关部门
        return True
    if is_party(left) and not is_body(left) and is_whole(right):  # 有关金融机构和登记部门
        return True
    if conjunction in ("或者", "或") and is_whole(left) and is_function(right):  # 公安机关或者交通运输、城管部门
        return True
    if is_function(left) and _two_departments(left, right):  # 市场监管和综合行政执法部门
        return True
    if conjunction in ("或者", "或"):
        return (is_body(right) or is_party(right)) and (is_party(left) or is_whole(left))
    if not (is_whole(left) or is_whole(_ETC.sub("", left))):
        return False
    return is_body(right.removesuffix("等")) or is_party(right) or is_function(right)


def _two_departments(left: str, right: str) -> bool:
    """Whether A和B部门 names two departments and not one that has both functions (文化和旅游部门)."""
    bare_right = _ETC.sub("", right)
    ends = right if bare_right == right else f"{bare_right}部门"
    if not _SHARED_ENDING.search(ends) or not (is_function(bare_right) or is_body(bare_right)):
        return False
    one, two = set(system_of(left).split("+")), set(system_of(bare_right).split("+"))
    whole = any(match.start() < len(left) < match.end() - 1 for match in function_pattern().finditer(f"{left}和{bare_right}"))
    return OTHER not in one | two and one.isdisjoint(two) and not whole


def _mark_elliptic(names: list[Name], shared: bool) -> list[Name]:
    """公安、民政部门: 公安 is named by its function only; the ending stands at the last, or behind 等 (``shared``)."""
    result: list[Name] = []
    for name in reversed(names):
        complete = is_body(name.text)
        shared = shared or (complete and bool(_SHARED_ENDING.search(name.text)))
        elliptic = not complete and shared and is_function(name.text, known=any(other.elliptic for other in result))
        result.append(msgspec.structs.replace(name, elliptic=elliptic) if elliptic else name)
    return _between_functions(result[::-1])


def _between_functions(names: list[Name]) -> list[Name]:
    """规划、建设、房屋等部门: a word that says too little alone is a function behind one, where bodies follow."""
    for place in range(1, len(names) - 1):
        name, before, after = names[place], names[place - 1], names[place + 1]
        unsure = before.elliptic and not name.elliptic and not is_body(name.text)
        if unsure and (after.elliptic or is_body(after.text)) and is_function(name.text, known=True):
            names[place] = msgspec.structs.replace(name, elliptic=True)
    return names
