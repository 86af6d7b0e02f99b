"""What kind of quantity a target sets, so that only like is compared with like."""

from __future__ import annotations

import re

from ingest.records import QuantityKind
from ingest.targets.quantities import Quantity

_GROWTH = re.compile(
    r"(?:增长|下降|增幅|增速|降幅|翻|(?:提[高升]|增加|减少|降低|上升|压减|扩大|缩小|压缩|减排|削减)(?![到至为])[^,到至为]{0,8})$|"
    r"(?:提[高升]|增加|降低|下降|减少|上升)(?:了|约|近|不低于|不少于|超过|达)*$"
)
_YEARLY = re.compile(r"每年|年产|年均|年度|全年|每人每年")
_TOTAL = re.compile(
    r"累计|合计|总共|共(?=建|培|计|完)|(?:三|四|五|[345])年[内间共]*|新增|新建|新改扩?建|完成|培训|培养|引进|转移|筹集|改造|发放|培育"
)
_LEVEL = re.compile(r"(?:达到?|稳定|保持|维持|拥有|总[量数额]|规模|保有量|数量|存量|控制在|突破|超过)")


def quantity_kind(quantity: Quantity, before: str, text: str, yearly: bool) -> QuantityKind | None:
    """``before`` are the words before the number, ``text`` the whole quote; null where it is none of the kinds."""
    if quantity.unit in ("番", "个百分点", "百分点") or (quantity.is_rate and _GROWTH.search(before)):
        return "growth"
    if quantity.is_rate or quantity.whole or quantity.fraction:
        return "rate"
    if quantity.is_time:
        return None
    if yearly or _YEARLY.search(text):
        return "yearly"
    if _TOTAL.search(text):
        return "cumulative"
    return "stock" if _LEVEL.search(text) else None
