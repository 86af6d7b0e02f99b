from __future__ import annotations

import pytest

from ingest.readers import ReadError, read_bytes
from tests.ingest.files import LAW, pdf


def test_paragraphs_are_put_together_across_lines_and_pages() -> None:
    paragraphs = [
        *LAW,
        "第五条　" + "鼓励公民、法人和其他组织参与文明行为促进工作，" * 50 + "。",
        "第六条　本条例自2021年1月1日起施行。",
    ]
    source = read_bytes(pdf([paragraphs]), "law.pdf")
    assert source.text.split("\n") == paragraphs
    assert {one.label for one in source.locators} == {"1", "2"}


def test_every_stretch_of_text_has_its_page() -> None:
    source = read_bytes(pdf([["第一条　甲。"], ["第二条　乙。"]]), "law.pdf")
    pages = {source.text[one.start : one.end]: (one.kind, one.label) for one in source.locators}
    assert pages == {"第一条　甲。": ("page", "1"), "第二条　乙。": ("page", "2")}


def test_a_table_is_read_row_by_row() -> None:
    rows = [("序号", "任务", "责任单位"), ("1", "清理欠薪", "市人社局"), ("2", "改善住房", "市住建局")]
    text = read_bytes(pdf([LAW[:3]], rows), "tasks.pdf").text
    assert "1 | 清理欠薪 | 市人社局\n2 | 改善住房 | 市住建局" in text


def test_a_scanned_pdf_names_the_remedy() -> None:
    with pytest.raises(ReadError, match=r"scanned PDF.*OCR.*ocrmypdf"):
        read_bytes(pdf([[], []], picture=True), "scan.pdf")


def test_a_locked_pdf() -> None:
    with pytest.raises(ReadError, match="password"):
        read_bytes(pdf([LAW], password="secret"), "locked.pdf")


def test_a_pdf_that_is_cut_off() -> None:
    with pytest.raises(ReadError, match=r"cut\.pdf is a damaged PDF"):
        read_bytes(pdf([LAW])[:400], "cut.pdf")
