"""Targets: each quantity or dated result that a document sets.

A provision is read sentence by sentence and clause by clause. A deadline holds for the list that follows it; in a goal it holds for
the whole provision and for the provisions under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.patterns import first_match, load_patterns
from ingest.records import Bound, DocumentFields, Provision, Target
from ingest.source_text import SourceText, fold
from ingest.targets_admission import sets
from ingest.targets_clauses import Span, clauses, masked, sentences
from ingest.targets_dates import NONE, Deadline, find_deadlines
from ingest.targets_metric import Reading, distribute, limited, read_metric, strip_lead, whole_metric
from ingest.targets_milestones import read_milestone
from ingest.targets_quantities import Quantity, find_quantities
from ingest.targets_whole import find_wholes

_FILE = "targets.toml"
_LOST_DASHES = re.compile(r"(?<!\d)(?:19|20)\d\d(?:19|20)\d\d年|\d% \d+(?:\.\d+)?%")
_YEARLY = re.compile(r"每年|每年度|年均|全年(?!龄)")
_STRENGTH = re.compile(r"力争|争取|确保|努力|约束性|预期性|鼓励|原则上")
_TITLE_YEAR = re.compile(
    r"(20\d\d)年(?:度)?(?:.{0,12})(?:要点|工作安排|工作计划|重点工作|任务|任务分工|工作方案|实施计划|目标)"
)
_RATED = re.compile(r"(?P<what>[^,]*?)每[一-龥]{1,4}$")
_FEE = re.compile(
    r"(?:征收|收取|缴纳|交纳|给予|发放|按照?|执行)(?P<fee>[一-龥]{2,14}(?:费|金|价格?|标准|补贴|补助|租金|税|奖励))$"
)
_MONEY = ("元", "美元", "欧元", "港元", "人民币")
_SEPARATOR = re.compile(r"[、和及与,]")


@dataclass
class _State:
    """What holds while a provision is read: the deadline in force, and what the sentence has set so far."""

    deadline: Deadline
    provision: Provision
    year: str | None
    default: str | None
    lost_dashes: bool
    yearly_unit: str | None = None
    following: bool = False
    inherited: dict[str, Deadline] = field(default_factory=dict)


def find_targets(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Target, ...]:
    """Every target, standard and milestone that the provisions set, in the order of the text."""
    lost, year = _LOST_DASHES.search(source.folded) is not None, _year(fields)
    default = _default_year(fields)
    inherited: dict[str, Deadline] = {}
    past: set[str] = set()
    found: list[Target] = []
    for provision in provisions:
        if provision.parent in past or first_match(load_patterns(_FILE, "past_heading"), fold(provision.heading or "")):
            past.add(provision.path)
            continue
        above = inherited.get(provision.parent or "", NONE)
        state = _State(above, provision, year, default, lost, inherited=inherited)
        found += _in_provision(source, state)
        if _is_goal(provision):
            inherited[provision.path] = state.deadline.carried()
    return tuple(sorted(found, key=lambda record: (record.start, record.end, record.value or 0)))


def _year(fields: DocumentFields) -> str | None:
    date = fields.issued_on or fields.published_on
    return date[:4] if date else None


def _default_year(fields: DocumentFields) -> str | None:
    """The year that the title sets for the whole text (2017年工作要点)."""
    found = _TITLE_YEAR.search(fields.title or "")
    return found[1] if found else None


def _is_goal(provision: Provision) -> bool:
    return provision.role == "goal" or "目标" in (provision.heading or "")


def _in_provision(source: SourceText, state: _State) -> Iterator[Target]:
    provision, folded = state.provision, source.folded
    if (
        not re.search(r"[\d一二三四五六七八九十]|全部|所有|全覆盖", folded[provision.start : provision.end])
        and state.deadline == NONE
    ):
        return
    masks = masked(folded, provision.start, provision.end)
    for sentence in sentences(folded, max(provision.start, provision.heading_end or provision.start), provision.end):
        yield from _in_sentence(source, sentence, masks, state)


def _in_sentence(source: SourceText, sentence: Span, masks: list[Span], state: _State) -> Iterator[Target]:
    folded = source.folded
    deadlines = find_deadlines(folded, *sentence, state.year)
    kept = state.deadline
    state.yearly_unit, state.following = None, False
    goal = _is_goal(state.provision)
    for clause in clauses(folded, sentence):
        own = [d for d in deadlines if clause.start <= d.start < clause.end]
        if own:
            state.deadline = _merged(own, state.deadline if goal else kept)
        yield from _in_clause(source, clause, masks, state, bool(own))
    if not goal and folded[sentence.end : sentence.end + 1] != ";":
        state.deadline = kept


def _merged(own: list[Deadline], before: Deadline) -> Deadline:
    """The last deadline and the last start that a clause states."""
    by = next((d.by for d in reversed(own) if d.by), None)
    start = next((d.from_year for d in reversed(own) if d.from_year), None)
    return Deadline(by or (None if start else before.by), start, own[-1].start, own[-1].end)


def _in_clause(source: SourceText, clause: Span, masks: list[Span], state: _State, dated: bool) -> Iterator[Target]:
    folded = source.folded
    found = find_quantities(folded, *clause, state.lost_dashes)
    found = [q for q in found if not any(mask.start <= q.start < mask.end for mask in masks)]
    found = [q for q in found if not (state.deadline.start <= q.start < state.deadline.end)]
    if not found:
        found = find_wholes(folded, clause, _is_goal(state.provision) or state.deadline.by is not None)
    records = list(_quantified(source, clause, found, state))
    yield from records
    if (
        not records
        and not found
        and (state.deadline.by and (dated or _is_goal(state.provision) or state.deadline.end > state.deadline.start))
    ):
        yield from _milestone(source, clause, state, dated)


def _quantified(source: SourceText, clause: Span, quantities: list[Quantity], state: _State) -> Iterator[Target]:
    """Records of the quantities of one clause; 分别 hands out its subjects, else each number has its own stretch of words."""
    folded = source.folded
    words = folded[clause.start : clause.end]
    first = quantities[0].start if quantities else clause.end
    subjects = None
    if len(quantities) > 1 and "分别" in folded[clause.start : first]:
        reading = read_metric(folded[clause.start : first], "", quantities[0].is_rate)
        subjects = distribute(reading.metric or "", len(quantities))
    pairs = _paired(quantities)
    for place, group in enumerate(pairs):
        quantity = group[0]
        last = pairs[place - 1][-1] if place else None
        stretch = _stretch(folded, clause, last, quantity, group[-1], pairs[place + 1][0] if place + 1 < len(pairs) else None)
        before, after = folded[stretch.start : quantity.start], folded[group[-1].end : stretch.end]
        lead = folded[clause.start : quantity.start]
        if not sets(quantity, lead if not place else before or lead, after, words, state.provision, state.following):
            continue
        state.following = True
        shared = folded[clause.start : first] if place and not before.strip() else before
        reading = _reading(source.folded, clause, shared, after, quantity)
        if subjects and place < len(subjects):
            reading = Reading(subjects[place], read_metric(folded[clause.start : first], "", True).baseline)
        text = clause if subjects or (place and not before.strip()) or (len(pairs) > 1 and after.strip()) else stretch
        yield from _records(source, text, group, pairs[-1][-1], reading, words, state)


def _reading(folded: str, clause: Span, before: str, after: str, quantity: Quantity) -> Reading:
    """The metric of one number, by what kind of number it is."""
    if quantity.whole:
        return Reading(whole_metric(before, folded[quantity.start : quantity.end], after))
    if quantity.is_time and "内" in folded[quantity.end - 1 : quantity.end + 1]:
        return Reading(limited(after) or strip_lead(before) or None)
    rated, outside = _RATED.search(before), _before_bracket(folded, clause.start)
    if rated and outside:
        fee = _FEE.search(outside)
        return Reading(fee["fee"] if fee else rated["what"] or None)
    return read_metric(before, after, quantity.is_rate)


def _before_bracket(folded: str, place: int) -> str:
    """The words before the bracket that ``place`` stands in; empty outside of one."""
    opened = folded.rfind("(", max(0, place - 80), place)
    return folded[max(0, opened - 30) : opened] if opened >= 0 and ")" not in folded[opened:place] else ""


def _paired(quantities: list[Quantity]) -> list[list[Quantity]]:
    """五十元以上二百元以下 is one range in two numbers."""
    groups: list[list[Quantity]] = []
    for quantity in quantities:
        last = groups[-1][-1] if groups else None
        if last and last.end == quantity.start and last.op == ">=" and quantity.op == "<=" and last.unit == quantity.unit:
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _stretch(
    folded: str, clause: Span, last: Quantity | None, first: Quantity, end: Quantity, following: Quantity | None
) -> Span:
    """The words of a clause that belong to one number: from behind the one before it to where the next one's words begin."""
    start, stop = clause
    if last is not None:
        between = folded[last.end : first.start]
        start = last.end + _division(between)
    if following is not None:
        between = folded[end.end : following.start]
        stop = end.end + _division(between)
        while stop > end.end and folded[stop - 1] in "、和及与,":
            stop -= 1
    return Span(start, stop)


