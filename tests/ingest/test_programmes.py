"""Programmes: names of campaigns and schemes, not every quotation and not every plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.programmes import find_programmes
from ingest.records import DocumentFields
from tests.ingest.provisions import one_provision


def names(text: str) -> list[str]:
    return [record.name for record in find_programmes(*one_provision(text), DocumentFields())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "大力开展“春风行动”、“京蒙劳务对接”和“周边省区劳务对接”等专项服务活动。",
            ["春风行动", "京蒙劳务对接", "周边省区劳务对接"],
        ),
        ("实施农民工职业病防治和帮扶行动，加强治理。", ["农民工职业病防治和帮扶行动"]),
        ("开展职业教育协作行动和技能脱贫行动，建立机制。", ["职业教育协作行动", "技能脱贫行动"]),
        ("青年创业致富“领头雁”培养计划。", ["领头雁"]),
        ("落实“四免一关怀”等相关政策。", ["四免一关怀"]),
        ("大力推行以“两金三制一卡”为主要措施的监控制度。", ["两金三制一卡"]),
        ("深入推进“放管服”改革。", ["放管服"]),
        ("实施“共享蓝天”关爱留守儿童行动，完善机制。", ["共享蓝天"]),
        ("推广“劳动监察信息化管理系统”等多种有效方式。", ["劳动监察信息化管理系统"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "实行“黑名单”制度，畅通“绿色通道”。",
        "提供“一站式”综合服务。",
        "按照“谁主管、谁负责”的原则。",
        "坚持统筹推进“五位一体”总体布局。",
        "深入开展“进学校、进企业、进农村”等系列活动。",
        "“十三五”时期，拨打“12333”热线。",
        "制定年度计划，加强水利工程建设。",
        "对“两库”进行动态管理。",
        "落实《青年创业计划》。",
    ],
)
def test_what_is_no_programme(text: str) -> None:
    assert names(text) == []


@given(st.text(alphabet='实施开展“”‘’"行动计划工程活动、和，。春风农民工的等原则《》两三看上', max_size=80))
def test_name_is_the_slice_that_the_offsets_name(text: str) -> None:
    for record in find_programmes(*one_provision(text), DocumentFields()):
        assert text[record.start : record.end] == record.name
        assert record.name


@pytest.mark.parametrize(
    "text",
    [
        "本解释所称“医疗活动”，是指诊疗。",
        "建设“廉洁甲市”。",
        "应当注明“人民防空工程”。",
        "建立“三项机制”。",
        "建设“数字化车间”。",
    ],
)
def test_words_that_are_only_spoken_of(text: str) -> None:
    assert names(text) == []
