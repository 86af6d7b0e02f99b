"""Responsibility: who is named, in which role, by which words, where."""

from __future__ import annotations

import pytest
from hypothesis import given

from ingest.boilerplate import find_boilerplate
from ingest.outline.reading import read_outline
from ingest.records import DocumentFields, Responsibility
from ingest.responsibilities.finding import find_responsibilities
from ingest.source_text import SourceText
from tests.ingest.texts import documents


def found(text: str) -> tuple[Responsibility, ...]:
    source = SourceText(name="text", text=text)
    return find_responsibilities(source, read_outline(source, find_boilerplate(source)), DocumentFields())


def measure(body: str) -> str:
    """A document with one measure, ``1.1``, whose text is ``body``."""
    return f"甲市某某方案\n\n一、主要任务\n\n（一）加强管理。{body}\n\n（二）其他工作。按规定办理。\n"


def roles(body: str) -> list[tuple[str, str]]:
    return [(record.name, record.role) for record in found(measure(body)) if record.path == "1.1"]


LEAD, JOINT, SUPPORT, RESPONSIBLE = "lead", "joint", "support", "responsible"


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（市教育局牵头，市财政局、团市委配合）", [("市教育局", LEAD), ("市财政局", SUPPORT), ("团市委", SUPPORT)]),
        ("（由市教育局牵头，市财政局参加）", [("市教育局", LEAD), ("市财政局", SUPPORT)]),
        (
            "（市教育局牵头，市财政局，市公安局负责）",
            [("市教育局", LEAD), ("市财政局", RESPONSIBLE), ("市公安局", RESPONSIBLE)],
        ),
        ("（市教育局、市民政局分别牵头，市财政局负责）", [("市教育局", LEAD), ("市民政局", LEAD), ("市财政局", RESPONSIBLE)]),
        ("（市教育局会同市财政局负责）", [("市教育局", LEAD), ("市财政局", JOINT)]),
        ("（市教育局、市民政局分别会同市财政局负责）", [("市教育局", LEAD), ("市民政局", LEAD), ("市财政局", JOINT)]),
        ("（市教育局、市财政局按职责分工负责）", [("市教育局", RESPONSIBLE), ("市财政局", RESPONSIBLE)]),
        ("（市教育局、市财政局等按照职责分工负责）", [("市教育局", RESPONSIBLE), ("市财政局", RESPONSIBLE)]),
        ("（责任单位：市教育局、各县〔区〕政府）", [("市教育局", RESPONSIBLE), ("各县〔区〕政府", RESPONSIBLE)]),
        ("（牵头单位：市教育局；配合单位：市财政局）", [("市教育局", LEAD), ("市财政局", SUPPORT)]),
        ("（牵头单位：市教育局；责任单位：市财政局）", [("市教育局", LEAD), ("市财政局", RESPONSIBLE)]),
        ("（市教育局、市财政局）", [("市教育局", RESPONSIBLE), ("市财政局", RESPONSIBLE)]),
        ("（市教育局、市财政局负责，列第一位者为牵头单位）", [("市教育局", LEAD), ("市财政局", RESPONSIBLE)]),
        ("（市工商行政管理局负责）", [("市工商行政管理局", RESPONSIBLE)]),
        ("【牵头部门：市教育局】", [("市教育局", LEAD)]),
        ("（含租赁）", []),
        ("（生产经营单位主要负责人、安全生产管理人员）", []),
        ("（财政部负责人已答记者问）", []),
        ("（商务部、公安部2005年第8号令）", []),
    ],
)
def test_roles_in_a_bracket(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert roles(f"完善各项制度。{bracket}") == expected


def test_the_role_table_holds_for_a_bracket_with_an_object_of_its_own() -> None:
    text = measure("落实制度。（市教育局牵头，市财政局参加，建设领域的欠薪问题由市住建局牵头解决）")
    records = {record.name: record for record in found(text)}
    assert [(name, records[name].role) for name in records] == [("市教育局", LEAD), ("市财政局", SUPPORT), ("市住建局", LEAD)]
    covered = records["市住建局"]
    assert text[covered.covers_start : covered.covers_end] == "建设领域的欠薪问题"


def test_a_rule_stated_once_holds_from_there_on() -> None:
    text = (
        "甲省某某方案\n\n一、任务\n\n1.甲事。做好甲事。（财政厅、教育厅负责）\n\n"
        "2.乙事。做好乙事。（教育厅、财政厅负责，排在第一位的部门为牵头部门，下同）\n\n3.丙事。做好丙事。（公安厅负责）\n"
    )
    assert [(record.path, record.name, record.role) for record in found(text)] == [
        ("1.1", "财政厅", RESPONSIBLE),
        ("1.1", "教育厅", RESPONSIBLE),
        ("1.2", "教育厅", LEAD),
        ("1.2", "财政厅", RESPONSIBLE),
        ("1.3", "公安厅", LEAD),
    ]


def test_two_brackets_in_a_provision_cover_a_part_each() -> None:
    text = measure("做好甲事。（市教育局负责）做好乙事。（市财政局负责）")
    parts = [text[record.covers_start : record.covers_end] for record in found(text)]
    assert parts[0].endswith("做好甲事。")
    assert parts[1] == "做好乙事。"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("各县（市、区）要统筹安排资金。", [("各县（市、区）", RESPONSIBLE)]),
        ("各级政府和有关部门要将任务纳入考核。", [("各级政府", RESPONSIBLE), ("有关部门", RESPONSIBLE)]),
        ("由市教育局牵头，市财政局配合，制定方案。", [("市教育局", LEAD), ("市财政局", SUPPORT)]),
        ("市教育局要会同有关部门制定方案。", [("市教育局", LEAD), ("有关部门", JOINT)]),
        ("住房城乡建设部门负责监督管理工作。", [("住房城乡建设部门", RESPONSIBLE)]),
        ("国务院有关部门要增强大局意识，积极配合，全力支持。", [("国务院有关部门", SUPPORT)]),
        ("建立由副市长任召集人的全市园区发展联席会议制度，研究重大事项。", [("全市园区发展联席会议", RESPONSIBLE)]),
        ("各地区、各部门要高度重视这项工作。", []),
        ("鼓励各地先行先试。", []),
        ("督促各地落实政策。", []),
        ("用人单位要签订劳动合同。", []),
        ("领导小组由教育局、财政局组成。", []),
        ("按照由财政部制定的标准执行。", []),
    ],
)
def test_roles_in_running_text(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


def test_a_body_that_is_its_items_own_title() -> None:
    text = "甲县某某方案\n\n一、职责分工\n\n1.县财政局：落实经费。\n\n2.县教育局：组织宣传。\n"
    assert [(record.path, record.name, record.role, record.stated) for record in found(text)] == [
        ("1.1", "县财政局", RESPONSIBLE, "text"),
        ("1.2", "县教育局", RESPONSIBLE, "text"),
    ]


STATUTE = """甲市某某条例

第一章　总则

第一条　为了加强管理，制定本条例。

第二条　市、区人民政府及有关部门应当加强宣传。

第三条　县级以上人民政府民政部门应当履行下列职责：

（一）编制规划；

（二）组织实施。

公安、交通运输部门应当协助做好工作。

第四条　街道办事处（乡、镇人民政府）、村民委员会应当建立制度。企业、学校应当参加。

第五条　违反规定的，由城市管理部门责令改正；医院可以提出建议。
"""


def test_statutes_name_bodies_as_subjects_and_after_by() -> None:
    records = found(STATUTE)
    assert [(record.path, record.name, record.generic) for record in records] == [
        ("a2", "市、区人民政府", True),
        ("a2", "有关部门", True),
        ("a3", "县级以上人民政府民政部门", False),
        ("a3", "公安", False),
        ("a3", "交通运输部门", False),
        ("a4", "街道办事处", True),
        ("a4", "乡、镇人民政府", True),
        ("a4", "村民委员会", True),
        ("a5", "城市管理部门", False),
    ]
    assert {record.stated for record in records} == {"text"}


def test_one_body_with_two_roles_makes_two_records_and_one_role_makes_one() -> None:
    assert roles("（市教育局负责，市财政局牵头，市教育局负责）") == [("市教育局", RESPONSIBLE), ("市财政局", LEAD)]
    assert roles("（市教育局牵头，经费问题由市财政局负责，宣传工作由市教育局负责）") == [
        ("市教育局", LEAD),
        ("市财政局", RESPONSIBLE),
        ("市教育局", RESPONSIBLE),
    ]


def test_a_typing_error_is_quoted_and_its_meaning_kept_beside_it() -> None:
    (record,) = found(measure("（安自治区全监管局负责）"))
    assert (record.name, record.corrected, record.system) == ("安自治区全监管局", "自治区安全监管局", "work_safety")


def test_a_name_broken_over_two_lines_is_whole() -> None:
    text = measure("（市教育局牵头，市人力资源社\n会保障局配合）")
    record = found(text)[1]
    assert record.name == "市人力资源社会保障局"
    assert text[record.start : record.end] == "市人力资源社\n会保障局"


@given(documents)
def test_in_any_text_each_name_stands_where_it_says(text: str) -> None:
    for record in found(text):
        assert "".join(text[record.start : record.end].split()) == record.name
        if record.covers_start is not None and record.covers_end is not None:
            assert 0 <= record.covers_start <= record.covers_end <= len(text)


TASKS = """甲市重点任务分工方案

一、主要任务

序号 | 任务 | 牵头单位 | 配合单位 | 时限
一、改善环境（共2项）
1 | 治理河道。清理淤泥 | 市水利局 | 市财政局、各县（市、区）政府 | 6月底
2 | 植树造林 | 市林业局 | 市财政局 | 12月底
"""


def test_the_columns_of_a_table_of_tasks_name_who_is_responsible_for_its_rows() -> None:
    records = [(record.path, record.name, record.role, record.stated) for record in found(TASKS)]
    assert records == [
        ("1~2.1", "市水利局", LEAD, "bracket"),
        ("1~2.1", "市财政局", SUPPORT, "bracket"),
        ("1~2.1", "各县（市、区）政府", SUPPORT, "bracket"),
        ("1~2.2", "市林业局", LEAD, "bracket"),
        ("1~2.2", "市财政局", SUPPORT, "bracket"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2019年3月底前，市卫生健康委推行统一的编码。", [("市卫生健康委", RESPONSIBLE)]),
        ("市财政局按规定及时将资金拨付至各区。", [("市财政局", RESPONSIBLE)]),
        ("市民政局每年4月底前向市财政局报送使用情况。", [("市民政局", RESPONSIBLE)]),
        ("请市财政局会同有关部门提出修订建议。", [("市财政局", LEAD), ("有关部门", JOINT)]),
        ("市水利局是水行政主管部门，负责河道管理。", [("市水利局", RESPONSIBLE)]),
        ("各有关部门和单位要加强协作，完善制度。", [("各有关部门和单位", RESPONSIBLE)]),
        ("市水利局会同市财政局提出了办理意见。", []),
        ("市财政局制定的办法继续有效。", []),
        ("形成党委领导、政府负责的格局。", []),
        ("鼓励市工商联建立服务平台。", []),
        ("经济与社会同步发展。", []),
        ("按照《市政府办公室印发〈甲市节水方案〉的通知》执行。", []),
        ("各部门要以先进集体为榜样，再创佳绩。", []),
    ],
)
def test_running_text_of_an_order(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("公安机关接到报案后，应当及时处理。", [("公安机关", False)]),
        ("民政部门发现违法行为涉嫌犯罪的，应当移送公安机关。", [("民政部门", False)]),
        ("市精神文明建设指导委员会统筹推进文明行为促进工作。", [("市精神文明建设指导委员会", False)]),
        ("税务、审计等部门，按照职责做好相关工作。", [("税务", False), ("审计等部门", False)]),
        ("民政、公安和相关部门应当建立协作机制。", [("民政", False), ("公安", False), ("相关部门", True)]),
        ("市人民政府负责残疾人工作的机构应当组织协调。", [("市人民政府负责残疾人工作的机构", False)]),
        ("国务院制定具体办法。", [("国务院", False)]),
        ("有关部门还应当按照规定归集信息。", [("有关部门", True)]),
        (
            "规划、建设、房屋及其他有关部门应当履行职责。",
            [("规划", False), ("建设", False), ("房屋", False), ("其他有关部门", True)],
        ),
        ("市场监管和综合行政执法部门应当建立机制。", [("市场监管", False), ("综合行政执法部门", False)]),
        ("文化和旅游部门应当建立机制。", [("文化和旅游部门", False)]),
        ("由设区的市级或者直辖市的区人民政府司法行政部门给予警告。", [("设区的市级或者直辖市的区人民政府司法行政部门", False)]),
        ("由任免机关或者监察机关依法给予处分。", [("任免机关", True), ("监察机关", False)]),
        ("甲山镇人民政府应当做好规划。", [("甲山镇人民政府", False)]),
        ("工会、共青团等组织应当开展宣传。", [("工会", False), ("共青团等组织", False)]),
        ("应当由综合行政执法部门处罚的，依照其规定。", []),
        ("可以由公安机关处五十元罚款。", []),
        ("受理申请的部门应当予以审查。", [("受理申请的部门", True)]),
        ("下达任务的人民政府应当给予补偿。", [("下达任务的人民政府", True)]),
        ("第二审人民法院应当立案。", [("第二审人民法院", False)]),
        ("市、沿海县（区）人民政府应当加强管理。", [("市、沿海县（区）人民政府", True)]),
        ("有关部门和单位应当为志愿者提供便利。", [("有关部门", True)]),
        ("国务院民政部门，在安排年度计划时，应当优先安排。", [("国务院民政部门", False)]),
        ("地方各级气象主管机构在本级人民政府的领导下，负责气象工作。", [("地方各级气象主管机构", False)]),
        ("国务院外汇管理部门依法监督管理全国的外汇市场。", [("国务院外汇管理部门", False)]),
        ("必须经国务院气象主管机构会同有关部门批准。", []),
        ("市人民政府应当建立由各有关部门共同参与的工作机制。", [("市人民政府", True)]),
        ("机关、企业和律师事务所应当遵守本条例。", []),
        ("宣传、文化旅游等部门应当给予支持。", [("宣传", False), ("文化旅游等部门", False)]),
        ("县级以上人民政府的有关部门应当组织宣传。", [("县级以上人民政府的有关部门", True)]),
        (
            "国务院和省、自治区人民政府的卫生健康部门应当编制规划。",
            [("国务院", False), ("省、自治区人民政府的卫生健康部门", False)],
        ),
        ("县级以上人民政府可以设立专项资金。", []),
        ("民政部门批准设立的机构应当备案。", []),
    ],
)
def test_running_text_of_a_statute(article: str, expected: list[tuple[str, bool]]) -> None:
    text = f"甲省某某条例\n\n第一条　为了加强管理，制定本条例。\n\n第二条　{article}\n\n第三条　本条例自公布之日起施行。\n"
    assert [(record.name, record.generic) for record in found(text)] == expected


