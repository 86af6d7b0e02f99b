"""Citations: every instrument named, once for each mention, with number, relation and kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.finding import find_citations
from ingest.records import Citation, DocumentFields
from ingest.source_text import squeeze
from tests.ingest.provisions import one_provision

NOTHING = DocumentFields()


def cite(text: str, fields: DocumentFields = NOTHING, **provision: Any) -> list[Citation]:
    return list(find_citations(*one_provision(text, **provision), fields))


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("认真执行《甲省信用惩戒办法》（甲人社发[2014]97号文件），严查。", "甲省信用惩戒办法", "甲人社发〔2014〕97号"),
        ("根据市政府《关于做好服务的意见》国发〔2014〕40号精神", "关于做好服务的意见", "国发〔2014〕40号"),
        (
            "根据《关于印发〈甲省规划〉的通知》（甲政发〔2020〕1号，以下简称《通知》）",
            "关于印发〈甲省规划〉的通知",
            "甲政发〔2020〕1号",
        ),
        ("按照国办发〔2016〕82号文件要求", "国办发〔2016〕82号", "国办发〔2016〕82号"),
        ("按照国家新型城镇化规划，优化布局。", "国家新型城镇化规划", None),
        ("依照治安管理处罚法的规定处罚。", "治安管理处罚法", None),
        ("依据中华人民共和国安全生产法，加强监管。", "中华人民共和国安全生产法", None),
        ("宿舍应符合宿舍建筑设计规范有关规定。", "宿舍建筑设计规范", None),
        ("遵守宪法和法律。", "宪法", None),
        ("按照省财政厅、省人力资源和社会保障厅甲财综发〔2011〕32号文件", "甲财综发〔2011〕32号", "甲财综发〔2011〕32号"),
    ],
)
def test_title_and_number(text: str, title: str, number: str | None) -> None:
    assert [(record.title, record.doc_number) for record in cite(text)] == [(title, number)]


@pytest.mark.parametrize(
    "text",
    [
        "研究制定《甲省实施办法》。",
        "启动《市场规范》地方标准制订工作。",
        "参照公务员法管理的人员",
        "依法签订合同。",
        "研究制定实施办法。",
        "采取多种方式方法。",
        "没有关上的《书名号，一直到最后。",
        "拨打12333号热线。",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cite(text) == []


@pytest.mark.parametrize(
    ("text", "path", "role", "relation"),
    [
        ("为贯彻落实《甲意见》，提出如下意见。", "0", "statement", "basis"),
        ("根据《甲法》，制定本办法。", "a1", "measure", "basis"),
        ("认真执行《甲办法》。", "3.1", "measure", "implements"),
        ("各地按照《甲方案》要求，抓好落实。", "3.1", "measure", "implements"),
        ("按《甲办法》执行。", "3.1", "measure", "implements"),
        ("违反《甲条例》规定的，予以处罚。", "a7", "measure", "mentions"),
        ("自2006年《甲意见》印发以来，成效显著。", "1", "statement", "mentions"),
        ("指导群众填写《甲申请表》。", "2", "measure", "mentions"),
    ],
)
def test_relation(text: str, path: str, role: Any, relation: str) -> None:
    assert [record.relation for record in cite(text, path=path, role=role)] == [relation]


def test_titles_of_a_list_share_the_verb() -> None:
    found = cite(
        "根据《甲法》、《乙条例》（国务院令第1号）和省政府《关于丙的意见》等规定，结合实际，制定本办法。", role="statement"
    )
    assert [record.relation for record in found] == ["basis"] * 3
    assert [record.kind for record in found] == ["law", "regulation", "policy"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国公司法", "law"),
        ("山东省实施《中华人民共和国土地管理法》办法", "regulation"),
        ("甲省工资支付保障规定", "regulation"),
        ("甲省工伤保险条例实施办法", "policy"),
        ("甲市农民工劳动合同", "other"),
        ("建筑施工现场环境与卫生标准", "other"),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert [record.kind for record in cite(f"落实《{title}》。")] == [kind]


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("《甲意见》（甲府发〔2014〕25号）同时废止。", "repeals"),
        ("对《甲条例》作如下修改：", "amends"),
        ("落实《甲意见》。", None),
    ],
)
def test_effect(text: str, effect: str | None) -> None:
    assert [record.effect for record in cite(text)] == [effect]


def test_the_text_that_is_printed_is_the_document_itself() -> None:
    fields = DocumentFields(title="甲市人民政府关于印发甲市方案的通知", doc_number="甲政发〔2016〕7号")
    found = cite("现将《甲市方案》印发给你们。甲政发〔2016〕7号", fields, path="0", role="statement")
    assert [(record.title, record.kind, record.relation) for record in found] == [("甲市方案", "self", "mentions")]


def test_article_that_is_pointed_at() -> None:
    assert cite("依照《甲法》第二十条第一款处罚。")[0].pinpoint == "第二十条第一款"


TEXTS = st.text(alphabet="《》〈〉（）()国发〔2014〕40号根据按照落实，。、和法条例意见通知\n 甲乙“”", max_size=120)


@given(TEXTS)
def test_records_stand_where_they_say(text: str) -> None:
    for record in cite(text):
        piece = squeeze(text[record.start : record.end])
        assert squeeze(record.title) in piece or record.title == record.doc_number
        assert 0 <= record.start < record.end <= len(text)


@pytest.mark.parametrize(
    ("text", "title", "pinpoint"),
    [
        ("构成犯罪的，依照刑法第二百七十六条之一的规定处理。", "刑法", "第二百七十六条之一"),
        ("企业所得税法第八条所称税金，是指各项税金。", "企业所得税法", "第八条"),
        ("按照《甲法》第三条、第五条第二款执行。", "甲法", "第三条、第五条第二款"),
        ("海关依照海关行政处罚实施条例的规定处理。", "海关行政处罚实施条例", None),
        ("依照公司法实施条例办理。", "公司法", None),
    ],
)
def test_national_statutes_without_marks(text: str, title: str, pinpoint: str | None) -> None:
    found = cite(text)[0]
    assert found.title.startswith(title)
    assert found.pinpoint == pinpoint


@pytest.mark.parametrize("text", ["公司法定代表人签字。", "甲省消防条例另行规定。", "加强环境保护法治宣传。", "依法治税。"])
def test_words_that_only_look_like_a_statute(text: str) -> None:
    assert cite(text) == []


def test_a_later_use_of_a_short_name_stands_for_the_full_title() -> None:
    found = cite("落实《国务院关于甲的意见》（国发〔2014〕40号，以下简称《意见》）。各地要按照《意见》要求推进。")
    assert [(record.title, record.full_title) for record in found] == [
        ("国务院关于甲的意见", None),
        ("意见", "国务院关于甲的意见"),
    ]
    assert [record.kind for record in found] == ["policy", "policy"]


def test_an_instrument_in_the_title_is_not_this_text_and_a_former_text_is_not_either() -> None:
    fields = DocumentFields(title="关于印发贯彻落实《甲实施细则》措施的通知", doc_number="甲发〔2021〕5号")
    assert [record.kind for record in cite("对照《甲实施细则》要求，完善制度。", fields)] == ["regulation"]
    fields = DocumentFields(title="甲市实验室管理办法", doc_number="甲科规〔2025〕6号")
    [former] = cite("原《甲市实验室管理办法》（甲科规〔2022〕6号）同时废止。", fields)
    assert (former.kind, former.effect) == ("policy", "repeals")


def test_a_row_of_a_table_gives_title_and_number() -> None:
    [found] = cite("3 | 关于印发甲区排水管理办法的通知 | 甲政发〔2008〕13号 | 区住建局 | 继续有效")
    assert (found.title, found.doc_number) == ("关于印发甲区排水管理办法的通知", "甲政发〔2008〕13号")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("不得违反《甲法》出台政策措施。", "implements"),
        ("贯彻落实《甲细则》情况与考核挂钩。", "mentions"),
        ("《甲规划》实施中涉及的重大事项按程序报批。", "mentions"),
    ],
)
def test_orders_and_talk_are_told_apart(text: str, relation: str) -> None:
    assert [record.relation for record in cite(text, path="3.1")] == [relation]


def test_an_annexed_text_and_its_short_name_are_the_documents_own() -> None:
    text = "市残联制定《某市辅助器具目录》（以下简称《目录》，见附件）。按《目录》执行。"
    assert [record.kind for record in cite(text)] == ["self", "self"]


def test_a_managing_norm_is_a_policy_and_a_technical_one_is_not() -> None:
    assert [record.kind for record in cite("执行《处方点评管理规范（试行）》和《通用卫生规范》。")] == ["policy", "other"]
