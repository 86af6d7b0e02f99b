"""Which quantities a document sets: told apart from conditions, counts of what exists, and facts about the past."""

from __future__ import annotations

import re

from ingest.patterns import first_match, load_patterns
from ingest.records import Provision
from ingest.targets_metric import opens_with_act
from ingest.targets_quantities import Quantity

_FILE = "targets.toml"
_PERIODIC = re.compile(r"每(?:年|月|季度?|半年|周|天|日|学期)|年均|全年")
_NON_COUNTING = frozenset(
    ["类", "种", "条", "项", "对", "款", "部", "届", "期", "处", "度", "首", "节", "课", "班", "组", "岁", "周岁"]
)
"""Units that mostly count what just exists (11类服务); they need a verb directly before the number."""
_INDEX = re.compile(r"(?:达到?|提[高升][到至]|增加到|控制在|保持在|降[到至]|不低于|不高于|不超过)$")
_MONEY = ("元", "美元", "欧元", "港元", "人民币")


def sets(quantity: Quantity, before: str, after: str, clause: str, provision: Provision, following: bool) -> bool:
    """Whether the provision sets the quantity between ``before`` and ``after`` of its ``clause``.

    ``following`` is true when the quantity before it in the same sentence was set, so that a list goes on.
    """
    if _is_date(quantity, before) or first_match(load_patterns(_FILE, "past"), before):
        return False
    if before.endswith("以") and re.match(r"为[一-龥]", after):
        return True
    if quantity.unit is None:
        return _INDEX.search(before) is not None and not after.strip()
    if quantity.is_time:
        return _is_limit(quantity, before, after, clause)
    if _is_condition(quantity, before, after, clause):
        return False
    if quantity.is_rate or quantity.unit in _MONEY:
        return not quantity.han or quantity.unit != "成"
    return _is_count(quantity, before, provision, following)


def _is_date(quantity: Quantity, before: str) -> bool:
    if quantity.unit == "月" or (quantity.unit == "年" and quantity.low >= 1900):
        return True
    return quantity.unit in ("日", "年") and before.endswith(("月", "第", "零", "〇"))


def _is_limit(quantity: Quantity, before: str, after: str, clause: str) -> bool:
    """A stretch of time is set when it is a limit (20个工作日内办结, 期限为3年) or the length of what is given (2个学期的培训)."""
    if first_match(load_patterns(_FILE, "limit_not"), before) or quantity.unit in ("岁", "周岁"):
        return False
    if re.match(r"[以之]?内的|[以之]?内?(?:时间|期间)", after) or (quantity.op == "<=" and after.startswith("的")):
        return False
    if first_match(load_patterns(_FILE, "limit_before"), before):
        return True
    own = clause[len(before) : len(clause) - len(after)] + after[:3]
    if first_match(load_patterns(_FILE, "limit_after"), after) or re.search(r"\w[以之]?内", own):
        return not re.match(r".{0,4}(?:实现|达到|建成|力争|基本|全面|无|未|没有|不得再)", after.lstrip("内,以之"))
    if quantity.unit in ("学时", "课时", "学期", "个学期"):
        return _is_governed(before)
    return False


def _is_condition(quantity: Quantity, before: str, after: str, clause: str) -> bool:
    governed = _is_governed(before) or first_match(load_patterns(_FILE, "grant"), before) is not None
    if first_match(load_patterns(_FILE, "condition_clause"), clause.strip()):
        return not (governed and re.match(r"\s*的.", after))
    if governed or (quantity.is_rate and not quantity.han and not after.startswith("的")):
        return False
    if first_match(load_patterns(_FILE, "condition_after"), after):
        return True
    return (
        quantity.op in (">=", "<=")
        and re.match(r"[一-龥]", after) is not None
        and not re.match(r"[和或及、至]|的?罚款|实现|纳入", after)
    )


def _is_governed(before: str) -> bool:
    """Whether a verb that produces what is counted stands directly before the number."""
    bare = re.sub(
        r"(?:不少于|不低于|至少|约|最高|不超过|超过|达到?|各|共|总|每年|每[一-龥]{1,4}|[省市县区]级)+$", "", before.rstrip()
    )
    return first_match(load_patterns(_FILE, "verb"), bare) is not None


def _is_count(quantity: Quantity, before: str, provision: Provision, following: bool) -> bool:
    if _is_governed(before) or (quantity.op and not quantity.han):
        return not (quantity.han and not quantity.op and not _PERIODIC.search(before))
    if quantity.unit in _NON_COUNTING or quantity.han and not quantity.op:
        return False
    if _PERIODIC.search(before) or following or provision.role == "goal":
        return True
    return opens_with_act(before)
