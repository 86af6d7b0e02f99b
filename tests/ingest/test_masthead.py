"""The fields of a document: from the shipped documents, and from invented ones in the shapes that websites give them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.boilerplate import find_boilerplate
from ingest.masthead.dates import first_date
from ingest.masthead.fields import read_fields
from ingest.masthead.title import read_kind
from ingest.outline.reading import read_outline
from ingest.readers import read_file
from ingest.records import DocumentFields
from ingest.source_text import SourceText, squeeze

SCORED = ("title", "doc_number", "issuers", "jurisdiction", "level", "issued_on", "published_on", "addressees")


def fields_of(text: str | SourceText, name: str = "a.txt") -> DocumentFields:
    source = text if isinstance(text, SourceText) else SourceText(name, text)
    boilerplate = find_boilerplate(source)
    return read_fields(source, read_outline(source, boilerplate), boilerplate)


def squeezed(value: object) -> object:
    if isinstance(value, str):
        return squeeze(value)
    return tuple(map(squeezed, value)) if isinstance(value, list | tuple) else value


SHIPPED = {
    "000": (
        "内蒙古自治区人民政府关于进一步做好为农牧民工服务工作的实施意见",
        "内政发〔2015〕71号",
        ("内蒙古自治区人民政府",),
        None,
        "2015-08-07",
    ),
    "001": (
        "二连浩特市人民政府关于印发《进一步做好为农牧民工服务工作的实施方案》的通知",
        "二政发〔2016〕7号",
        ("二连浩特市人民政府",),
        "2016-01-26",
        None,
    ),
    "002": (
        "泰安市人民政府办公室关于印发泰安市农民工职业技能提升3年行动计划实施方案等3项行动计划实施方案的通知",
        "泰政办发〔2014〕33号",
        ("泰安市人民政府办公室",),
        "2014-11-12",
        "2014-11-12",
    ),
    "003": (None, None, ("昆明市人民政府",), "2015-08-21", None),
    "004": (
        "吉安市农民工工作领导小组办公室关于印发吉安市农民工工作领导小组2017年工作要点的通知",
        "吉农工办〔2017〕1号",
        ("吉安市农民工工作领导小组办公室",),
        "2017-08-28",
        "2017-08-28",
    ),
}


@pytest.mark.parametrize("number", SHIPPED)
def test_shipped_documents(policies: Path, number: str) -> None:
    fields = fields_of(read_file(next(policies.glob(f"{number}_*"))))
    found = (fields.title, fields.doc_number, fields.issuers, fields.issued_on, fields.published_on)
    assert squeezed(found) == squeezed(SHIPPED[number])
    assert fields.nature == "normative"


def test_the_shipped_documents_against_the_annotation(shared: Path, policies: Path) -> None:
    for file in sorted((shared / "gold").glob("00?.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        fields = fields_of(read_file(policies / gold["file"]))
        for field in SCORED:
            assert squeezed(getattr(fields, field)) == squeezed(gold["document"][field]), (file.name, field)


ORDER = """索 引 号：  000014349/2019-00003  主题分类：  商贸、海关
发文机关：  甲省人民政府  成文日期：  2019年01月12日
标　　题：  江西省人民政府关于促进园区高质量发展的若干意见
发文字号：  赣府发〔2019〕3号  发布日期：  2019年01月25日
江西省人民政府关于
促进园区高质量发展的若干意见
赣府发〔2019〕3号
各市、县（区）人民政府，省政府各部门：
一、总体要求
加快发展。
江西省人民政府
2019年1月12日
"""

STATUTE = """武汉市文明行为促进条例
（2015年9月23日武汉市第十四届人民代表大会常务
委员会第三十一次会议通过　2015年11月26日湖北省第十二届人民代表大会常务委员会第十八次会议批准）
第一条 为了引导市民，制定本条例。
第二条 本条例自2016年2月1日起施行。
"""

AMENDED = """# 上海市供用电条例

2001年11月15日 上海市第十一届人民代表大会常务委员会第三十三次会议通过

2018年5月24日 上海市第十五届人民代表大会常务委员会第四次会议《关于修改〈上海市供用电条例〉的决定》修正

第一条 为了加强管理，制定本条例。
"""

DECREE = """婚姻登记条例

2003年7月30日 国务院第16次常务会议通过

2003年8月8日 中华人民共和国国务院令第387号公布

第一条 为了规范婚姻登记工作，制定本条例。
"""

JOINT = """关于印发《技术交易场所管理细则》的通知
沪科规〔2025〕2号
各有关单位：
现将《技术交易场所管理细则》印发给你们。
一、范围
适用于本市。
上海市科学技术委员会
上海市财政局
二〇二五年四月十一日
"""

MARKDOWN = """# 关于印发《上海市技术交易场所管理细则》的通知

**发布日期**: 2025-04-11
**发布机构**: 上海市科学技术委员会

沪科规〔2025〕2号

各有关单位：

一、范围

