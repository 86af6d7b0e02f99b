"""Targets: what a text sets, and nothing that it only counts, demands or remembers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import DocumentFields, Provision, Target
from ingest.source_text import SourceText
from ingest.targets.finding import find_targets
from ingest.targets.quantities import han_value
from tests.ingest.provisions import one_provision

NOTHING = DocumentFields()


def targets(text: str, fields: DocumentFields = NOTHING, **provision: Any) -> list[Target]:
    return list(find_targets(*one_provision(text, **provision), fields))


def numbers(text: str, **provision: Any) -> list[tuple[str | None, str | None, float | None, str | None]]:
    return [(t.metric, t.op, t.value, t.unit) for t in targets(text, **provision)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培训合格率达90%以上。", [("培训合格率", ">=", 90, "%")]),
        ("就业服务覆盖率达到100%。", [("就业服务覆盖率", "=", 100, "%")]),
        ("全年培训新型农民1.725万人。", [("新型农民", "=", 17250, "人")]),
        ("每年培训58500人。", [("培训", "=", 58500, "人")]),
        ("建成50个智能工厂和500个数字化车间。", [("智能工厂", "=", 50, "个"), ("数字化车间", "=", 500, "个")]),
        ("建成绿色园区30个、湿地公园5个。", [("绿色园区", "=", 30, "个"), ("湿地公园", "=", 5, "个")]),
        ("给予不低于1万元的一次性创业补贴。", [("一次性创业补贴", ">=", 10000, "元")]),
        ("被派遣劳动者不得超过用工总数的10%。", [("被派遣劳动者", "<=", 10, "%")]),
        ("按剩余部分的20%计提设计奖。", [("设计奖", "=", 20, "%")]),
        ("给予停止执业三个月以上六个月以下的处罚。", [("停止执业", ">=", 3, "个月"), ("停止执业", "<=", 6, "个月")]),
        ("确保生均公用经费不低于1000元/年的标准定额落实到位。", [("生均公用经费", ">=", 1000, "元")]),
        ("给予停止执业六个月以上一年以下的处罚。", [("停止执业", "<=", 1, "年"), ("停止执业", ">=", 6, "个月")]),
        ("注册费分别由0.54万元、2.59万元下降至0.3万元、1.8万元。", [("注册费", "=", 18000, "元"), ("注册费", "=", 3000, "元")]),
        ("申请的器具不得超过2件（套）。", [("申请的器具", "<=", 2, "件(套)")]),
        ("檐口高度不得高于六米。", [("檐口高度", "<=", 6, "米")]),
        ("有效期顺延至疫情解除后3个月。", [("有效期顺延", "=", 3, "个月")]),
        ("精准定位2—3个重点产业。", [("重点产业", ">=", 2, "个"), ("重点产业", "<=", 3, "个")]),
        ("处五十元以上二百元以下罚款。", [("罚款", ">=", 50, "元"), ("罚款", "<=", 200, "元")]),
        ("应当自受理之日起二十日内作出决定。", [("作出决定", "<=", 20, "日")]),
        ("以2公里为半径，建设服务圈。", [("半径", "=", 2, "公里")]),
        ("城乡居民收入比下降到2.35∶1。", [("城乡居民收入比", "=", 2.35, None)]),
        ("低保标准为每人每月1,309元。", [("低保标准", "=", 1309, "元")]),
        ("努力实现职工全部参加工伤保险。", [("职工", "=", 100, "%")]),
        (
            "有研发机构、研发活动的企业占比分别提高到55％、70％以上。",
            [("有研发机构的企业占比", ">=", 55, "%"), ("有研发活动的企业占比", ">=", 70, "%")],
        ),
        (
            "单位增加值能耗、水耗较“十三五”末分别下降16％、20％。",
            [("单位增加值能耗下降", "=", 16, "%"), ("单位增加值水耗下降", "=", 20, "%")],
        ),
    ],
)
def test_metric_bound_value_unit(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "与企业签订6个月以上期限劳动合同的农民工参加培训。",
        "将居民纳入慢性病管理等11类基本公共卫生服务范围。",
        "截至2014年底，全市已建成公园30个。",
        "对固定资产投资超过5亿元的制造业项目，优先供地。",
        "落实《推动1亿人落户方案》（国办发〔2016〕72号）。",
        "实施“两个10万元”微型企业培育工程。",
        "召开第十一次会议，研究3.8米直径火箭。",
        "年满18周岁的公民可以报名。",
        "2015年8月21日",
    ],
)
def test_what_sets_nothing(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    ("text", "by", "since"),
    [
        ("到2020年，覆盖率达到60%。", "2020", None),
        ("2017年，覆盖率达到60%。", "2017", None),
        ("2015—2017年，覆盖率达到60%。", "2017", "2015"),
        ("20152017年，覆盖率达到60%。", "2017", "2015"),
        ("2019年6月底前，覆盖率达到60%。", "2019-06-30", None),
        ("6月底前，覆盖率达到60%。", "2014-06-30", None),
        ("“十四五”期间，覆盖率达到60%。", "2025", "2021"),
        ("从2014年起，给予1万元补贴。", None, "2014"),
        ("覆盖率达到60%。", None, None),
    ],
)
def test_deadline(text: str, by: str | None, since: str | None) -> None:
    found = targets(text, DocumentFields(issued_on="2014-02-01"))
    assert [(t.by, t.from_year) for t in found] == [(by, since)]


def test_a_date_before_the_document_is_the_past() -> None:
    assert targets("2017年，覆盖率达到60%。", DocumentFields(issued_on="2018-02-01")) == []


def test_a_deadline_holds_for_the_list_and_for_the_goals_under_it() -> None:
    text = "二、目标。到2025年，基本形成新格局。（一）占比达到60%；强度达到3%。三、措施。合格率达到90%。"
    first, second = text.index("（一）"), text.index("三、")
    places = [("2", "goal", 0, first, None), ("2.1", "goal", first, second, "2"), ("3", "measure", second, len(text), None)]
    provisions = [
        Provision(
            path=path,
            start=start,
            end=end,
            rule="test",
            heading=None,
            role=role,
            body_start=start,
            subtree_end=end,
            parent=parent,
        )
        for path, role, start, end, parent in places
    ]
    found = find_targets(SourceText("text.txt", text), provisions, NOTHING)
    assert [(t.path, t.by) for t in found if t.value] == [("2.1", "2025"), ("2.1", "2025"), ("3", None)]
    assert [(t.path, t.kind, t.metric) for t in found if not t.value] == [("2", "milestone", "新格局")]


def test_the_year_of_the_title_holds_where_the_text_names_none() -> None:
    assert [t.by for t in targets("新增就业6万人。", DocumentFields(title="甲市2017年工作要点"))] == ["2017"]


def test_every_year_goes_on_in_the_same_unit_only() -> None:
    found = targets("每年培训2000人，培训合格率95%以上，辐射带动8000人实现就业。")
    assert [(t.value, t.period) for t in found] == [(2000, "year"), (95, None), (8000, "year")]


def test_amounts_and_limits_are_standards() -> None:
    kinds = {t.value: t.kind for t in targets("给予2000元补贴。培训5500人。比例不得超过10%。")}
    assert kinds == {2000: "standard", 5500: "target", 10: "standard"}


def test_milestones_have_a_date_and_no_number() -> None:
    found = targets("到2016年年底基本实现同工同酬落实到位。", role="measure")
    assert [(t.kind, t.by, t.value, t.op) for t in found] == [("milestone", "2016", None, None)]


def test_who_qualifies_is_not_set() -> None:
    text = "申报园区应当符合下列条件：科技型企业不少于50家，给予补贴100万元。"
    assert [t.value for t in targets(text, heading="申报条件")] == [1000000]


@pytest.mark.parametrize(("text", "value"), [("三万五千", 35000), ("二点五", 2.5), ("半", 0.5), ("一百二十", 120), ("十", 10)])
def test_chinese_figures(text: str, value: float) -> None:
    assert han_value(text) == value


TEXTS = st.text(
    alphabet="到至20142025年月日底前，。；、（）每培训建成达到不超过以上万亿元人个%％—十二百半全部所有实现基本分别的\n“”《》",
    max_size=100,
)


@given(TEXTS, st.sampled_from(["measure", "goal"]))
def test_text_is_the_slice_that_the_offsets_name(text: str, role: Any) -> None:
    for record in targets(text, role=role):
        assert 0 <= record.start < record.end <= len(text)
        assert text[record.start : record.end] == record.text


@pytest.mark.parametrize(
    ("text", "metric", "value", "baseline"),
    [
        ("农村自来水普及率由80%提高到85%。", "农村自来水普及率", 85, "80%"),
        ("运输价格由现行的每立方米0.2元降到0.18元。", "运输价格", 0.18, "每立方米0.2元"),
        ("单位能耗比2015年下降15%。", "单位能耗下降", 15, "2015年"),
    ],
)
def test_what_a_number_is_compared_with(text: str, metric: str, value: float, baseline: str) -> None:
    assert [(t.metric, t.value, t.baseline) for t in targets(text)] == [(metric, value, baseline)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("普及率提高到85%。", "rate"),
        ("产值年均增长7%。", "growth"),
        ("人均收入比2010年翻一番。", "growth"),
        ("每年培训5000人。", "yearly"),
        ("累计创建18个示范基地。", "cumulative"),
        ("到2020年，产量稳定在500万吨以上。", "stock"),
        ("给予每人2000元补贴。", None),
    ],
)
def test_kinds_of_quantity_are_told_apart(text: str, quantity: str | None) -> None:
    assert [t.quantity for t in targets(text)] == [quantity]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处一千元至五万元罚款。", [(">=", 1000), ("<=", 50000)]),
        ("补贴标准为每餐费用的四分之一，最高不超过3元。", [("=", 0.25), ("<=", 3)]),
        ("分别按照不低于计件单价的150%、200%支付工资。", [(">=", 150), (">=", 200)]),
        ("应当在三个工作日内，向公安机关报告。", [("<=", 3)]),
        ("亩均效益提高三成以上。", [(">=", 3)]),
        ("使用面积不小于30㎡。", [(">=", 30)]),
        ("价格为每立方米0\ue01018元。", [("=", 0.18)]),
    ],
)
def test_more_ways_to_write_a_number(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(t.op, t.value) for t in targets(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "本条例所称小型企业，是指从业人员不超过100人的企业。",
        "可以自收到决定书之日起十五日内向人民法院提起诉讼。",
        "数额达到全部租金百分之十五以上，经催告后仍不支付的，可以解除合同。",
    ],
)
def test_definitions_rights_and_conditions_set_nothing(text: str) -> None:
    assert targets(text) == []


def test_texts_about_rules_set_nothing_and_reports_only_what_they_order() -> None:
    assert targets("培训合格率达90%以上。", DocumentFields(nature="interpretation")) == []
    letter = DocumentFields(kind="函", title="国务院办公厅关于有关建议办理情况的函")
    assert targets("全国平均年节水量约35亿立方米。", letter) == []
    assert [t.value for t in targets("同意合建3个自动气象站。", letter)] == [3]


def test_a_clause_that_goes_on_keeps_its_subject() -> None:
    assert [t.metric for t in targets("给予一次性创业补贴1万元，每年不超过5万元。")] == ["一次性创业补贴"] * 2


def test_a_cell_that_only_tells_the_change_takes_its_metric_from_the_cell_above() -> None:
    assert [t.metric for t in targets("到2025年完成。\n\n指标\n\n安全事故死亡人数\n\n下降15%\n\n约束性\n")] == [
        "安全事故死亡人数"
    ]