def _division(between: str) -> int:
    """Where the words of the next number begin: behind the first separator, or behind the last one when a noun comes before it."""
    cuts = [match.end() for match in _SEPARATOR.finditer(between)]
    if not cuts:
        return 0
    return cuts[0] if cuts[0] == 1 else cuts[-1]


def _records(
    source: SourceText, text: Span, group: list[Quantity], last: Quantity, reading: Reading, words: str, state: _State
) -> Iterator[Target]:
    start, end = _quoted(source.folded, text, group)
    quantity = group[0]
    period = _period(source.folded[text.start : quantity.start], quantity, state)
    strength = _STRENGTH.search(words)
    for value, op in _values(source.folded, text, group, last):
        yield Target(
            path=state.provision.path,
            start=start,
            end=end,
            rule="targets.whole" if quantity.whole else "targets.quantity",
            text=source.text[start:end],
            metric=reading.metric,
            op=op,
            value=int(value) if float(value).is_integer() else value,
            unit=quantity.unit,
            period=period,
            from_year=state.deadline.from_year,
            by=state.deadline.by or state.default,
            kind=_kind(quantity, words, state),
            baseline=reading.baseline,
            strength=strength[0] if strength else None,
        )


def _quoted(folded: str, text: Span, group: list[Quantity]) -> Span:
    """The stretch without its helping words at the head (其中, 力争)."""
    words = folded[text.start : text.end]
    lead = re.match(r"(?:[ 、,和及]|其中:?|力争|同时|并且?)*", words)
    start = text.start + (lead.end() if lead else 0)
    return Span(min(start, group[0].start), max(text.end, group[-1].end))


