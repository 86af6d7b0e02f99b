"""What a quantity counts: the metric, read from the words around the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words that lead a clause up to its subject: 到2020年, 力争, 其中, 每年.
_LEAD = re.compile(
    r"^(?:[ ,、:]|(?:到|至|在)?20\d\d年(?:年?底|年?末|以?前|之前)*|“?十[一二三四五六]五”?(?:期间|末|时期)|其中|力争|争取|确保|努力|"
    r"并且?|同时|以及|要求?|应当?|可以?|须|必须|使|让|均|都|年均(?!增)|每年|每月|每季度|全年|今年|年内|当年|预计|计划|原则上|基本|和|及|与|则|将|把)+"
)
# Verbs that set the number but are no part of what is counted.
_ACT = re.compile(
    r"^(?:累计|共计?|再|新(?=建|开)|免费|集中|精准|组织(?!化)|大力|积极|努力|力争|确保|稳步|逐步|全面|基本)*"
    r"(?:完成|实现|开展|组织|培训|建成|建设|新建|打造|培育|培养|创建|共建|形成|引进|举办|推广|选派|配备|设立|布局|实施|帮助|带动|支持|扶持|"
    r"认定|达到|掌握|改造|推进|建立|发展|给予|提供|安排|发放|按照?|执行)(?!率|性|化|力|区|业|规模)"
)
# Words between what is counted and the number.
_LINK = re.compile(
    r"(?:分别|力争|均|都|要|应|需|须|总数?|累计|基本|稳定|总体|至少|最少|全部|总计|共计?|仅|也|已|将|可|按|由\d+[^,]{0,6})*"
    r"(?:达到?|(?:提[高升]|增加|增长|增|扩大|降低|降|下降|减少|减|压减|压缩|缩短|恢复|调整|上升|升|扩|控制|保持|稳定|维持|确定|限制)(?:到|至|在|为)|"
    r"不(?:得|应|能)?(?:低于|少于|小于|超过|高于|多于|大于|突破)|超过|突破|高于|低于|少于|多于|大于|小于|最高|最低|最多|最长|约|大约|近|为|是|有|至|到|在)*$"
)
_BASE = re.compile(
    r"(?:较|比|与)(?P<base>[^,]{2,14}?)(?:相比,?)?(?=(?:分别)?(?:年均)?(?:增长|下降|提高|降低|增加|减少|翻|累计))"
)
_EACH = re.compile(
    r"(?:每(?:个|人|名|户|家|亩|平方米|年|月|次|辆|台|套|吨)?[一-龥]{0,6}|各|最高|不低于|不超过|不少于|合计|一次性|总额|至少|最低|约)+$"
)
_GIVING = re.compile(
    r"(?:给予|奖励|补助|补贴|资助|发放|提供|享受|按照?|开展|组织|建成|建设|新建|打造|培育|培养|创建|共建|培训|定位|掌握|引进|设立|配备|完成|实现|"
    r"新增|形成|举办|选派|改造|支持|扶持|认定|带动|帮助|实施|推广|布局|每年|对|为|安排|处|罚款|缴纳|推出|遴选|评选|筹集|发展|聚集|集聚|孵化|预留|覆盖)$"
)
_CUT = re.compile(r"(?:开展|实现|参加|进行|接受|享受|纳入|达到|提供|给予|执行|确定|标准|的比例)")


@dataclass(frozen=True)
class Reading:
    """The metric as written, and what it is compared with."""

    metric: str | None
    baseline: str | None = None


def read_metric(before: str, after: str, rate: bool) -> Reading:
    """The metric of a number that stands between ``before`` and ``after`` (folded, the same clause)."""
    base = _BASE.search(before)
    baseline = base["base"] if base else None
    if base:
        before = before[: base.start()] + before[base.end() :]
    subject, noun = strip_lead(before), _noun(after)
    linked = _LINK.sub("", subject)
    if noun and _governs(linked, after, rate):
        return Reading(noun, baseline)
    named = linked if rate else _act_stripped(linked)
    named = named.removesuffix("的") if named.count("的") == 1 and not rate else named
    return Reading(_tidy(named) or noun or None, baseline)


def strip_lead(text: str) -> str:
    """``text`` without the date and the helping words that lead it."""
    return _LEAD.sub("", text.strip())


def opens_with_act(text: str) -> bool:
    """Whether a clause opens with a verb that produces what is counted: 完成新增转移农村劳动力…"""
    return _ACT.match(strip_lead(text)) is not None


def _governs(linked: str, after: str, rate: bool) -> bool:
    """Whether what is counted follows the number: 建成50个智能工厂, 给予2000元的补贴."""
    if rate and not after.startswith("的"):
        return False
    bare = _EACH.sub("", linked)
    return not bare or _GIVING.search(bare) is not None


def _noun(after: str) -> str:
    """What follows the number, up to the verb that says what is done with it."""
    noun = after.strip().removeprefix("的").strip()
    cut = _CUT.search(noun)
    return _tidy(noun[: cut.start()] if cut else noun)


def _act_stripped(text: str) -> str:
    """``text`` without the verb that opens it, unless nothing else is left."""
    rest = _ACT.sub("", text, count=1)
    return rest if len(rest) >= 2 else text


def _tidy(text: str) -> str:
    return text.strip(" ,、:;和及与()的") if text.count("(") != text.count(")") else text.strip(" ,、:;")


def distribute(subject: str, count: int) -> list[str] | None:
    """Subjects of 分别: 有研发机构、研发活动的企业占比 → two; null when there are not ``count`` of them.

    >>> distribute("有研发机构、研发活动的企业占比", 2)
    ['有研发机构的企业占比', '有研发活动的企业占比']
    """
    parts = re.split(r"[、]|(?<=[一-龥])[和及与](?=[一-龥])", subject)
    if len(parts) != count:
        parts = subject.split("、")
    if len(parts) != count or count < 2:
        return None
    first, last = parts[0], parts[-1]
    head = _shared_head(first, parts[1])
    tail = _shared_tail(first, last)
    bodies = [first[len(head) :], *parts[1:-1], last[: len(last) - len(tail)] if tail else last]
    return [f"{head}{body}{tail}" for body in bodies]


def _shared_head(first: str, second: str) -> str:
    """What the first item says for all of them: 有 in 有研发机构、研发活动…"""
    for size in (3, 2):
        place = first.find(second[:size])
        if len(second) >= size and place > 0:
            return first[:place]
    if len(second) < len(first) and second[-1:] == first[-1:]:
        return first[: len(first) - len(second)]
    return ""


def _shared_tail(first: str, last: str) -> str:
    """What the last item says for all of them: 的企业占比 in …研发活动的企业占比."""
    for size in (2, 1):
        place = last.find(first[-size:])
        if 0 <= place < len(last) - size:
            return last[place + size :]
    cut = last.find("的")
    return last[cut:] if cut > 0 else ""
