"""What a quantity counts: the metric, read from the words around the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.patterns import first_match, load_patterns

_FILE = "targets.toml"
# Words that lead a clause up to its subject: 到2020年, 力争, 其中, 每年.
_LEAD = re.compile(
    r"^(?:[ ,、:-]|(?:到|至|在)?20\d\d年年?(?:\d{1,2}月份?)?(?:年?底|年?末|以?前|之前)*|“?十[一二三四五六]五”?(?:期间|末|时期)|"
    r"其中|力争|争取|确保|努力|至少|最少|需(?![求要])|"
    r"并且?|同时|以及|要求|要(?![素点])|应当|应(?![急用届对收税纳聘诉])|可以|可(?![再持靠])|必须|须|使(?!用)|让(?!利)|均(?![衡等])|都(?!市)|"
    r"年均(?!增)|每年|全年|今年|年内|当年|预计|计划(?!生育)|原则上|"
    r"基本(?!公共|养老|医疗|保险|农田|生活|经济|制度|药物|建设)|和(?!谐)|及(?!时)|与|则|将(?!来)|把)+"
)
# Verbs that set the number but are no part of what is counted.
_ACT = re.compile(
    r"^(?:累计|共计?|再|新(?=建|开)|免费|集中|精准|组织(?!化)|大力|积极|努力|力争|确保|稳步|逐步|全面|基本)*"
    r"(?:完成|实现|开展|组织|培训|引育|招引|构建|研发|拓展|布设|种植|筹建|惠及|聚集|集聚|治理|整治|修复|建成|建设|新建|打造|培育|培养|创建|共建|形成|引进|举办|推广|选派|配备|设立|设置|布局|实施|帮助|带动|支持|扶持|"
    r"认定|达到|掌握|改造|推进|推动|建立|发展|给予|提供|安排|发放|招募|扩建|改建|升级|按照?|执行)(?!率|性|化|力|区|业|规模)"
    r"(?:(?:或|和|及|、|并)?(?:改造|提升|建设|扩建|新建|培育|壮大|推广))?"
)
_FORMAL = re.compile(
    r"^(?:依法)?(?:予以|(?:报|向)[^,]{2,16}?(?:部门|机关|机构|委员会|政府)(?=备案|批准|报告|登记|审批|核准)|完成(?=[^,]{2,}))"
)
"""予以审查, 报原审核部门备案: what has to be done is 审查, 备案."""
# Words between what is counted and the number.
_LINK = re.compile(
    r"(?:分别|力争|均|都|要|应|需|须|总数?|累计|基本|稳定|总体|至少|最少|全部|总计|共计?|仅|也|已|将|可|按|由\d+[^,]{0,6})*"
    r"(?:达到?|(?:提[高升]|增加|增长|增|扩大|降低|降|下降|减少|减|压减|压缩|缩短|恢复|调整|上升|升|扩|控制|保持|稳定|维持|确定|限制)(?:到|至|在|为)|"
    r"(?:不(?:得|应|能)?|禁止|严禁)(?:低于|少于|小于|超过|高于|多于|大于|突破)|超过|突破|高于|低于|少于|多于|大于|小于|最高|最低|最多|最长|约|大约|近|为|是|有|至|到|在)*$"
)
_BASE = re.compile(
    r"(?:较|(?<![占对同])比|与)(?P<base>(?!分别)[^,]{2,14}?)(?:相比,?)?(?=(?:分别)?(?:年均)?(?:增长|下降|提[高升]|上升|降低|增加|减少|翻|累计))"
)
_EACH = re.compile(
    r"(?:每(?:个|人|名|户|家|亩|平方米|年|月|次|辆|台|套|吨)?[一-龥]{0,6}|各|最高|不低于|不超过|不少于|合计|一次性|总额|至少|最低|约)+$"
)
_GIVING = re.compile(
    r"(?:给予|奖励|补助|补贴|资助|发放|提供|享受|按照?|开展|组织|建成|建设|新建|打造|培育|培养|创建|共建|培训|定位|掌握|引进|设立|配备|完成|实现|"
    r"新增|形成|举办|选派|改造|支持|扶持|认定|带动|帮助|实施|推广|布局|每年|对|为|安排|依照|处|罚款|缴纳|推出|遴选|评选|筹集|发展|聚集|集聚|孵化|预留|覆盖|建立|推动|新\(改\)建|扶持|做强|做大|保护|新增)$"
)
_CUT = re.compile(
    r"(?:完成(?!率)|取得|通过|同时|开展|实现|参加|进行|接受|享受|纳入|达到|提供|给予|执行|确定|(?<!高)标准(?!化|体系|规范|$)|的比例)"
)

_MEASURE = re.compile(
    r"(?:(?:使用|排放|消耗|生产|销售)?(?:总|产|销)?量|面积|占比|比重|比例|[一-龥]{0,2}收入|[一-龥]?产值|人数|总数|规模|强度|[一-龥]{2}率|"
    r"增长|下降|减少|增加|提高|降低).*$"
)
_RESULT = re.compile(
    r"^(?:努力|力争|确保|基本|全面|积极|大力)*(?:实现|完成|确保|使|推进|推动|促进)(?!率|[^,]{0,3}(?:率|度|量)$)"
)
_BOUNDED_BASE = re.compile(r"(?:不(?:得|应)?(?:超过|高于|低于|少于)|最高(?:不超过)?)(?P<base>[^,、]{2,14})$")
_OPENING = re.compile(r"^(?:累计|共|再|力争)*(?:新增|新建|新开工|转移|安置|筹集|淘汰|压减|减少|增加|招聘|引导|完成)")
_GIVEN_TO = re.compile(r"(?:给予|奖励|支付|发放|收取|缴纳|补助)[^,]{1,10}$")
_STANDARD = re.compile(
    r"(?P<what>[^,]{0,24}?(?:标准|额度|限额|费率|税率|价格|金额|期限|周期))(?:统一|分别|一般)?(?:为|是|按)(?=.)"
)
_CHANGED = re.compile(
    r"^(?:适当|逐步|稳步)?(?:提高|降低|增加|压缩|缩短|扩大|调整|延长|减少)(?P<what>[^,、]{2,20}?)(?:至|到|为|不超过|不低于)$"
)
_SHORTEST_NAME = 4
_PER = re.compile(
    r"(?<=[一-龥]{2})(?:为|按|给予|是)?(?:每(?:人|户|家|个|名|亩|月|年|天|日|次|件|张|平方米|公斤|吨)(?:[一-龥]{0,2}(?=每))?)+$"
)
_OFTEN = re.compile(r"(?<=[一-龥]{2})(?:每年|每季度?|每月|每半年|每周)(?:应当?)?(?:至少|不少于)?(?:召开|进行|开展|组织)?$")
_SHARE = re.compile(r"(?:可?按照?|可|应|须|要)?(?:不得|不)?(?:超过|低于|高于|少于|多于|达到?|占|为|按照?)(?=[^,]{2,}$)")
_PER_SHARE = re.compile(r"按照?[^,]{2,}的$")
_RECKONED = re.compile(
    r"(?:估算|计提|计算|提取|安排|核定|确定|预留|计取|收取|缴纳|征收|拨付|列支)(?P<what>[一-龥]{2,16})(?=$|[,、])"
)
"""按剩余部分的20%计提业余设计奖: the rate is that of what is drawn."""
_WHEN = re.compile(r"^在?(?:确定|核定|计算|制定)?(?P<what>[^,]{2,16}?)(?:时|中)(?:可以?|应当?)?$|(?P<modal>可|应)$")


_ASIDE = re.compile(
    r"按(?:照)?原[一-龥]{0,6}标准|在(?:原|现)[^,]{0,10}(?:标准|基础)上?(?:上)?|^(?:在[^,]{2,14}|一个[^,]{1,8})(?<!以)内的?(?=[一-龥]{4,})"
)
"""What only says from where or within what time: 按原标准降低20%."""


_HELD = re.compile(
    r"(?P<what>停止执业|停业整顿|暂停[一-龥]{2,10}|暂扣[一-龥]{2,12}|拘留)$"
    r"|(?P<put_off>[一-龥]{1,8}(?:顺延|延长|延期))至[^,。;]{2,20}后的?$"
)


@dataclass(frozen=True)
class Reading:
    """The metric as written, and what it is compared with."""

    metric: str | None
    baseline: str | None = None


def read_metric(before: str, after: str, rate: bool) -> Reading:
    """The metric of a number that stands between ``before`` and ``after`` (folded, the same clause)."""
    if held := length_of(before):
        return Reading(held)
    before = _ASIDE.sub("", before)
    base = _BASE.search(before)
    if base:
        before = before[: base.start()] + before[base.end() :]
    return Reading(_metric(strip_lead(before), after, rate) or None, base["base"] if base else None)


def length_of(before: str) -> str | None:
    """What a stretch of time is the length of, where its name stands directly before: 停止执业 in 给予停止执业三个月."""
    match = _HELD.search(before)
    return match["what"] or match["put_off"] if match else None


def _metric(subject: str, after: str, rate: bool) -> str:
    if set_as := re.match(r"为(?P<what>[一-龥]{2,10})", after) if subject == "以" else None:
        return set_as["what"]
    if share := re.match(
        r"的比例[一-龥]{0,4}?(?:提取|缴纳|缴存|计提|安排|给予|发放|补助|补贴|奖励|征收|收取|配套|用于)(?P<what>[一-龥、]{2,40})",
        after,
    ):
        return re.sub(r"^并(?:合理|规范|科学|足额|统筹|专项)*(?:使用|管理|用于)", "", share["what"])
    if share := _RECKONED.match(after) if rate and _PER_SHARE.search(subject) else None:
        return _tidy(share["what"])
    if changed := _CHANGED.search(subject):
        return _tidy(changed["what"])
    noun, linked = _noun(after), _LINK.sub("", subject)
    if noun.startswith("罚款"):
        return "罚款"
    if rate and (base := _BOUNDED_BASE.search(subject)):
        return _of_bounded(subject[: base.start()], base["base"], noun if after.startswith("的") else "")
    if standard := _STANDARD.match(subject):
        return _tidy(own_name(standard["what"]))
    if rate and subject.endswith("的"):
        return _of_base(linked)
    if noun and _governs(linked, after, rate):
        return noun
    linked = linked.replace("累计分别", "").replace("分别", "")
    named = _act_stripped(linked) if linked == subject and not rate else _RESULT.sub("", linked)
    return _tidy(_OFTEN.sub("", _PER.sub("", named)) or named) or noun


def own_name(standard: str) -> str:
    """A standard without what it stands in: 费用限额标准 in 纳入支付范围的费用限额标准."""
    name = standard.rpartition("的")[2]
    return name if len(name) >= _SHORTEST_NAME else standard


def _of_bounded(subject: str, base: str, noun: str) -> str:
    """What 不超过总投入30% limits: the subject, unless it only gives (给予); then what is given, else the base."""
    if len(subject) >= 2 and not _GIVING.search(subject):
        return _tidy(subject)
    return noun or base.removesuffix("的")


def _of_base(linked: str) -> str:
    """The subject of a share, else what it is a share of: 不得超过用工总数的10% is of 用工总数."""
    parts = _SHARE.split(linked.removesuffix("的"), maxsplit=1)
    subject = _WHEN.sub(r"\g<what>", parts[0]).strip()
    if len(parts) == 2 and len(subject) >= 2:
        return _tidy(subject)
    return _tidy(parts[-1])


def strip_lead(text: str) -> str:
    """``text`` without the date and the helping words that lead it."""
    return _LEAD.sub("", text.strip())


def whole_metric(before: str, word: str, after: str) -> str | None:
    """What 全部 or 所有 (``word``) holds for: the subject before 全部, what follows 所有."""
    subject = _RESULT.sub("", strip_lead(before))
    if word == "全部" and len(subject) >= 2 and not _GIVING.search(subject):
        return _tidy(subject)
    noun = re.split(r"(?:将|都|均|全部|必须|要|应|实现|达到)", after, maxsplit=1)[0].removesuffix("的目标").removesuffix("的")
    return _tidy_outer(noun) or None


def limited(after: str) -> str:
    """What has to be done within a stretch of time: 作出决定 in 十五日内作出决定."""
    return _tidy(_FORMAL.sub("", re.sub(r"^[以之]?内?,?", "", after.strip())))


def opens_with_act(text: str) -> bool:
    """Whether a clause opens with a verb that produces what is counted: 完成新增转移农村劳动力…"""
    opening = strip_lead(text)
    return _ACT.match(opening) is not None or _OPENING.match(opening) is not None


def _governs(linked: str, after: str, rate: bool) -> bool:
    """Whether what is counted follows the number: 建成50个智能工厂, 给予2000元的补贴."""
    if rate and not after.startswith("的"):
        return False
    bare = _EACH.sub("", linked)
    if not bare or _GIVING.search(bare):
        return True
    if rate:
        return False
    given = after.startswith("的") and _GIVEN_TO.search(bare) is not None
    return given or any(first_match(load_patterns(_FILE, "verb"), words) for words in (bare, linked))


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


def _tidy_outer(text: str) -> str:
    return text.strip(" ,、:;")


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
    tail = _shared_tail(first, last)
    second = parts[1] if count > 2 else last.removesuffix(tail)
    head = _shared_head(first, second)
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
    """What the last item says for all of them: 的企业占比 in …研发活动的企业占比, 使用量减少 in 农药使用量减少."""
    for size in (2, 1):
        place = last.find(first[-size:])
        if 0 <= place < len(last) - size:
            return last[place + size :]
    cut = last.find("的")
    if cut > 0:
        return last[cut:]
    measure = _MEASURE.search(last, 2)
    return last[measure.start() :] if measure else ""
