from __future__ import annotations

import pytest
from hypothesis import given

from ingest.boilerplate import find_boilerplate
from ingest.readers import read_file
from ingest.source_text import SourceText
from tests.conftest import POLICIES
from tests.ingest.texts import NOTICE, documents

FURNITURE = {
    "navigation": "您所在的位置：首页 >> 政务公开 >> 政策文件",
    "login": "用户名: 密码:",
    "metadata": "索 引 号 G0003/2016-1 发布机构 甲市人民政府",
    "share": "【打印】 【关闭】",
    "footer": "ICP备案：甲ICP备10200553号-1 甲市人民政府版权所有",
}


def found(text: str) -> list[tuple[str, str]]:
    passages = find_boilerplate(SourceText(name="page.txt", text=text))
    return [(p.label, text[p.start : p.end]) for p in passages]


@pytest.mark.parametrize("label", FURNITURE)
@pytest.mark.parametrize("place", ["head", "tail"])
def test_furniture_around_a_document_is_found_by_span(label: str, place: str) -> None:
    line = FURNITURE[label]
    text = f"{line}\n{NOTICE}" if place == "head" else f"{NOTICE}\n{line}\n"
    assert found(text) == [(label, line)]


def test_a_document_without_furniture_has_none() -> None:
    assert found(NOTICE) == []


def test_a_second_copy_of_the_page_is_furniture() -> None:
    passages = find_boilerplate(SourceText(name="page.txt", text=NOTICE + NOTICE))
    assert passages
    assert {p.label for p in passages} == {"repeat"}
    assert passages[0].start >= len(NOTICE)


def test_a_second_copy_that_has_lost_its_line_breaks_is_furniture() -> None:
    body = "".join(f"第{n}条　本市应当做好第{n}项工作，由主管部门组织实施，并向社会公布结果。\n" for n in range(1, 40))
    flat = body.replace("\n", "")
    assert found(f"{body}\n{flat}\n") == [("repeat", flat)]


def test_no_sentence_of_the_shipped_documents_is_taken_for_furniture() -> None:
    for path in sorted(POLICIES.glob("*.txt")):
        source = read_file(path)
        assert [p for p in find_boilerplate(source) if "。" in source.text[p.start : p.end]] == []


@given(documents)
def test_spans_are_disjoint_and_in_order(text: str) -> None:
    last = 0
    for passage in find_boilerplate(SourceText(name="page.txt", text=text)):
        assert last <= passage.start < passage.end <= len(text)
        last = passage.end
