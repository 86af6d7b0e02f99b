"""Systems: which function a body has, and which words of a question name one."""

from __future__ import annotations

import csv

import pytest

from ingest.registry.systems import OTHER, REFERENCE, SYSTEMS, find_systems, is_generic, system_names, system_of


@pytest.mark.parametrize(
    ("name", "systems"),
    [
        ("住建局", "housing"),
        ("自治区住房和城乡建设厅", "housing"),
        ("市城建局", "housing"),
        ("教科局", "education+science"),
        ("农水局", "agriculture+water"),
        ("文体新广局", "culture+sports+broadcasting"),
        ("文化和旅游部", "culture+tourism"),
        ("市国土资源局", "natural_resources"),
        ("市地税局", "taxation"),
        ("人行呼和浩特中心支行", "central_bank"),
        ("中国工商银行某市分行", "enterprise"),
        ("全国工商联", "industry_commerce_fed"),
        ("市工商行政管理局", "market_regulation"),
        ("市残疾人联合会", "disabled"),
        ("省机械工业联合会", "enterprise"),
        ("市委农村工作领导小组办公室", "rural_work"),
        ("农民工工作领导小组办公室", "coordination"),
        ("市人民政府扶贫开发办公室", "poverty"),
        ("市政府办公室", "government"),
        ("团市委", "youth_league"),
        ("经济技术开发区管委会", "development_zone"),
        ("高新区科技局", "science"),
        ("各县（市、区）", "government"),
        ("国家广播电视总局规划财务司", "broadcasting"),
        ("省委宣传部出版处", "propaganda"),
        ("中国企业联合会智慧企业工作委员会", "enterprise"),
        ("民革吉安市委", "democratic_parties"),
        ("省扶贫开发领导小组办公室", "poverty"),
        ("省脱贫攻坚领导小组", "coordination"),
        ("省高新技术企业认定管理机构办公室", "coordination"),
        ("中国民用航空中南地区管理局", "civil_aviation"),
        ("市政协", "cppcc"),
        ("村民委员会", OTHER),
        ("有关部门", OTHER),
        ("某某处", OTHER),
        ("国家质量监督检验检疫总局(已撤销)", "market_regulation"),
    ],
)
def test_the_system_of_a_body(name: str, systems: str) -> None:
    assert system_of(name) == systems


def test_every_name_has_its_systems_by_its_example() -> None:
    wrong = [
        (row.form, row.example, system_of(row.example))
        for row in system_names()
        if row.kind not in ("head", "topic") and not set(row.system.split("+")) <= set(system_of(row.example).split("+"))
    ]
    assert wrong == []


def test_every_name_is_of_a_listed_system_and_named_once() -> None:
    assert {part for row in system_names() for part in row.system.split("+")} <= set(SYSTEMS)
    keys = [(row.form, row.kind) for row in system_names()]
    assert len(keys) == len(set(keys))


def test_the_table_of_systems_reads_as_written() -> None:
    with (REFERENCE / "systems.csv").open(encoding="utf8") as file:
        assert [row["system"] for row in csv.DictReader(file)] == list(SYSTEMS)


@pytest.mark.parametrize(
    "name", ["各成员单位", "有关部门", "各县（市、区）人民政府", "街道办事处", "财政部门", "各级妇联组织", "盟市"]
)
def test_classes_of_bodies(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["市财政局", "国务院办公厅", "浦东新区", "井冈山经开区管委会", "市人力资源社会保障局"])
def test_one_organisation_is_no_class(name: str) -> None:
    assert not is_generic(name)


def test_in_a_statute_departments_are_named_and_governments_are_classes() -> None:
    named = ["县级以上人民政府民政部门", "教育主管部门", "公安机关", "市、区财政主管部门"]
    classes = ["市人民政府", "街道办事处", "村民委员会", "有关部门", "行政执法部门"]
    assert [is_generic(name, statute=True) for name in named] == [False] * len(named)
    assert [is_generic(name, statute=True) for name in classes] == [True] * len(classes)


def test_words_of_a_question() -> None:
    found = find_systems("谁负责住房和孩子入学？")
    assert [(mention.system, mention.form) for mention in found] == [("housing", "住房"), ("education", "入学")]
    assert all("谁负责住房和孩子入学？"[mention.start : mention.end] == mention.form for mention in found)