适用于本市。
"""


def test_a_table_and_a_title_over_two_lines() -> None:
    fields = fields_of(ORDER)
    assert fields.title == "江西省人民政府关于促进园区高质量发展的若干意见"
    assert (fields.doc_number, fields.issued_on, fields.published_on) == ("赣府发〔2019〕3号", "2019-01-12", "2019-01-25")
    assert fields.issuers == ("江西省人民政府",)
    assert (fields.jurisdiction, fields.level, fields.kind) == ("江西省", "province", "意见")
    assert fields.addressees == ("各市、县（区）人民政府", "省政府各部门")


def test_a_conflict_is_kept_among_the_candidates() -> None:
    fields = fields_of(ORDER)
    assert {c.value for c in fields.candidates if c.field == "issuers"} == {"甲省人民政府", "江西省人民政府"}
    assert fields.chosen["issuers"] == "masthead.title_issuer"


@pytest.mark.parametrize(
    ("text", "issuer", "place", "day"),
    [
        (STATUTE, "武汉市人民代表大会常务委员会", "武汉市", "2015-09-23"),
        (AMENDED, "上海市人民代表大会常务委员会", "上海市", "2018-05-24"),
        (DECREE, "国务院", "全国", "2003-07-30"),
    ],
)
def test_statutes_are_of_the_day_they_were_passed_or_last_amended(text: str, issuer: str, place: str, day: str) -> None:
    fields = fields_of(text)
    assert (fields.issuers, fields.jurisdiction, fields.issued_on, fields.kind) == ((issuer,), place, day, "条例")


def test_several_bodies_sign() -> None:
    fields = fields_of(JOINT)
    assert fields.issuers == ("上海市科学技术委员会", "上海市财政局")
    assert (fields.issued_on, fields.kind, fields.jurisdiction) == ("2025-04-11", "细则", "上海市")


def test_labels_in_markdown() -> None:
    fields = fields_of(MARKDOWN)
    assert fields.title == "关于印发《上海市技术交易场所管理细则》的通知"
    assert (fields.doc_number, fields.published_on, fields.issued_on) == ("沪科规〔2025〕2号", "2025-04-11", None)
    assert (fields.issuers, fields.addressees) == (("上海市科学技术委员会",), ("各有关单位",))


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("关于公开征求《平阳县应急管理“十四五”规划》意见的公告", "draft"),
        ("《甲市养老规划》政策解读", "interpretation"),
        ("失业保险常见问题解答", "qa"),
        ("关于同意双庙乡行政村规模调整方案的批复", "reply"),
        ("重庆市人民政府关于公布第三批古籍重点保护单位名单的通知", "list"),
        ("上海市公园管理条例", "normative"),
        ("重庆市人事任免工作条例", "normative"),
        ("甲县人民政府关于召开全县农业工作会议的通知", "normative"),
    ],
)
def test_nature(title: str, nature: str) -> None:
    assert fields_of(f"{title}\n\n一、要求\n\n加强管理。\n").nature == nature


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("国务院办公厅关于印发突发事件应急预案管理办法的通知", "办法"),
        ("二连浩特市人民政府关于印发《进一步做好服务工作的实施方案》的通知", "实施方案"),
        ("吉安市领导小组办公室关于印发领导小组2017年工作要点的通知", "要点"),
        ("国务院关于促进综合保税区高质量发展的若干意见", "意见"),
        ("国务院办公厅关于开展治理工作的通知", "通知"),
        ("企业名称登记管理规定(试行)", "规定"),
        ("农民工之歌", None),
    ],
)
def test_kind(title: str, kind: str | None) -> None:
    assert read_kind(title) == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015年8月21日", "2015-08-21"),
        ("20141027", "2014-10-27"),
        ("二○一五年十二月三十一日", "2015-12-31"),
        ("二〇二〇年元月二十日", "2020-01-20"),
        ("2015-8-7 10:40", "2015-08-07"),
        ("2015年13月1日", None),
        ("二〇一五年", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert first_date(text) == day


ODD = ["", "2020年1月1日", "标题：", "((", "》"]
LINES = st.sampled_from([*ORDER.splitlines(), *STATUTE.splitlines(), *MARKDOWN.splitlines(), *ODD])


@given(st.lists(LINES | st.text(max_size=40), max_size=20).map("\n".join))
def test_every_candidate_stands_where_it_says(text: str) -> None:
    fields = fields_of(text)
    for candidate in fields.candidates:
        if candidate.start is not None and candidate.end is not None:
            assert 0 <= candidate.start < candidate.end <= len(text)
            if candidate.field in ("title", "issuers") and candidate.place in ("metadata", "signature"):
                assert squeeze(candidate.value) in squeeze(text[candidate.start : candidate.end])
    for field, rule in fields.chosen.items():
        assert rule, field


UNBROKEN = (
    "重庆市人民政府办公厅关于成立重大水利工程建设领导小组的通知渝府办发〔2021〕89号各区县（自治县）人民政府，市政府有关部门："
    + "为贯彻落实决策部署，加强组织领导。" * 20
    + "由市水利局代章。重庆市人民政府办公厅2021年8月21日（此件公开发布）"
)


def test_a_text_without_line_breaks() -> None:
    fields = fields_of(UNBROKEN)
    assert fields.title == "重庆市人民政府办公厅关于成立重大水利工程建设领导小组的通知"
    assert (fields.doc_number, fields.issued_on) == ("渝府办发〔2021〕89号", "2021-08-21")
    assert fields.addressees == ("各区县（自治县）人民政府", "市政府有关部门")
    assert [c.value for c in fields.candidates if c.place == "signature"] == ["重庆市人民政府办公厅", "2021-08-21"]


def test_a_number_that_is_only_cited_is_not_the_documents() -> None:
    text = "根据《事业单位公开招聘办法》（桂人社发〔2011〕155号），我校现面向社会公开招聘。\n\n一、条件\n\n具有学士学位。\n"
    assert fields_of(text).doc_number is None


def test_the_file_name_is_the_last_resort_for_a_title() -> None:
    text = "各乡镇人民政府：\n\n一、要求\n\n加强管理。\n\n仙居县人民政府\n2013年5月20日\n"
    fields = fields_of(text, "zj_046_关于公布第一批县级湿地名录的通知.html")
    assert (fields.title, fields.chosen["title"]) == ("关于公布第一批县级湿地名录的通知", "masthead.file_name")
    printed = fields_of("关于湿地保护的意见\n" + text, "zj_046_关于公布第一批县级湿地名录的通知.html")
    assert printed.title == "关于湿地保护的意见"
