"""Bodies: what a name says of who bears it, and that one body written in several ways is one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.registry.bodies import Body, resolve
from ingest.registry.body_functions import read
from ingest.registry.english import body_names
from ingest.registry.jurisdictions import REFERENCE, find_place


def of(name: str, here: str | None = None, on: str | None = None) -> Body:
    return resolve(name, find_place(here) if here else None, on)


@pytest.mark.parametrize(
    ("name", "jurisdiction", "level", "systems"),
    [
        ("广州市发展和改革委员会", "广州市", "prefecture", ("ndrc",)),
        ("北京市石景山区科学技术委员会", "北京市石景山区", "county", ("science",)),
        ("中国证券监督管理委员会重庆监管局", "重庆市", "province", ("securities_regulation",)),
        ("中共西安市委宣传部", "西安市", "prefecture", ("propaganda",)),
        ("共青团内蒙古自治区委员会", "内蒙古自治区", "province", ("youth_league",)),
        ("哈尔滨科学技术局", "哈尔滨市", "prefecture", ("science",)),
        ("人力资源和社会保障部", "全国", "national", ("hrss",)),
        ("中国人民银行烟台市中心支行", "烟台市", "prefecture", ("central_bank",)),
        ("大兴安岭地区行政公署", "大兴安岭地区", "prefecture", ("government",)),
        ("新疆生产建设兵团财政局", "新疆维吾尔自治区", "province", ("finance",)),
        ("天河区人民政府", "广州市天河区", "county", ("government",)),
        ("满洲里海关", "满洲里市", "county", ("customs",)),
        ("上海市公安局浦东新区分局", "上海市浦东新区", "county", ("public_security",)),
        ("中关村科技园区昌平园管理委员会", "北京市昌平区", "county", ("development_zone",)),
        ("首都精神文明建设委员会", "北京市", "province", ("propaganda",)),
        ("江西省扶贫开发领导小组办公室", "江西省", "province", ("poverty",)),
        ("北京知识产权法院", "北京市", "province", ("court",)),
        ("九三学社江西省委员会", "江西省", "province", ("democratic_parties",)),
        ("最高法", "全国", "national", ("court",)),
    ],
)
def test_a_name_alone(name: str, jurisdiction: str, level: str, systems: tuple[str, ...]) -> None:
    body = of(name)
    assert (body.jurisdiction, body.level, body.systems) == (jurisdiction, level, systems)


@pytest.mark.parametrize("name", ["市人社局", "教育厅", "某某协会", "领导小组办公室"])
def test_what_cannot_be_told_is_null(name: str) -> None:
    body = of(name)
    assert (body.jurisdiction, body.level, body.body, body.status) == (None, None, None, None)


@pytest.mark.parametrize(
    ("here", "names", "body"),
    [
        ("吉安市", ("市人社局", "市人力资源和社会保障局", "吉安市人社局"), "吉安市人力资源和社会保障局"),
        ("吉安市", ("省教育厅", "教育厅", "江西省教育厅"), "江西省教育厅"),
        ("吉安市", ("团市委", "共青团吉安市委", "市团委"), "共青团吉安市委员会"),
        ("吉安市", ("市政协", "政协吉安市委员会", "中国人民政治协商会议吉安市委员会"), "中国人民政治协商会议吉安市委员会"),
        ("吉安市", ("市政府", "市人民政府", "吉安市人民政府"), "吉安市人民政府"),
        ("吉安市", ("市安监局", "市安全生产监督管理局"), "吉安市安全生产监督管理局"),
        ("吉安市", ("市委宣传部", "宣传部", "中共吉安市委宣传部"), "中共吉安市委宣传部"),
        ("吉安市", ("市法院", "市中级人民法院"), "吉安市中级人民法院"),
        ("二连浩特市", ("自治区住建厅", "内蒙古自治区住房城乡建设厅"), "内蒙古自治区住房和城乡建设厅"),
        ("二连浩特市", ("财政局", "市财政局"), "二连浩特市财政局"),
        ("全国", ("扶贫办", "国务院扶贫办"), "国务院扶贫开发领导小组办公室"),
        ("吉安市", ("财政部",), "财政部"),
        ("昆明市", ("人行昆明中心支行", "人民银行昆明中心支行"), "中国人民银行昆明中心支行"),
        ("吉安市", ("市市场监管局", "市场监管局"), "吉安市市场监督管理局"),
        ("二连浩特市", ("格日勒敖都苏木政府",), "二连浩特市格日勒敖都苏木人民政府"),
        ("南宁市", ("中共南宁市委员会组织部", "市委组织部", "组织部"), "中共南宁市委组织部"),
        ("内蒙古自治区", ("中共内蒙古自治区委员会宣传部", "自治区党委宣传部"), "中共内蒙古自治区党委宣传部"),
        ("内蒙古自治区", ("中共内蒙古自治区委员会",), "中共内蒙古自治区委员会"),
    ],
)
def test_one_body_however_it_is_written(here: str, names: tuple[str, ...], body: str) -> None:
    found = [of(name, here) for name in names]
    assert {b.body for b in found} == {body}
    assert len({b.key for b in found}) == 1


@pytest.mark.parametrize(
    ("here", "one", "other"),
    [
        ("吉安市", "市国税局", "市地税局"),
        ("吉安市", "市统计局", "国家统计局吉安调查队"),
        ("吉安市", "市财政局", "省财政厅"),
        ("吉安市", "市农民工工作领导小组", "市农民工工作领导小组办公室"),
        ("吉安市", "民政局", "县级以上人民政府民政部门"),
    ],
)
def test_two_bodies_have_two_keys(here: str, one: str, other: str) -> None:
    assert of(one, here).key != of(other, here).key


def test_a_renaming_keeps_the_key_and_names_the_successor() -> None:
    old, new = of("江西省卫生和计划生育委员会"), of("江西省卫生健康委员会")
    assert old.key == new.key
    assert (old.status, old.successors, new.status) == ("abolished", ("江西省卫生健康委员会",), "current")


def test_reforms_are_dated() -> None:
    land = of("吉安市国土资源局")
    assert (land.status, land.valid_to, land.successors) == ("abolished", "2019", ("吉安市自然资源局",))
    assert of("吉安市国土资源局", on="2016-01-26").status == "current"
    ministry = of("国家卫生和计划生育委员会(已撤销)")
    assert (ministry.valid_from, ministry.valid_to) == ("2013-03-14", "2018-03-17")
    assert ministry.successors == ("国家卫生健康委员会",)


@pytest.mark.parametrize(
    ("name", "since", "until", "successors"),
    [
        ("城乡建设环境保护部", "1982-05-04", "1988-04-09", ("建设部",)),
        ("国家科委", None, "1998-03-10", ("科学技术部",)),
        ("国家环保总局", "1998-03-29", "2008-03-15", ("环境保护部",)),
        ("监察部", "1987-07-01", "2018-03-20", ("国家监察委员会",)),
    ],
)
def test_ministries_of_former_days(name: str, since: str | None, until: str, successors: tuple[str, ...]) -> None:
    body = of(name)
    assert (body.status, body.valid_from, body.valid_to, body.successors) == ("abolished", since, until, successors)


def test_each_central_body_is_followed_by_one_that_is_known() -> None:
    """A chain of successors never leads to a name that the registry cannot place."""
    with (REFERENCE / "central_bodies.csv").open(encoding="utf-8") as lines:
        heirs = {name for row in csv.DictReader(lines) for name in row["successors"].split("|") if name}
    assert [name for name in sorted(heirs) if of(name).jurisdiction != "全国"] == []


def test_notes_say_that_a_body_is_gone() -> None:
    assert of("原国家食品药品监督管理总局").status == "abolished"
    assert of("广西梧州岑溪市人民政府（原岑溪县人民政府）").body == "岑溪市人民政府"


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("吉安市人社局", "Bureau of Human Resources and Social Security, Ji'an City"),
        ("江西省财政厅", "Department of Finance, Jiangxi Province"),
        ("吉安市中级人民法院", "Intermediate People's Court, Ji'an City"),
        ("团市委", None),
        ("共青团吉安市委", "Committee of the Communist Youth League, Ji'an City"),
        ("国家卫计委", "National Health and Family Planning Commission"),
        ("住建部", "Ministry of Housing and Urban-Rural Development"),
        ("某某协会", None),
        ("国家税务总局福州市税务局", "State Taxation Administration, Fuzhou City"),
        ("贵阳海关", "Customs, Guiyang City"),
        ("山东省海洋与渔业厅", "Department of Oceanic Affairs and Fisheries, Shandong Province"),
        ("山西省通信管理局", "Administration of Communications, Shanxi Province"),
    ],
)
def test_english_names(name: str, english: str | None) -> None:
    assert of(name).name_en == english


def test_every_function_has_an_english_name() -> None:
    with (REFERENCE / "bodies.csv").open(encoding="utf-8") as lines:
        assert [row["stem"] for row in csv.DictReader(lines) if row["stem"] not in body_names()] == []


def test_a_place_renamed_hands_its_government_on() -> None:
    body = of("襄樊市人民政府")
    assert (body.status, body.valid_to, body.successors) == ("abolished", "2010", ("襄阳市人民政府",))


def test_a_place_merged_into_another_hands_its_departments_on() -> None:
    body = of("上海市闸北区教育局")
    assert (body.status, body.valid_to, body.successors) == ("abolished", "2015", ("上海市静安区教育局",))
    assert of("上海市闸北区教育局", on="2012-05-01").status == "current"


def test_a_merged_body_has_both_functions() -> None:
    body = of("教科局", "二连浩特市")
    assert body.body == "二连浩特市教科局"
    assert set(body.systems) == {"education", "science"}


def test_a_department_named_by_its_function_is_the_department() -> None:
    named, meant = of("交通运输主管部门", "武汉市"), of("市交通运输局", "武汉市")
    assert named.key == meant.key
    assert named.status is None


def test_the_same_department_at_several_levels_is_no_single_body() -> None:
    body = of("县级以上人民政府民政部门", "北京市")
    assert (body.body, body.level, body.status) == (None, None, None)


def test_an_office_is_part_of_its_body() -> None:
    assert of("四川省经济和信息化厅办公室").part_of == of("四川省经济和信息化厅").key
    assert of("吉安市财政局").part_of is None


def test_every_example_is_read_as_its_row() -> None:
    with (REFERENCE / "bodies.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    wrong = [r["example"] for r in rows if r["example"] and of(r["example"], "吉安市").key.split(":")[1] != r["line"]]
    assert wrong == []


def test_every_successor_and_date_is_in_the_table() -> None:
    with (REFERENCE / "bodies.csv").open(encoding="utf-8") as lines:
        rows = {r["stem"]: r for r in csv.DictReader(lines)}
    for row in rows.values():
        assert all(stem in rows for stem in row["successors"].split("|") if stem), row
        assert not (row["since"] and row["until"]) or row["since"] < row["until"], row
        assert not (row["since"] or row["until"]) or row["source"] or row["national"], row


def test_every_organ_is_read_in_every_form() -> None:
    with (REFERENCE / "organs.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for form in row["forms"].split("|"):
                reading = read(form)
                assert reading is not None
                assert reading.organ is not None
                assert reading.organ.line == row["line"]


@given(st.text(max_size=20), st.sampled_from(["吉安市", "二连浩特市", "全国", "北京市石景山区"]))
def test_any_text_is_answered_and_always_alike(name: str, here: str) -> None:
    assert of(name, here) == of(name, here)


def test_places_and_levels_of_names_coded_by_hand(shared: Path) -> None:
    with (shared / "reference" / "organisations_gold.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    found = [(r, of(r["name"])) for r in rows]
    wrong = [r["name"] for r, body in found if (body.jurisdiction, body.level) != (r["jurisdiction"], r["level"])]
    assert len(wrong) <= 0.02 * len(rows), wrong