def _values(folded: str, text: Span, group: list[Quantity], last: Quantity) -> Iterator[tuple[float, Bound]]:
    if len(group) == 2:
        yield group[0].low, ">="
        yield group[1].low, "<="
    elif group[0].low != group[0].high:
        yield group[0].low, ">="
        yield group[0].high, "<="
    else:
        yield group[0].low, _bound(folded, text, group[0], last)


def _bound(folded: str, text: Span, quantity: Quantity, last: Quantity) -> Bound:
    if quantity.unit == "%" and quantity.low == 100:
        return "="
    before = folded[text.start : quantity.start]
    if quantity.op is None and (found := first_match(load_patterns(_FILE, "bound_of"), before)):
        return found.label  # type: ignore[return-value]
    if quantity.op is None and last is not quantity and "分别" in folded[text.start : last.start]:
        return last.op or "="
    return quantity.op or "="


def _period(before: str, quantity: Quantity, state: _State) -> Literal["year"] | None:
    """每年 holds for what it stands before, and for what the sentence goes on to count in the same unit."""
    if _YEARLY.search(before):
        state.yearly_unit = quantity.unit
        return "year" if not quantity.is_rate or "年均" in before else None
    return "year" if quantity.unit and quantity.unit == state.yearly_unit and not quantity.is_rate else None


def _kind(quantity: Quantity, words: str, state: _State) -> Literal["target", "standard"]:
    if quantity.is_time or "为半径" in words:
        return "standard"
    if _is_goal(state.provision) or quantity.whole:
        return "target"
    if not (quantity.is_rate or quantity.unit in _MONEY):
        return "standard" if "不得" in words else "target"
    granted = first_match(load_patterns(_FILE, "standard"), words) and not first_match(load_patterns(_FILE, "result"), words)
    if state.deadline.by and quantity.is_rate:
        return "target"
    return "standard" if granted or "不得" in words or ("比例" in words and not state.deadline.by) else "target"


def _milestone(source: SourceText, clause: Span, state: _State, dated: bool) -> Iterator[Target]:
    found = read_milestone(source.folded, clause, dated)
    if found is None:
        return
    strength = _STRENGTH.search(source.folded[clause.start : clause.end])
    yield Target(
        path=state.provision.path,
        start=found.start,
        end=found.end,
        rule="targets.milestone",
        text=source.text[found.start : found.end],
        metric=strip_lead(found.metric) or None,
        op=None,
        value=None,
        unit=None,
        period=None,
        from_year=state.deadline.from_year,
        by=state.deadline.by,
        kind="milestone",
        strength=strength[0] if strength else None,
    )
