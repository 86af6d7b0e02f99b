"""Lists of bodies: where they are cut, and where they are not."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.registry.body_names import is_body
from ingest.registry.name_lists import split_names
from ingest.registry.name_repair import repair
from ingest.registry.name_runs import leading_names
from ingest.source_text import fold


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市发展和改革委员会、市总工会和团市委", ["市发展和改革委员会", "市总工会", "团市委"]),
        ("商务部、海关总署等有关部门", ["商务部", "海关总署", "有关部门"]),
        ("市教育局、市公安局等部门", ["市教育局", "市公安局"]),
        ("省教育厅，各市、县〔区〕政府，某新区管委会", ["省教育厅", "各市、县[区]政府", "某新区管委会"]),
        ("各县（市、区）人民政府，各成员单位", ["各县(市、区)人民政府", "各成员单位"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("文化和旅游部、粮食和储备局", ["文化和旅游部", "粮食和储备局"]),
        ("各级人力资源社会保障、住房城乡建设等部门", ["各级人力资源社会保障", "住房城乡建设等部门"]),
        ("教育主管部门和各类教育机构", ["教育主管部门", "各类教育机构"]),
        ("扶贫办、国管局等和各省级人民政府", ["扶贫办", "国管局", "各省级人民政府"]),
        ("市科学技术委员会（以下简称市科委）", ["市科学技术委员会"]),
    ],
)
def test_where_a_list_is_cut(text: str, names: list[str]) -> None:
    assert [name.text for name in split_names(fold(text))] == names


def test_a_function_in_a_list_borrows_the_ending() -> None:
    assert [(name.text, name.elliptic) for name in split_names("公安、民政、交通运输部门")] == [
        ("公安", True),
        ("民政", True),
        ("交通运输部门", False),
    ]


@pytest.mark.parametrize(
    "words", ["干部", "用人单位", "企业", "全社会", "完善市场监管部门", "指导各地", "董事会", "公安部2005年第8号令", "含租赁"]
)
def test_what_is_no_body(words: str) -> None:
    assert not is_body(words)


@pytest.mark.parametrize(
    "name", ["市财政局", "扶贫移民办", "经信局", "应急管理局", "市住房城乡建设部门", "负有监管职责的部门", "各地", "南昌海关"]
)
def test_what_is_a_body(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("国务院财政部门会同国务院应急管理部门制定", ["国务院财政部门"]),
        ("公安机关处二百元罚款", ["公安机关"]),
        ("市委宣传部、市教育局组织实施", ["市委宣传部", "市教育局"]),
        ("有关部门继续探索政府网站", ["有关部门"]),
        ("园区内企业分别申报", []),
        ("原户口所在地迁入", []),
    ],
)
def test_a_list_in_running_text_ends_where_the_sentence_goes_on(text: str, names: list[str]) -> None:
    assert [name.text for name in leading_names(text, 0, statute=False)[0]] == names


@given(st.text(alphabet="市区县财政教育局部门委会办公安（）()、，和及等各有关政府人民", max_size=40))
def test_names_stand_where_they_say(text: str) -> None:
    folded = fold(text)
    for name in split_names(folded):
        assert folded[name.start : name.end] == name.text
    names, end = leading_names(folded, 0, statute=False)
    assert all(folded[name.start : name.end] == name.text and name.end <= end for name in names)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("安自治区全监管局", "自治区安全监管局"), ("某某人力资和社会保厅", None), ("市财政局", None), ("有关部门", None)],
)
def test_a_name_with_a_typing_error(written: str, meant: str | None) -> None:
    assert repair(written, Counter()) == meant


def test_a_typing_error_is_mended_by_the_same_document() -> None:
    assert repair("省退役军士事务厅", Counter({"省退役军人事务厅": 4, "省教育厅": 9})) == "省退役军人事务厅"
    assert repair("省退役军士事务厅", Counter({"省教育厅": 9})) is None
