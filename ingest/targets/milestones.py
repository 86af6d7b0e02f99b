"""Milestones: results that a document sets without a number but with a date."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.patterns import first_match, load_patterns
from ingest.targets.clauses import Span
from ingest.targets.metric import strip_lead

_FILE = "targets.toml"
_ACT = re.compile(
    r"^(?:努力|力争|确保|争取|基本|全面|逐步|初步|率先|持续|如期|总体|进一步|加快|使|让|保障)*"
    r"(?:实现|形成|建成|建立|构建|完成|达到|培育形成|全面推行|推行|具备|建设|打造)(?:覆盖)?"
)
_CHANGE = re.compile(
    r"(?:得到|有所|显著|明显|大幅|较大|切实|有效|不断|稳步|持续|进一步|更加|逐步|基本(?!公共|养老|医疗|保险|农田|生活|制度)|全面|总体|初步|普遍|充分|实现|落实到位|提高到|达到|全覆盖|已)+.{0,14}$"
)
_ADVERBS = re.compile(r"(?:基本|全面|总体|逐步|初步|普遍)+$")


class Milestone(NamedTuple):
    """The clause of a result and what it is about."""

    start: int
    end: int
    metric: str


def read_milestone(folded: str, clause: Span, date: Span | None) -> Milestone | None:
    """The result that a clause states, if it states one; ``date`` where its date stands when it is in the clause itself."""
    text = folded[clause.start : clause.end]
    dated = date is not None and clause.start <= date.start < clause.end
    stated = strip_lead(_without(text, date, clause.start) if date and dated else text)
    if len(stated) < 5 or first_match(load_patterns(_FILE, "outcome_not"), stated):
        return None
    if first_match(load_patterns(_FILE, "outcome"), stated) is None or first_match(load_patterns(_FILE, "past"), stated):
        return None
    lead = len(text) - len(text.lstrip(" ")) if dated else text.find(stated)
    return Milestone(clause.start + lead, clause.end, metric_of(stated))


def _without(text: str, date: Span, start: int) -> str:
    """The clause without the words of its date: 各省份于2019年11月底前完成… says what 各省份完成… says."""
    return text[: date.start - start].removesuffix("于") + text[date.end - start :]


def metric_of(stated: str) -> str:
    """What a result is about: 农牧民工综合素质 in 农牧民工综合素质显著提高.

    >>> metric_of("农牧民工综合素质显著提高"), metric_of("基本实现农民工在城镇落户")
    ('农牧民工综合素质', '农民工在城镇落户')
    """
    opened = _ACT.match(stated)
    if opened and len(stated) - opened.end() >= 2:
        return stated[opened.end() :].removesuffix("的目标").strip()
    changed = _CHANGE.search(stated)
    if changed and changed.start() >= 2:
        return _ADVERBS.sub("", stated[: changed.start()]).strip()
    return stated
