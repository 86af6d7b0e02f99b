"""From the numbers of one clause to records: value, bound, metric, period and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.patterns import first_match, load_patterns
from ingest.records import Bound, Provision, Target
from ingest.source_text import SourceText
from ingest.targets.admission import MONEY, Surroundings, sets
from ingest.targets.clauses import Span
from ingest.targets.dates import Deadline
from ingest.targets.metric import Reading, distribute, limited, own_name, read_metric, strip_lead, whole_metric
from ingest.targets.quantities import Quantity
from ingest.targets.quantity_kinds import quantity_kind
from ingest.targets.words import Worded, words_of

_FILE = "targets.toml"
_YEARLY = re.compile(r"每年|每年度|年均|全年(?!龄)")
STRENGTH = re.compile(r"力争|争取|确保|努力|约束性|预期性|鼓励|原则上")
_GIVEN = re.compile(r"(?:给予|奖励|补助|补贴|资助|发放)$")
_RATED = re.compile(r"(?P<what>[^,]*?)每[一-龥]{1,4}$")
_FEE = re.compile(
    r"(?:征收|收取|缴纳|交纳|给予|发放|按照?|执行)(?P<fee>[一-龥]{2,14}(?:费|金|价格?|标准|补贴|补助|租金|税|奖励))$"
)
_AHEAD = 60
_SET_FOR = re.compile(
    r"(?P<what>[^,、]{2,24}(?:标准|额度|限额|费率|价格|金额|补贴|补助))(?:分别)?为[^,]{0,20}每[^,]{1,8}\d[^,]*、[^,\d]{2,20}每[^,\d]{1,8}$"
)
"""费用限额标准为职工每人每月900元、居民每人每月450元: the standard is that of each."""
_RECKONED = re.compile(r"按照?[^,]{2,}的[^,的]{1,12}(?:估算|计提|计算|提取|安排|核定)")
_FROM = re.compile(r"(?:由|从)(?:目前|现[行在有]|原来?)?的?(?P<base>[^,由从]{0,16})$")
_TO = re.compile(
    r"(?:[、和及与]\d+(?:\.\d+)?[万亿千百]?[一-龥%]{1,3}?(?=[、和及与提增降扩减缩压调延上恢下]))*[^,;。]{0,6}?(?:提[高升]|增加|增长|增|降低|下降|降|扩大|减少|减|缩短|压缩|压减|调整|延长|上升|升|恢复)(?:到|至|为)"
)
_CHANGE = re.compile(
    r"(?:逐步|进一步|再|每年|最高|最低|不得)*(?:提[高升]|增加|增长|降低|下降|降|扩大|减少|缩短|压缩|调整|上升|翻)?(?:幅度)?"
)
_ABOVE = re.compile(r"(?:^|\n) *(?P<name>[一-龥][一-龥A-Za-z()、]{3,29})\s*\n\s*$")
_HEAD = re.compile(r"(?:[ 、,和及]|其中:?|力争|同时|并且?)*")


@dataclass
class Sentence:
    """What holds while a sentence is read, and what it has set so far."""

    provision: Provision
    deadline: Deadline
    default: str | None
    goal: bool
    eligibility: bool = False
    yearly_unit: str | None = None
    going_on: bool = False
    metric: str | None = None

    @property
    def by(self) -> str | None:
        """The deadline stated, else the year that the document's title sets."""
        return self.deadline.by or self.default


def quantified(source: SourceText, clause: Span, quantities: list[Quantity], sentence: Sentence) -> Iterator[Target]:
    """Records of the quantities of one clause that the text sets."""
    worded = words_of(source.folded, clause, quantities)
    subjects = _subjects(worded)
    chained, behind = False, list[Reading]()
    for words in worded:
        tail, text = _tail(source.folded, words, clause), _text(source, clause)
        if words.place + 1 < len(worded) and (left := _left_behind(words, tail, behind)):
            behind.append(left)
            continue
        around = Surroundings(
            words.before,
            tail,
            words.lead,
            text,
            sentence.goal,
            sentence.going_on,
            chained,
            sentence.eligibility,
            ahead=source.folded[clause.end : clause.end + _AHEAD],
        )
        if not sets(words.quantity, around):
            continue
        chained = sentence.going_on = True
        reading = subjects[words.place] if subjects else _reading(source.folded, clause, words, worded, tail)
        reading = behind.pop(0) if behind and words.place else _continued(reading, sentence)
        if reading.metric and _CHANGE.fullmatch(reading.metric):
            reading = replace(reading, metric=_cell_above(source.folded, clause.start) or reading.metric)
        sentence.metric = reading.metric
        yield from _records(
            source, _quoted(source.folded, clause, words, worded, bool(subjects)), words, worded, reading, sentence
        )


