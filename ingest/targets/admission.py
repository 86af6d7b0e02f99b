"""Which quantities a document sets: told apart from conditions, counts of what exists, and facts about the past."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.patterns import first_match, load_patterns
from ingest.targets.metric import length_of, opens_with_act
from ingest.targets.quantities import Quantity

_FILE = "targets.toml"
_PERIODIC = re.compile(r"每(?:年|月|季度?|半年|周|天|日|学期)|年均|全年")
_NON_COUNTING = frozenset(
    ["类", "种", "条", "项", "对", "款", "部", "届", "期", "处", "度", "首", "节", "课", "班", "组", "岁", "周岁"]
)
"""Units that mostly count what just exists (11类服务); they need a verb directly before the number."""
_INDEX = re.compile(r"(?:达到?|提[高升][到至]|增加到|控制在|保持在|降[到至]|不低于|不高于|不超过)$")
_WORD = re.compile(r"[一-龥]{2}")
_SHARED = re.compile(r"(?:标准为?|按照?|补[贴助偿]|给予|支付|承担|负担|费用?|金额|总额|工资|价格?)[^,]{0,16}的$")
_GOES_ON = re.compile(r"\)?,(?:且|并且?|或者?|经|同时)[^,。;]{1,40}的[,;。:]")
_SET_AS = re.compile(r"的(?:标准|定额|额度|目标|要求)(?!的?[一-龥]{0,8}(?:可以|应当|条件))")
"""不低于1000元的标准定额, 控制在5%以内的目标: what stands before is set, and qualifies nothing."""
_GIVEN = re.compile(r"给予|补[贴助]|奖|资助|标准|额度")
_NOUN_AFTER = re.compile(r"[^,;]{0,24}的[一-龥]{2}")
_OWN = 14
"""How long a stretch of time with its bound is at most (十五个工作日以内), in characters."""
_NEAR = 14
"""How far before a number a verb of giving may stand, in characters."""
MONEY = ("元", "美元", "欧元", "港元", "人民币")


@dataclass(frozen=True)
class Surroundings:
    """The words around a quantity: its own ``before``, ``lead`` and ``after`` to the ends of the clause, the whole ``clause``.

    ``goal``: the provision states goals; ``going_on``: the sentence has set a number already; ``chained``: this clause has.
    ``eligibility``: the provision lists who qualifies; there only amounts that are given count. ``ahead``: what follows the
    clause in its sentence.
    """

    before: str
    after: str
    lead: str
    clause: str
    goal: bool = False
    going_on: bool = False
    chained: bool = False
    eligibility: bool = False
    ahead: str = ""


def sets(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the text sets the quantity."""
    before, after = around.before if around.before.strip() else around.lead, around.after
    if _is_date(quantity, before) or _sets_nothing(quantity, before, around):
        return False
    if before.endswith("以") and re.match(r"为[一-龥]", after):
        return True
    if quantity.fraction:
        return _SHARED.search(before) is not None and not re.match("[一-龥]*(?:同意|通过|出席|提议)", after)
    if quantity.unit is None:
        return _INDEX.search(before) is not None and not after.strip()
    if quantity.is_time:
        return _is_limit(quantity, before, after, around.clause)
    if _GOES_ON.match(around.ahead) and not _is_governed(before):
        return False  # 达到租金百分之十五以上,经催告仍不支付的
    if not around.chained and _is_condition(quantity, before, after, around.clause):
        return False
    if quantity.is_rate or quantity.unit in MONEY:
        return True
    return _is_count(quantity, before, around)


def _sets_nothing(quantity: Quantity, before: str, around: Surroundings) -> bool:
    """Facts about the past, cells of a table, terms of a formula, what a number is reckoned by, conditions of eligibility."""
    if first_match(load_patterns(_FILE, "past"), before) or first_match(load_patterns(_FILE, "reckoned_by"), before):
        return True
    if not _WORD.search(before + around.after) or before.endswith(("×", "x", "*", "X")):
        return True
    return around.eligibility and not (quantity.unit in MONEY and _GIVEN.search(before[-_NEAR:]) is not None)


def _is_date(quantity: Quantity, before: str) -> bool:
    if quantity.unit == "月" or (quantity.unit == "年" and quantity.low >= 1900):
        return True
    return quantity.unit in ("日", "年") and before.endswith(("月", "第", "零", "〇"))


def _is_limit(quantity: Quantity, before: str, after: str, clause: str) -> bool:
    """A stretch of time is set when it is a limit (20个工作日内办结) or the length of what is given (2个学期的培训)."""
    if (
        clause.rstrip().endswith("的")
        or first_match(load_patterns(_FILE, "limit_not"), before)
        or quantity.unit in ("岁", "周岁")
    ):
        return False
    if first_match(load_patterns(_FILE, "right"), after) and "可以" in before:
        return False
    if length_of(before):
        return True
    if re.match(r"[以之]?内的|[以之]?内?(?:时间|期间)", after) or (quantity.op == "<=" and after.startswith("的")):
        return False
    if first_match(load_patterns(_FILE, "within_event"), after if after.startswith(("内", "之", "以")) else f"内{after}"):
        return False
    if first_match(load_patterns(_FILE, "limit_before"), before):
        return True
    own = clause[len(before) : len(before) + _OWN]
    if first_match(load_patterns(_FILE, "limit_after"), after) or re.search(r"\w[以之]?内", own):
        return len(after) > 3 and not re.match(
            r".{0,4}(?:实现|达到|建成|力争|基本|全面|无|未|没有|不得)", after.lstrip("内,以之")
        )
    if quantity.unit in ("学时", "课时", "学期", "个学期"):
        return _is_governed(before)
    return False


def _is_condition(quantity: Quantity, before: str, after: str, clause: str) -> bool:
    if _SET_AS.match(after):
        return False
    governed = _is_governed(before) or first_match(load_patterns(_FILE, "grant"), before[-_NEAR:]) is not None
    if first_match(load_patterns(_FILE, "condition_clause"), clause.strip()):
        return not (governed and re.match(r"\s*的.", after))
    if governed or (quantity.is_rate and not quantity.han and not after.startswith("的")):
        return False
    if first_match(load_patterns(_FILE, "condition_after"), after):
        return True
    if not quantity.is_rate and quantity.op in (">=", "<=") and _NOUN_AFTER.match(after):
        return True  # 井深超过800米的地下矿山
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
    return any(first_match(load_patterns(_FILE, "verb"), words) for words in (bare, before.rstrip()))


def _is_count(quantity: Quantity, before: str, around: Surroundings) -> bool:
    if _is_governed(before) or (quantity.op and not quantity.han):
        return not (quantity.han and not quantity.op and not _PERIODIC.search(before))
    if quantity.unit in _NON_COUNTING or (quantity.han and not quantity.op):
        return False
    if _PERIODIC.search(before) or (around.chained and not around.before.strip()):
        return True
    closes = not around.after.strip() or around.after.strip()[0] in "、和及与,(的"
    bounded = quantity.op is not None and not _NOUN_AFTER.match(around.after)
    return closes and (bounded or around.going_on or around.goal or opens_with_act(before))
