"""Fields that a text does not print in full: told by the website, by a file attached, by the file's own name."""

from __future__ import annotations

import pytest

from ingest.extract import Reading
from ingest.records import DocumentFields, FieldCandidate
from ingest.source_text import SourceText

GUIDE = "一、申请资格\n符合条件的人员可以登录系统填报志愿，逾期不再安排。\n二、申请方式\n采用网上填报方式，由区教育局录取。\n"


def fields(text: str, name: str = "a.html", metadata: tuple[FieldCandidate, ...] = ()) -> DocumentFields:
    return Reading.of(SourceText(name=name, text=text, metadata=metadata)).fields


def told(field: str, value: str, place: str = "metadata") -> FieldCandidate:
    return FieldCandidate(field=field, value=value, place=place, rule="test")


@pytest.mark.parametrize(
    ("title", "website", "place"),
    [
        ("创业担保贷款常见问题", told("title", "创业担保贷款常见问题-广州市人力资源和社会保障局网站", "title_tag"), "广州市"),
        ("电子居住证如何申领？", told("site", "广州市天河区人民政府门户网站"), "广州市天河区"),
        ("关于考核聘用2021年陆川县服务期满人员的公告", told("site", "玉林市人民政府门户网站"), "陆川县"),
        ("2026年广州市天河区积分制入学学位申请指引", told("site", "南方新闻网"), "广州市天河区"),
    ],
)
def test_the_place_of_the_website_is_the_last_resort(title: str, website: FieldCandidate, place: str) -> None:
    found = fields(f"{title}\n发布日期：2025-11-18\n{GUIDE}", metadata=(told("title", title), website))
    assert found.jurisdiction == place


def test_the_name_of_a_website_takes_no_place_from_a_text_that_names_its_own() -> None:
    text = f"江西省人民政府关于推进开发区建设的意见\n各市、县人民政府：\n{GUIDE}江西省人民政府\n2020年3月6日\n"
    assert fields(text, metadata=(told("site", "广州市人民政府门户网站"),)).jurisdiction == "江西省"


@pytest.mark.parametrize(
    ("origin", "issuer"),
    [
        ("市人力资源社会保障局 社保中心浏览字号：大中小", "广州市人力资源社会保障局"),
        ("天河区教育局浏览量： -", "天河区教育局"),
        ("市场监督管理局", None),
        ("南方+", None),
    ],
)
def test_who_gave_the_text_is_written_with_its_place(origin: str, issuer: str | None) -> None:
    page = f"创业担保贷款常见问题\n发表时间：2025-11-18 17:37 信息来源：{origin}\n{GUIDE}"
    found = fields(page, metadata=(told("title", "创业担保贷款常见问题"), told("site", "广州市人力资源和社会保障局网站")))
    assert found.issuers == ((issuer,) if issuer else ())


@pytest.mark.parametrize("body", ["五良太乡人民政府", "五良太乡党政办公室"])
def test_a_town_is_the_place_of_its_own_bodies(body: str) -> None:
    found = fields(f"清水河县{body}关于做好防火工作的通知\n各村民委员会：\n{GUIDE}清水河县{body}\n2021年10月14日\n")
    assert (found.jurisdiction, found.level) == ("清水河县五良太乡", "township")


def test_a_label_without_a_value_addresses_nobody() -> None:
    text = (
        f"应急体系规划\n发布机构：\n国务院关于印发应急体系规划的通知\n国发〔2021〕36号\n各省、自治区、直辖市人民政府：\n"
        f"{GUIDE}国务院\n2021年12月30日\n"
    )
    found = fields(text)
    assert (found.doc_number, found.addressees) == ("国发〔2021〕36号", ("各省、自治区、直辖市人民政府",))


def test_the_number_stands_in_the_name_of_the_file_attached() -> None:
    title = "临海市人民政府关于调整市级重点文物保护单位的通知"
    text = f"各镇人民政府：\n{GUIDE}临海市人民政府\n2013年6月4日\n临政发〔2013〕26号{title}.doc\n"
    assert fields(text, name=f"zj_050_{title}.html").doc_number == "临政发〔2013〕26号"
    assert fields(text, name="zj_050_关于另一件事情的通知.html").doc_number is None


def test_a_title_cut_short_in_the_files_name_goes_on_as_the_text_says() -> None:
    name = "zj_008_义乌市人民政府办公室关于印发《义乌市社会工作人才薪酬待遇办法（.html"
    text = (
        "各镇人民政府：\n《义乌市社会工作人才薪酬待遇办法（试行）》已经市政府同意，现印发给你们。\n"
        "义乌市人民政府办公室\n2013年12月16日\n"
    )
    whole = "义乌市人民政府办公室关于印发《义乌市社会工作人才薪酬待遇办法（试行）》的通知"
    assert fields(text, name=name).title == whole
    assert fields(text + "《义乌市社会工作人才薪酬待遇办法（暂行）》废止。\n", name=name).title is None


def test_a_signature_behind_the_last_sentence_and_a_day_with_a_slip() -> None:
    text = (
        "关于印发裁减人员规定的通知\n各省、自治区、直辖市劳动厅（局）：\n"
        "现印发给你们，请制定实施办法。劳动部\n一九九四年十一日十四日\n"
    )
    found = fields(text)
    assert (found.issuers, found.issued_on) == (("劳动部",), "1994-11-14")


def test_a_report_is_of_the_day_on_which_it_was_given() -> None:
    text = (
        "国务院关于数字经济发展情况的报告\n——2022年10月28日在第十三届全国人民代表大会常务委员会第三十七次会议上\n"
        f"全国人民代表大会常务委员会：\n{GUIDE}"
    )
    assert fields(text).issued_on == "2022-10-28"


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("经县政府研究，决定对2012年度民政工作先进集体和先进个人予以通报表彰。\n", "list"),
        ("对成绩突出的单位和个人，按照规定给予表彰。\n", "normative"),
    ],
)
def test_a_text_without_a_title_that_only_praises_is_a_list(text: str, nature: str) -> None:
    assert fields(f"各乡镇人民政府、街道办事处：\n{text}仙居县人民政府\n2013年4月26日\n").nature == nature
