"""Outline markers: 一、 （一） 1. （1） ① 第七条 第二章, at the start of a line or, where line breaks were lost, inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

from ingest.lines import Line
from ingest.numerals import CHINESE, number

Style = Literal["part", "chapter", "section", "article", "decimal", "cn", "cn_paren", "portion", "ar", "ar_paren", "circle"]

RANK: dict[Style, int] = {style: rank for rank, style in enumerate(get_args(Style))}
"""How deep a style usually stands; chapters and the like are above articles."""

_CN = rf"[{CHINESE}]{{1,7}}"
_UNIT: dict[str, Style] = {"编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section"}
_MEASURE = "万|亿|千|百|个|元|人|倍|[平立]方|米|公[里斤顷]|亩|吨|级|分|度|小时|天|年|月|日|左右|以[上下内]|至"
"""What makes a decimal fraction of 1.5."""
_BODY = rf"""
    第\s*(?P<article>{_CN}|\d{{1,3}})\s*条(?:之(?P<insert>{_CN}))?(?![款项规例约件文目])
  | 第\s*(?P<portion>{_CN})\s*部分\s*(?=:\s*$)
  | 第\s*(?P<unit>{_CN}|\d{{1,3}})\s*(?P<which>[编篇章节]|部分(?!、|[^\n]{{0,60}}[,。;]))
    (?=[\s、:]|[^\s,。;、的]{{1,30}}(?:\n|$))
  | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=[\s、.]|[^\W\d_])(?!\s*(?:{_MEASURE}))
  | (?P<cn>{_CN})\s?(?:、|\.(?!\d))
  | \(\s*(?P<cn_paren>{_CN})\s*\)(?:、|\.)?
  | (?P<cn_symbol>[㈠-㈩])
  | (?P<ar>\d{{1,3}})\s?(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d\s?[年、-]))
  | (?P<ar_symbol>[⒈-⒛])
  | \(\s*(?P<ar_paren>\d{{1,3}})\s*\)(?:、|\.)?
  | (?P<ar_half>\d{{1,2}})\)
  | (?P<paren_symbol>[⑴-⒇])
  | (?P<circle>[①-⑳])
"""
_PLAIN = r"(?P<plain>\d{1,2})\s+(?=[^\W\d_][^\s,。;:、]{1,24}$)"
_CELL = rf"(?P<cn_cell>{_CN})\ \|\ (?=\S)|(?P<ar_cell>\d{{1,3}})\.?\ \|\ (?=\S)"
"""A number that has a cell of a table to itself."""
_AT_LINE_START = re.compile(rf"(?:[#*>]+\s*)*(?:{_CELL}|{_BODY}|{_PLAIN})", re.VERBOSE)
_INSIDE = re.compile(rf"(?:{_BODY})", re.VERBOSE)
_GLUED = re.compile(rf"第\s*(?P<unit>{_CN})\s*(?P<which>[编篇章节])(?![的规所中有及和、,。;:《》()])")
"""A chapter whose title runs on into its text, where a line has been cut after a sentence."""
_ENDS = "。;”)"
_OTHER_NAMES: dict[str, Style] = {
    "plain": "decimal",
    "cn_cell": "cn",
    "ar_cell": "ar",
    "cn_symbol": "cn_paren",
    "ar_symbol": "ar",
    "ar_half": "ar_paren",
    "paren_symbol": "ar_paren",
}
"""Groups of the pattern that are another way to write a style; every other group is named after its style."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: what it says (``value``, ``insert`` for 之一), where it and the text after it start, what stands before it.

    ``before`` is the character before a marker inside a line, ``""`` at the start of a line; ``numbers`` are all the
    numbers of a decimal marker (2.1.3), ``value`` the last of them.
    """

    style: Style
    value: int
    start: int
    end: int
    body: int
    insert: int | None = None
    before: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def inside(self) -> bool:
        """Whether it stands inside a line."""
        return bool(self.before)


def marker_at_start(line: Line) -> Marker | None:
    """The marker that the line opens with, or None."""
    match = _AT_LINE_START.match(line.text) or (_GLUED.match(line.text) if line.before in _ENDS and line.before else None)
    return _marker(match, line, line.before) if match else None


def markers_inside(line: Line, after: int) -> Iterator[Marker]:
    """What could be markers inside the line, from offset ``after`` of its text on. Most are none: the caller decides."""
    for match in _INSIDE.finditer(line.text, after):
        if match.start() > 0:
            marker = _marker(match, line, line.text[max(0, match.start() - 9) : match.start()].rstrip()[-1:] or " ")
            if marker:
                yield marker


def _marker(match: re.Match[str], line: Line, before: str) -> Marker | None:
    group = "article" if match.lastgroup == "insert" else match.lastgroup or ""
    style = _UNIT[match["which"]] if group == "which" else _OTHER_NAMES.get(group) or cast("Style", group)
    numbers = tuple(map(int, match[group].split("."))) if style == "decimal" else ()
    value = numbers[-1] if numbers else number(match["unit"] if group == "which" else match[group])
    if not value:
        return None
    lead = len(match[0]) - len(match[0].lstrip("#*> "))
    rest = line.text[match.end() : match.end() + 9]
    return Marker(
        style=style,
        value=value,
        start=line.start + match.start() + lead,
        end=line.start + match.start() + len(match[0].rstrip()),
        body=line.start + match.end() + len(rest) - len(rest.lstrip(" *")),
        insert=number(insert) if (insert := match.groupdict().get("insert")) else None,
        before=before,
        numbers=numbers,
    )
