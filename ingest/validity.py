"""From when to when a text says that it is in force: 本办法自2020年7月1日起施行, 有效期5年."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from ingest.masthead.dates import find_dates
from ingest.numerals import number
from ingest.records import DocumentFields, Provision
from ingest.source_text import SourceText

_OWN = (
    r"本(?:法|条例|办法|规定|细则|规则|规程|通知|意见|实施意见|方案|决定|解释|修正案|"
    r"制度|措施|政策|准则|规范|预案|文件|公告|章程|若干规定)"
)
_DAYS = r"[\d一二三四五六七八九十]{1,3}"
_COMES = re.compile(
    rf"(?:{_OWN}|^|[,。\n])[^,。;\n]{{0,24}}?自 ?(?P<from>[^,。;]{{2,24}}?)(?:之日)?(?:\((?:含|不含)[^()]*\))?"
    rf"起(?P<after>{_DAYS}日后|满{_DAYS}日)?(?:开始|正式|试|统一)*(?:施行|实施|执行|生效|试行)"
)
_TERM = re.compile(
    r"(?:有效期|试行期|暂行期|执行期)限?(?:为|:|至|到)?"
    r"(?:(?P<years>[\d一二两三四五六七八九十]{1,2}) ?年|(?P<months>\d{1,2}) ?个月|"
    r"(?P<until>[^,。;年]{2,8}年[^,。;日]{2,8}日))"
)
_ISSUED = re.compile(r"(?:公布|发布|印发|颁布|通过|下发|签发|批准)$")
_LATEST = 5
"""Only the last provisions of a text say when it comes into force."""


class Validity(NamedTuple):
    """ISO dates, null where the text does not say or only means an earlier version of it."""

    effective_on: str | None = None
    expires_on: str | None = None


def find_validity(source: SourceText, provisions: tuple[Provision, ...], fields: DocumentFields) -> Validity:
    """What the closing provisions say of the text's own force, and its notice where there are none."""
    ends = [provision for provision in provisions if provision.role != "section"][-_LATEST:]
    for provision in reversed(ends):
        text = source.folded[provision.start : provision.end]
        stated = _COMES.search(text)
        begins = _begins(stated, fields.issued_on) if stated else None
        term = _TERM.search(text)
        if stated or term:
            return Validity(begins, _expiry(term, begins or fields.issued_on) if term else None)
    return Validity()


def _begins(stated: re.Match[str], issued_on: str | None) -> str | None:
    """The day named; that of issue where it says so. A day before this version was issued is that of the first version."""
    named = next((found.value for found in find_dates(stated["from"])), None)
    if named is None:
        named = issued_on if _ISSUED.search(stated["from"]) else None
        if named and stated["after"]:
            days = number(re.sub(r"[满日后]", "", stated["after"])) or 0
            named = (datetime.date.fromisoformat(named) + datetime.timedelta(days)).isoformat()
    return named if named and (issued_on is None or named >= issued_on) else None


def _expiry(term: re.Match[str], begins: str | None) -> str | None:
    """The last day: the one named, else so many years after the first."""
    if term["until"]:
        return next((found.value for found in find_dates(term["until"])), None)
    if begins is None:
        return None
    months = 12 * (number(term["years"]) or 0) if term["years"] else int(term["months"])
    first = datetime.date.fromisoformat(begins)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return (datetime.date(year, month + 1, day) - datetime.timedelta(1)).isoformat()
