"""Deadlines: by when and from when what a sentence sets holds."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace

_FIVE_YEARS = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
_RANGE = re.compile(r"(?<!\d)(20\d\d)年?(?:底|末)? ?(?:-{1,2}|~|至|到)? ?(20\d\d)年(?!度?(?:财政|[一-龥]{0,6}计划\())")
_PLAN = re.compile(r"[“\"]?(十[一二三四五六]?)五[”\"]?(?:规划)?(?P<when>期间|时期|末|期末|以来)?")
_FROM = re.compile(r"[从自] ?(20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|开始)")
_DATE = re.compile(
    r"(?P<lead>到|至|截至|于|在|确保|力争|争取|,|。|;|:|^|\n|\))? ?(?<!\d)(?P<year>20\d\d)年"
    r"(?:(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})日)?)?(?P<part>年底|年末|底|末|上半年|下半年|内|中)?"
    r"(?P<until>以?前|之前|为止)?(?P<next>[, ]?.{0,3})"
)
_MONTH = re.compile(r"(?<![\d年])(?P<month>1?\d)月(?:份)?(?:(?P<day>\d{1,2})日)?(?P<part>底|末)?(?P<until>以?前|之前)")
_THIS_YEAR = re.compile(r"(?:今年|年内|年底前|本年度?)")
_BASELINE = re.compile(r"(?:比|较|与|以|高于|低于|相较于?)[^,。;]{0,6}$")


@dataclass(frozen=True)
class Deadline:
    """``by`` and ``from_year`` as records hold them; ``start``:``end`` are the words that state it (equal when inherited)."""

    by: str | None = None
    from_year: str | None = None
    start: int = 0
    end: int = 0

    def carried(self) -> Deadline:
        """The same deadline for a later sentence: stated elsewhere."""
        return replace(self, start=0, end=0)


NONE = Deadline()


def find_deadlines(folded: str, start: int, end: int, year: str | None) -> list[Deadline]:
    """Every deadline that ``folded[start:end]`` states, in order; ``year`` is that of the document, for months without one."""
    found: list[Deadline] = []
    for match in _RANGE.finditer(folded, start, end):
        if match[1] < match[2] and not _is_baseline(folded, match.start(), start):
            found.append(Deadline(match[2], match[1], *match.span()))
    for match in _FROM.finditer(folded, start, end):
        found.append(Deadline(None, match[1], *match.span()))
    found += [d for d in (_plan(match, folded, start) for match in _PLAN.finditer(folded, start, end)) if d]
    taken = [(deadline.start, deadline.end) for deadline in found]
    singles = [_dated(match, folded, start) for match in _DATE.finditer(folded, start, end)]
    singles += [_monthly(match, year) for match in _MONTH.finditer(folded, start, end)]
    found += [d for d in singles if d and not any(first <= d.start < last or first < d.end <= last for first, last in taken)]
    return sorted(found, key=lambda deadline: deadline.start)


def _is_baseline(folded: str, place: int, start: int) -> bool:
    return _BASELINE.search(folded[max(start, place - 8) : place]) is not None


def _plan(match: re.Match[str], folded: str, start: int) -> Deadline | None:
    """“十四五”期间 ends in 2025; a plan that is only named, or compared with, is no deadline."""
    last = _FIVE_YEARS.get(match[1])
    if last is None or match["when"] in (None, "以来") or _is_baseline(folded, match.start(), start):
        return None
    return Deadline(str(last), None if "末" in match["when"] else str(last - 4), *match.span())


def _dated(match: re.Match[str], folded: str, start: int) -> Deadline | None:
    """到2020年, 2017年6月底前, 2016年实现…; a date that only tells when something was issued is none."""
    first, following = match.start("year"), (match["next"] or "").strip(", ")
    if _is_baseline(folded, first, start) or (match["day"] and not match["until"]):
        return None
    stated = match["lead"] in _STATING or match["until"] or match["part"]
    opens = match["lead"] in _OPENING or (match["lead"] is None and first - start <= 1)
    comma = (match["next"] or "")[:1] == ","
    if not stated and not (opens and comma) and not following.startswith(_RESULTS):
        return None
    part = "until" if match["until"] else "part" if match["part"] else None
    end = match.end(part) if part else match.start("next")
    lead = match.start("lead") if match["lead"] in ("到", "至") else first
    return Deadline(_iso(match["year"], match["month"], match["day"], match["part"]), None, lead, end)


_STATING = ("到", "至", "确保", "力争", "争取")
_OPENING = (",", "。", ";", ":", "", "\n", ")")
_RESULTS = (
    "实现",
    "基本",
    "全面",
    "完成",
    "建成",
    "达到",
    "力争",
    "确保",
    "新增",
    "开工",
    "启动",
    "全市",
    "全省",
    "全区",
    "全县",
    "全国",
    "计划",
)


def _monthly(match: re.Match[str], year: str | None) -> Deadline | None:
    if year is None or int(match["month"]) > 12:
        return None
    return Deadline(_iso(year, match["month"], match["day"], match["part"]), None, *match.span())


def _iso(year: str, month: str | None, day: str | None, part: str | None) -> str:
    if part == "上半年":
        return f"{year}-06-30"
    if month is None or not 1 <= int(month) <= 12:
        return year
    last = calendar.monthrange(int(year), int(month))[1]
    return f"{year}-{int(month):02d}-{min(int(day), last) if day and int(day) else last:02d}"
