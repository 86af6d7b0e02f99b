"""Instruments named in plain words: national statutes by their names, and what the text itself gave a short name.

``data/reference/statutes.csv`` lists national laws and the State Council's regulations without 中华人民共和国.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ingest.patterns import REFERENCE

Span = tuple[int, int]
Names = Mapping[str, tuple[str, ...]]

COUNTRY = "中华人民共和国"
_KEY = 6
"""Names are looked up by so many of their last characters, shorter ones by all of them."""
_END = re.compile(r"(?<![本该])(?:法典?|条例|细则)(?![律院官人定治制学务理师警庭令纪典]|规(?!定)|办法|若干)")
_IMPLEMENTED = re.compile(r"实施(?:条例|细则|办法)|修正案|\([一二三四五六七八九十]{1,3}\)")
_PLACE = re.compile(r"(?:[省市区县州盟旗]|特区|(?<!根据)本)$")
_SHORT = 3
"""A name of so few characters is a name where something says that it is applied or a provision of it follows."""
_APPLIED = re.compile(
    r"(?:根据|依据|依照|按照|遵守|违反|适用|执行|贯彻|实施|落实|宣传|学习|符合|触犯|构成|认定为|属于|参照|对照|"
    r"将|在|对|与|和|及|或者?|、|,|。|;|:|\n|^)$"
)
_POINTED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条款]|的?(?:有关|相关)?规定|(?:等|及)(?:有关|相关)?法律|所称|修改为|中的"
)


def find_known(folded: str, start: int, end: int) -> Iterator[Span]:
    """National statutes named without title marks in ``folded[start:end]``, in order."""
    yield from _found(folded, start, end, _statutes())


def find_defined(folded: str, start: int, end: int, short: Names) -> Iterator[Span]:
    """Plain uses of the short names that the text gave to instruments; ``short`` as made by ``by_ending``."""
    if short:
        yield from _found(folded, start, end, short)


def by_ending(names: list[str]) -> Names:
    """Names by their last characters, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name[-_KEY:]].append(name)
    return {ending: tuple(sorted(group, key=len, reverse=True)) for ending, group in found.items()}


def is_national(title: str) -> bool:
    """Whether a folded title is that of a national statute, with or without 中华人民共和国."""
    name = title.removeprefix(COUNTRY)
    return name in _statutes().get(name[-_KEY:], ())


@functools.cache
def _statutes() -> Names:
    with (REFERENCE / "statutes.csv").open(encoding="utf-8") as lines:
        return by_ending([row["name"] for row in csv.DictReader(lines)])


def _found(folded: str, start: int, end: int, names: Names) -> Iterator[Span]:
    done = start
    for match in _END.finditer(folded, start, end):
        last = match.end()
        endings = (names.get(folded[max(0, last - length) : last], ()) for length in range(_KEY, 1, -1))
        for name in itertools.chain.from_iterable(endings):
            first = last - len(name)
            if first >= done and folded.startswith(name, first) and _stands_alone(folded, first, last, len(name)):
                first, last = _widened(folded, first, last, start, end)
                yield first, last
                done = last
                break


def _stands_alone(folded: str, first: int, last: int, length: int) -> bool:
    """Whether the words are the whole name: not the end of a local one (甲省消防条例), and surely meant where they are few."""
    before = folded[max(0, first - 4) : first]
    if _PLACE.search(before) or (before.endswith("参照") and folded.startswith("管理", last)):  # 参照公务员法管理的人员
        return False
    return length > _SHORT or bool(_APPLIED.search(before) or _POINTED.match(folded, last))


def _widened(folded: str, first: int, last: int, start: int, end: int) -> Span:
    """With 中华人民共和国 before and 实施条例 or an amendment's number behind."""
    if folded.startswith(COUNTRY, first - len(COUNTRY)) and first - len(COUNTRY) >= start:
        first -= len(COUNTRY)
    tail = _IMPLEMENTED.match(folded, last, end)
    return first, tail.end() if tail else last