def _tail(folded: str, words: Worded, clause: Span) -> str:
    """What follows a number in its clause; what has to be done within a stretch of time may follow a comma."""
    tail = folded[words.numbers[-1].end : clause.end]
    if words.quantity.is_time and not tail.strip("以之内 ") and folded[clause.end : clause.end + 1] == ",":
        return tail + re.split(r"[,。;:\n]", folded[clause.end + 1 : clause.end + 60], maxsplit=1)[0]
    return tail


def _left_behind(words: Worded, tail: str, behind: list[Reading]) -> Reading | None:
    """The subject and the baseline where a later number replaces this one: 由80%提高到85%, 由2元、3元下降至1元、2元."""
    start = _FROM.search(words.before)
    if not _TO.match(tail) or (start is None and (not behind or words.before.strip())):
        return None
    if start is None:
        return Reading(behind[0].metric, _figure(words.quantity))
    subject = read_metric(words.before[: start.start()].removesuffix("分别"), "", words.quantity.is_rate).metric
    return Reading(subject, f"{start['base']}{_figure(words.quantity)}".strip())


def _figure(quantity: Quantity) -> str:
    """A baseline as text: its value and unit."""
    value = int(quantity.low) if float(quantity.low).is_integer() else quantity.low
    return f"{value}{quantity.unit or ''}"


def _continued(reading: Reading, sentence: Sentence) -> Reading:
    """A clause that only goes on (最高不超过3元, 提高到85%) speaks of what the one before it did."""
    if sentence.metric and (not reading.metric or _CHANGE.fullmatch(reading.metric)):
        return replace(reading, metric=sentence.metric)
    return reading


def _cell_above(folded: str, place: int) -> str | None:
    """The line above one that begins at ``place``, where it is a name: cells of a table that stand below each other."""
    match = _ABOVE.search(folded, max(0, place - 60), place)
    return match["name"] if match else None


def _text(source: SourceText, span: Span) -> str:
    return source.folded[span.start : span.end]


def _subjects(worded: list[Worded]) -> list[Reading] | None:
    """What 分别 hands out: 有研发机构、研发活动的企业占比分别提高到55%、70%."""
    if len(worded) < 2 or "分别" not in worded[0].before or _GIVEN.search(worded[0].before):
        return None
    reading = read_metric(worded[0].before, "", worded[0].quantity.is_rate)
    names = distribute(reading.metric or "", len(worded))
    return [Reading(name, reading.baseline) for name in names] if names else None


def _reading(folded: str, clause: Span, words: Worded, worded: list[Worded], tail: str) -> Reading:
    """The metric of one number, by what kind of number it is."""
    quantity, before, after = words.quantity, words.before, words.after
    if words.place and not before.strip():
        before = worded[0].before
    if not after.strip() and worded[-1].after.startswith("的"):
        after = worded[-1].after
    if quantity.whole:
        return Reading(whole_metric(before, folded[quantity.start : quantity.end], after))
    if quantity.is_time and "内" in folded[quantity.end - 1 : quantity.end + 1]:
        return Reading(limited(tail if not after.strip("以之内 ") else after) or strip_lead(before) or None)
    if words.place and (set_for := _SET_FOR.match(strip_lead(words.lead))):
        return Reading(own_name(set_for["what"]))
    rated, outside = _RATED.search(before), _before_bracket(folded, clause.start)
    if rated and outside:
        fee = _FEE.search(outside)
        return Reading(fee["fee"] if fee else read_metric(rated["what"], "", quantity.is_rate).metric)
    return read_metric(before, after, quantity.is_rate)


