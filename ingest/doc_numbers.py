"""Numbers of official documents (发文字号): found in running text, and brought to one written form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.source_text import fold


class DocNumber(NamedTuple):
    """A number found in a text: half-open offsets and its normal form (``内政发〔2015〕71号``)."""

    start: int
    end: int
    value: str


_YEAR = r"(?:19|20)\d\d"
_COUNT = r"[\d〇零一二三四五六七八九十百千]+"
# Each form with the text that it matches; all work on folded text, where every square bracket is [ ].
_FORMS = (
    # 国发[2014]40号, 公告[15届]第95号, 泰政办发【2014】第33号, 黔府办发(2015)22号, 财税[2019]13 号, 京建(科)发[2020]1号
    r"(?P<agency>[一-龥]{1,24}(?:\([一-龥]{1,6}\)[一-龥]{0,6})?) ?"
    rf"[\[(<《]{{1,2}} ?(?P<year>{_YEAR}|\d{{1,2}}届)年? ?[\])>》]{{1,2}} ?"
    r"(?P<series>第?[一-龥]{0,4}?) ?(?P<count>\d{1,5}) ?号",
    # (2019)国科函字第5号, [2020]苏科提复12号
    rf"[\[(](?P<year2>{_YEAR})[\])](?P<agency2>[一-龥]{{1,10}}[发函字办复令])(?P<count2>第?\d{{1,5}})号",
    # 国务院令第722号, 主席令(第七十号), 湖北省人大常委会公告第12号, 财政部公告2019年第39号, 国务院第535号令
    rf"(?P<body>[一-龥]{{2,30}}?)(?P<act>令|公告|通告)(?P<year3>(?:{_YEAR}年?|\d{{1,2}}届)?)"
    rf" ?\(?(?P<count3>第 ?{_COUNT} ?号)\)?",
    rf"(?P<body4>国务院|主席|[一-龥]{{2,20}}?(?:政府|部|委员会|总局|署))(?P<count4>第 ?{_COUNT} ?号)令",
)
_LONGEST = 60
"""No number is longer than this."""
_NUMBER = re.compile("|".join(f"(?:{form})" for form in _FORMS))
# A number's agency part never begins with these, so the text before it ends there: 根据国发[2014]40号, 以下简称国发[2014]40号.
_LEAD = re.compile(
    r"^(?:.*(?:根据|按照|依照|依据|遵照|贯彻|落实|执行|参照|通知|意见|文件|决定|办法|规定|方案|印发|下发|转发|发布|修订|修改|废止|简称|以下|详见|"
    r"同时|其中|以及|例如|文号|号))(?P<rest>.+)$"
)
_ISSUER = re.compile(
    r"^[一-龥]*(?:[一-龥]{2}(?:厅|局|委员会)|(?:[省市县区]|国务院|人民)政府|保障部)(?P<rest>[一-龥]{1,6}(?:[发函办字规综人社财教建])$)"
)
"""The name of who issued it, run into the number: 省人力资源和社会保障厅鄂财综发[2011]32号."""
_CONJUNCTIONS = "和及与或由以对在将把从按据即原如为见"
_CLOSERS = ')》]"”号、'
_ACT_LEAD = re.compile(r"^.*?(?=中华人民共和国|全国人民代表大会|国务院|主席)")


def find_doc_numbers(text: str) -> Iterator[DocNumber]:
    """Every document number in ``text`` (folded or not), in order; offsets are those of ``text``."""
    return _found(fold(text))


def doc_numbers_between(folded: str, start: int, end: int) -> Iterator[DocNumber]:
    """Every document number that stands in ``folded[start:end]`` of a folded text, in order; offsets are those of the whole."""
    return _found(folded, start, end)


def normalise_doc_number(text: str) -> str | None:
    """The normal form of the number that ``text`` holds, or null when it holds none.

    >>> normalise_doc_number("国发 [2014] 40号文件")
    '国发〔2014〕40号'
    """
    found = next(_found(fold(text)), None)
    return found.value if found else None


def _found(folded: str, start: int = 0, end: int | None = None) -> Iterator[DocNumber]:
    """Looks back from each 号, so that a long text without numbers costs one scan."""
    stop = len(folded) if end is None else end
    done, sign = start, folded.find("号", start, stop)
    while sign >= 0:
        match = _NUMBER.search(folded, max(done, sign - _LONGEST), min(sign + 3, stop))
        if match:
            yield _read(match, folded)
            done = match.end()
        sign = folded.find("号", max(sign + 1, done), stop)


def _read(match: re.Match[str], folded: str) -> DocNumber:
    part = {name: (value or "").replace(" ", "") for name, value in match.groupdict().items()}
    if part["agency"]:
        agency = _trim(part["agency"], folded[match.start() - 1 : match.start()])
        value = f"{agency}〔{part['year']}〕{part['series']}{part['count']}号"
        return DocNumber(match.start() + match["agency"].find(agency), match.end(), value)
    if part["agency2"]:
        return DocNumber(match.start(), match.end(), f"〔{part['year2']}〕{part['agency2']}{part['count2']}号")
    name, act = ("body", part["act"]) if part["body"] else ("body4", "令")
    body = _trim(part[name], folded[match.start() - 1 : match.start()])
    body = _ACT_LEAD.sub("", body, count=1)
    tail = part["year3"] + part["count3"] if name == "body" else part["count4"]
    return DocNumber(match.start() + part[name].find(body), match.end(), f"{body}{act}{tail}")


def _trim(agency: str, before: str) -> str:
    """``agency`` without words of the sentence that run into it."""
    if before.isdigit() and agency[0] in "年月日":
        agency = agency[1:]  # the end of a date: 2011年8月26日省人民政府令第190号
    lead = _LEAD.match(agency)
    if lead:
        agency = lead["rest"]
    issuer = _ISSUER.match(agency)
    if issuer:
        agency = issuer["rest"]
    if before and before in _CLOSERS and len(agency) > 2 and agency[0] in _CONJUNCTIONS:
        agency = agency[1:]
    return agency