def test_the_government_of_the_place_itself_is_no_class_in_its_statute() -> None:
    text = "甲省某某条例\n\n第一条　省人民政府应当制定规划。\n\n第二条　市人民政府应当组织实施。\n"
    source = SourceText(name="text", text=text)
    provisions = read_outline(source, find_boilerplate(source))
    records = find_responsibilities(source, provisions, DocumentFields(level="province", jurisdiction="甲省"))
    assert [(record.name, record.generic) for record in records] == [("省人民政府", False), ("市人民政府", True)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("商务部按照各自职能分工，负责粮食供应。", [("商务部", "responsible")]),
        ("由甲局、乙厅组成试点工作小组，负责研究重大事项。", [("试点工作小组", "responsible")]),
        ("建立市场监管部门牵头的联席会议制度。", [("市场监管部门", "lead")]),
        ("各村要组织开展宣传。", [("各村", "responsible")]),
        (
            "甲省人民政府和新疆生产建设兵团要加强组织领导，建立机制。",
            [("甲省人民政府", "responsible"), ("新疆生产建设兵团", "responsible")],
        ),
        ("办公室成员由财政部、商务部有关人员组成。", []),
        ("各有关部门要各司其职，密切配合。", []),
    ],
)
def test_who_is_founded_and_who_is_only_urged(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert roles(sentence) == expected


def test_a_division_has_the_system_of_the_department_that_issues_the_document() -> None:
    source = SourceText(name="text", text="一、做好服务。（责任单位：省局行政审批处、登记注册局，省药监局，省财政厅）\n")
    provisions = read_outline(source, find_boilerplate(source))
    records = find_responsibilities(source, provisions, DocumentFields(issuers=("甲省教育厅",)))
    assert [record.system for record in records] == ["education", "education", "market_regulation", "finance"]
