"""Texts that have lost their line breaks, as search services often store them: where lines probably began."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.lines import Line
from ingest.numerals import CHINESE

_N = rf"[{CHINESE}]{{1,5}}"
_CLOSERS = "。；;:：!?)”》"
_ITEM = rf"(?:第\s?{_N}条|第\s?{_N}[章节编篇]|{_N}、|\(\s?{_N}\s?\)|\d{{1,2}}[.、](?!\d)|[①-⒛㈠-㈩])"
_STRONG = re.compile(rf"(?:[{_CLOSERS}\s]|^)\s*(?:第\s?{_N}条|{_N}、|\(\s?{_N}\s?\))|第{_N}[章节]\s")
_GLUED = re.compile(rf"第{_N}章\s?[^,。;\s第]{{1,20}}第{_N}[条节]")
_ORGANISATION = r"[^\s,。;:、()《》“”\d]{2,30}(?<![自于从至到在])"
_DAY = r"(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
_BEGINNINGS = (
    re.compile(rf"(?<=[{_CLOSERS}])\s*({_ITEM})"),  # …施行。第二条 …
    re.compile(r"\s{2,}(\S)"),  # the indent of a paragraph
    re.compile(rf"\s+(第\s?{_N}[条章节]|{_N}、|\({_N}\))"),
    re.compile(rf"(第{_N}[章节编篇]\s)"),
    re.compile(r"(目\s{0,2}录)(?=\s*第)"),
    re.compile(r"目\s{0,2}录\s*(第)"),
    re.compile(rf"(?<=\w)(?<![{CHINESE}])(\(一\)|一、)"),  # 三、主要任务(一)打造 …
    re.compile(rf"{_N}、[^。;,()]{{2,40}}(\({_N}\))"),  # 二、维护合法权益(五)保障 …
    re.compile(rf"第{_N}[章节](?=\s?[^,。;\s第]{{1,30}}(第{_N}[条节章]))"),  # 第一章总则第一条 …
    re.compile(rf"(?<=[{_CLOSERS}])\s*({_ORGANISATION})\s*{_DAY}(?=\s|\(|附件|$)"),  # the signature
    re.compile(rf"(?<=[{_CLOSERS}])\s*{_ORGANISATION}\s*({_DAY})(?=\s|\(|附件|$)"),
    re.compile(rf"(?<=[{_CLOSERS}])\s*{_ORGANISATION}\s*{_DAY}\s*(\(|附件|\S)"),
    re.compile(rf"(\(\s?{_DAY}[^()]{{4,80}}(?:通过|公布|批准|发布|修正|修订))"),
    re.compile(rf"\(\s?{_DAY}[^()]{{4,200}}\)\s*(\S)"),
    re.compile(r"(\((?:此件|此文)[^()]{2,12}\))"),
    re.compile(r"\((?:此件|此文)[^()]{2,12}\)\s*(\S)"),
    re.compile(rf"(?<=[{_CLOSERS}日])\s*(附件\s?(?:\d{{1,2}}|{_N})?(?=[^\d.、:,。]))"),
    re.compile(rf"(?<=[{_CLOSERS}日])\s*附件\s?(?:\d{{1,2}}|{_N})([^\d.、:,。])"),
    re.compile(rf"(?<=[{_CLOSERS}])\s*(附件\s?[:：])"),
    re.compile(r"\[\d{4}\]\s?\d{1,5}号([各市省区县你本有])"),  # … 通知渝府发[2021]29号各区县 …
)
"""Each captures the first characters of what began a line."""
GAP = "\n"
"""Stands for the character before a line that follows a wide gap: such a line is as good as a real one."""
_HEAD = 400
_ADDRESSEES = re.compile(r"^(?:[^。;:]{4,300}):(?=\S)")
_LONG, _VERY_LONG, _FEW = 120, 1500, 6


def with_breaks(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that have swallowed others cut up; the pieces remember that their beginning is a guess."""
    longest = _LONG if len(lines) <= _FEW else _VERY_LONG
    result: list[Line] = []
    for line in lines:
        swallowed = bool(_GLUED.search(line.text)) or (len(line.text) > longest and len(_STRONG.findall(line.text)) >= 3)
        result.extend(_pieces(line) if swallowed else [line])
    return result


def _pieces(line: Line) -> list[Line]:
    cuts = {match.start(1) for pattern in _BEGINNINGS for match in pattern.finditer(line.text)}
    cuts |= _after_addressees(line.text, min(cuts, default=0))
    bounds = [0, *sorted(cuts - {0}), len(line.text)]
    return [_piece(line, a, b) for a, b in itertools.pairwise(bounds) if line.text[a:b].strip()]


def _after_addressees(text: str, first: int) -> set[int]:
    """各区县人民政府,有关单位: is a line of its own at the head."""
    for start in (0, first):
        match = _ADDRESSEES.match(text[start : start + _HEAD])
        if match:
            return {start + match.end()}
    return set()


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip()
    before = GAP if line.text[max(0, start - 2) : start].isspace() else line.text[max(0, start - 9) : start].rstrip()[-1:]
    return Line(line.start + start, line.start + start + len(text), text, before)
