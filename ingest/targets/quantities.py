"""Quantities in a text: numbers with units, ranges and bounds, in Arabic and Chinese figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.numerals import number
from ingest.patterns import first_match, load_patterns
from ingest.records import Bound

_FILE = "targets.toml"
_SCALES = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "十万": 10**5, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2}
_TIME = (
    "个工作日|工作日|个自然日|自然日|个月|个小时|个季度|个学期|学期|小时|分钟|周岁|年|月|日|天|"
    "周(?!年|边|期|全|密)|岁|学时|课时"
)
_UNITS = (
    "(?:件|台|套|个|人|家)\\([一-龥]\\)|"
    "个百分点|百分点|%|‰|微克/立方米|毫克/升|美元|欧元|港元|人民币|元|人次|人年|人天|人|名|户次|户|家次|家|"
    f"{_TIME}|平方公里|平方千米|平方米|立方米|公顷|公里|千米|海里|米|亩次|亩|标准煤|吨|公斤|千克|克|升|千瓦时|千瓦|兆瓦|"
    "度|蒸吨|TEU|标箱|㎡|m2|厘米|毫米|分贝|毫升|毫克|千伏安?|斤|番|款|笔|轮|枚|尾|羽|页|席|床|张|套|座|台|辆|艘|架|次|场|期|批|册|件|条|类|种|处|部|倍|成|间|栋|幢|株|头|只|班|眼|篇|"
    "层|首|支|份|门|所|项|对|片|组|团|队|村|镇|例|宗|对|块|颗|把|节|课|个"
)
_POINT = "[.\ue000-\uf8ff]"
"""A decimal point; some pages have it in a font of their own, as a private character."""
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:{_POINT}\d+)?"
_HAN = "[一二三四五六七八九十百千万亿零〇两半]"
_HAN_DIGIT = re.compile("[一二三四五六七八九十两半]")
_SCALE = "(?:万亿|千万|百万|十万|亿|万|千|百)?"
_RANGE = re.compile(
    rf"(?<![\dA-Za-z.第])(?P<low>{_FIGURE})(?P<low_scale>{_SCALE})(?P<low_unit>{_UNITS})? ?(?:-{{1,2}}|~|至|到|(?<=%) ) ?"
    rf"(?P<high>{_FIGURE})(?P<high_scale>{_SCALE})(?P<unit>{_UNITS})"
)
_SINGLE = re.compile(
    rf"(?<![\dA-Za-z.第])(?P<low>{_FIGURE})(?P<low_scale>{_SCALE})(?P<more>[多余])?(?P<late>万|亿)?"
    rf"(?P<unit>{_UNITS})?(?:(?<=元)(?:/[年月日天人次亩户个件吨生床项台辆套])+)?(?![\dA-Za-z])"
)
_HAN_QUANTITY = re.compile(
    rf"(?<!第)(?:(?P<per>[百千])分之(?P<percent>{_HAN}+(?:点{_HAN}+)?)(?:[至到-][百千]分之(?P<to>{_HAN}+(?:点{_HAN}+)?))?|"
    rf"(?:(?P<from>{_HAN}+)(?P<from_unit>{_UNITS})?(?:至|到|-))?(?P<value>{_HAN}+)(?P<unit>{_UNITS})(?!性))"
)
_FRACTION = re.compile(
    r"(?P<of>[二三四五六七八九十])分之(?P<parts>[一二两三四五六七八九])(?!以上|以下)|(?<![\d/])(?P<up>[1-9])/(?P<down>[2-9]|10)(?![\d/])"
)
_PERIODIC = re.compile(r"每(?:个)?(?:年|半年|季度?|月|周|天|日|学期|学年).{0,6}$|次性$")
_RATIO = re.compile(r"(?<![\d:])(?P<low>\d+(?:\.\d+)?)[:∶]1(?![\d:])")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit at ``start``:``end`` (the bound after it included); ``low`` and ``high`` differ for a range.

    ``op`` is the bound its own words set, null when they set none.
    ``han`` tells Chinese figures, ``whole`` words such as 全部, ``fraction`` 四分之一.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    op: Bound | None = None
    han: bool = False
    whole: bool = False
    fraction: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it counts time."""
        return self.unit is not None and re.fullmatch(_TIME, self.unit) is not None

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of something."""
        return self.unit in ("%", "‰", "个百分点", "百分点", "倍", "成", "番")


def find_quantities(folded: str, start: int, end: int, lost_dashes: bool = False) -> list[Quantity]:
    """Every quantity of ``folded[start:end]`` in order; ``lost_dashes``: 12个学期 may be meant as 1—2."""
    singles = (_single(match, lost_dashes) for match in _SINGLE.finditer(folded, start, end))
    found = [q for q in singles if q] + [q for q in map(_range, _RANGE.finditer(folded, start, end)) if q]
    found += [q for q in map(_han, _HAN_QUANTITY.finditer(folded, start, end)) if q]
    found += [Quantity(*m.span(), float(m["low"]), float(m["low"]), None) for m in _RATIO.finditer(folded, start, end)]
    found += [_fraction(match) for match in _FRACTION.finditer(folded, start, end)]
    ordered = sorted(found, key=lambda quantity: (quantity.start, -quantity.end))
    bounded = [_bounded(folded, quantity, start, end) for quantity in _disjoint(ordered)]
    return [quantity for quantity in bounded if _counts(folded, quantity)]


def _fraction(match: re.Match[str]) -> Quantity:
    """四分之一, 1/4: a share without a unit."""
    above, below = match["parts"] or match["up"], match["of"] or match["down"]
    value = round((number(above) or 0) / (number(below) or 1), 4)
    return Quantity(*match.span(), value, value, None, fraction=True)


def _counts(folded: str, quantity: Quantity) -> bool:
    """Whether the figure is more than a word or a label.

    Chinese figures count with a bound, as money, time or a share, or after 每年 (not 一次性); bare ones after 达到 (not 1级).
    """
    if quantity.fraction:
        return True
    if not quantity.han:
        return quantity.unit is not None or folded[quantity.start - 1 : quantity.start] in tuple("到至达于过在为")
    if quantity.unit in ("元", "%", "倍", "成", "番") or quantity.is_time:
        return quantity.unit != "元" or quantity.low >= 10 or quantity.op is not None
    before = folded[max(0, quantity.start - 12) : quantity.start]
    return quantity.op is not None or (quantity.unit == "次" and _PERIODIC.search(before) is not None)


def _disjoint(ordered: list[Quantity]) -> Iterator[Quantity]:
    done = -1
    for quantity in ordered:
        if quantity.start >= done:
            yield quantity
            done = quantity.end


def _single(match: re.Match[str], lost_dashes: bool) -> Quantity | None:
    unit, scale = match["unit"], match["low_scale"] or match["late"] or ""
    if unit is None and scale:
        return None
    value = _scaled(match["low"], scale)
    low, high = (_split_digits(match["low"], unit) if lost_dashes and not scale else None) or (value, value)
    return Quantity(*match.span(), low, high, unit)


def _range(match: re.Match[str]) -> Quantity | None:
    """2—3个, 3至5万元, 1.5%—2.5%; two numbers of different units or in falling order are no range."""
    if match["low_unit"] not in (None, match["unit"]):
        return None
    own = match["low_scale"] or match["low_unit"]
    low = _scaled(match["low"], match["low_scale"] if own else match["high_scale"])
    high = _scaled(match["high"], match["high_scale"])
    return Quantity(*match.span(), low, high, match["unit"]) if low < high else None


def _split_digits(figure: str, unit: str | None) -> tuple[float, float] | None:
    """12 → 1, 2 where the text lost its dashes and the unit counts times or terms."""
    if len(figure) != 2 or unit not in ("次", "个学期", "学期", "个月", "天", "年", "场", "期"):
        return None
    first, second = int(figure[0]), int(figure[1])
    return (float(first), float(second)) if second == first + 1 else None


def _scaled(figure: str, scale: str) -> float:
    return round(float(re.sub(_POINT, ".", figure.replace(",", ""))) * float(_SCALES.get(scale, 1)), 6)


def _han(match: re.Match[str]) -> Quantity | None:
    figure = match["percent"] or match["value"]
    if match["from_unit"] not in (None, match["unit"]):
        return None
    if not _HAN_DIGIT.search(figure):
        return None  # 亿元, 万亩级: a scale without a figure
    high = han_value(figure)
    low = han_value(match["from"]) if match["from"] else high
    high = han_value(match["to"]) if match["to"] else high
    unit = {"百": "%", "千": "‰"}.get(match["per"] or "", match["unit"])
    return Quantity(*match.span(), low, high, unit, han=True) if low <= high else None


def han_value(text: str) -> float:
    """The value of a Chinese figure with 万, 亿, 点 and 半 (三万五千, 二点五, 半); 0 when it is none.

    >>> han_value("三万五千"), han_value("二点五"), han_value("半")
    (35000.0, 2.5, 0.5)
    """
    if text == "半":
        return 0.5
    whole, _, fraction = text.replace("半", "").partition("点")
    for sign, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = whole.rpartition(sign)
        if found:
            return (han_value(head) if head else 1) * size + han_value(tail)
    tenths = "".join(str(number(digit) or 0) for digit in fraction)
    return float(f"{number(whole) or 0}.{tenths or 0}")


def _bounded(folded: str, quantity: Quantity, start: int, end: int) -> Quantity:
    """The quantity with the bound that stands directly before or behind it."""
    behind = folded[quantity.end : min(end, quantity.end + 6)]
    before = folded[max(start, quantity.start - 12) : quantity.start].rstrip()
    after = first_match(load_patterns(_FILE, "bound_after"), behind)
    if after:
        found = after.regex.search(behind)
        width = found.end() if found else 0
        return replace(quantity, end=quantity.end + width, op=_of(after.label))
    ahead = _longest(before)
    return replace(quantity, op=_of(ahead)) if ahead else quantity


def _longest(before: str) -> str | None:
    """The bound whose words reach back furthest: 不超过 is read before 超过."""
    best: tuple[int, str] | None = None
    for pattern in load_patterns(_FILE, "bound_before"):
        match = pattern.regex.search(before)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), pattern.label)
    return best[1] if best else None


def _of(label: str) -> Bound:
    return label  # type: ignore[return-value]