def _before_bracket(folded: str, place: int) -> str:
    """The words before the bracket that ``place`` stands in; empty outside of one."""
    opened = folded.rfind("(", max(0, place - 80), place)
    return folded[max(0, opened - 30) : opened] if opened >= 0 and ")" not in folded[opened:place] else ""


def _quoted(folded: str, clause: Span, words: Worded, worded: list[Worded], shared: bool) -> Span:
    """The shortest stretch that states the number in full, without helping words at its head (其中, 力争)."""
    whole = shared or (words.place and not words.before.strip()) or (len(worded) > 1 and words.after.strip())
    start, end = clause if whole else words.stretch
    lead = _HEAD.match(folded[start:end])
    start += lead.end() if lead else 0
    return Span(min(start, words.quantity.start), max(end, words.numbers[-1].end))


def _records(
    source: SourceText, quoted: Span, words: Worded, worded: list[Worded], reading: Reading, sentence: Sentence
) -> Iterator[Target]:
    quantity, text = words.quantity, _text(source, quoted)
    period = _period(words, sentence)
    strength, kind = STRENGTH.search(text), _kind(quantity, text, sentence)
    for value, op, unit in _values(words, worded):
        yield Target(
            path=sentence.provision.path,
            start=quoted.start,
            end=quoted.end,
            rule="targets.whole" if quantity.whole else "targets.quantity",
            text=source.text[quoted.start : quoted.end],
            metric=reading.metric,
            op=op,
            value=int(value) if float(value).is_integer() else value,
            unit=unit,
            period=period,
            from_year=sentence.deadline.from_year,
            by=sentence.by,
            kind=kind,
            baseline=reading.baseline,
            strength=strength[0] if strength else None,
            quantity=None if kind == "standard" else quantity_kind(quantity, words.before, text, period == "year"),
        )


def _values(words: Worded, worded: list[Worded]) -> Iterator[tuple[float, Bound, str | None]]:
    quantity, last = words.quantity, words.numbers[-1]
    if len(words.numbers) == 2:
        yield quantity.low, ">=", quantity.unit
        yield last.low, "<=", last.unit
    elif quantity.low != quantity.high:
        yield quantity.low, ">=", quantity.unit
        yield quantity.high, "<=", quantity.unit
    else:
        yield quantity.low, _bound(words, worded), quantity.unit


def _bound(words: Worded, worded: list[Worded]) -> Bound:
    quantity, last = words.quantity, worded[-1].quantity
    if quantity.unit == "%" and quantity.low == 100:
        return "="
    said = words.before if words.before.strip() else worded[0].before  # 不低于单价的150%、200%
    if quantity.op is None and (found := first_match(load_patterns(_FILE, "bound_of"), said)):
        return found.label  # type: ignore[return-value]
    if quantity.op is None and "分别" in words.lead:
        return last.op or ("=" if "达" not in words.lead[words.lead.find("分别") :][:4] else ">=")
    return quantity.op or "="


def _period(words: Worded, sentence: Sentence) -> Literal["year"] | None:
    """每年 holds for what it stands before, and for what the sentence goes on to count in the same unit."""
    quantity = words.quantity
    if _YEARLY.search(words.before) or (words.place and not words.before.strip() and _YEARLY.search(words.lead)):
        sentence.yearly_unit = quantity.unit
        return "year" if not quantity.is_rate or "年均" in words.before else None
    return "year" if quantity.unit and quantity.unit == sentence.yearly_unit and not quantity.is_rate else None


def _kind(quantity: Quantity, text: str, sentence: Sentence) -> Literal["target", "standard"]:
    if quantity.is_time or "为半径" in text or _RECKONED.search(text):
        return "standard"
    if sentence.goal or quantity.whole:
        return "target"
    if sentence.deadline.by and quantity.unit not in MONEY:
        return "target"
    if sentence.provision.path.rpartition("/")[2].startswith("a"):
        return "standard"  # what an article of a statute or of rules says is fixed
    if not (quantity.is_rate or quantity.unit in MONEY):
        return "standard" if "不得" in text else "target"
    result = first_match(load_patterns(_FILE, "result"), text)
    if quantity.unit in MONEY:
        return "target" if result else "standard"
    fixed = first_match(load_patterns(_FILE, "standard"), text) and not result
    return "standard" if fixed or "不得" in text or "比例" in text else "target"
