from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.readers import ReadError, read_bytes
from tests.ingest.files import LAW, W, paragraph, table, word, zipped


def test_paragraphs_and_rows_of_tables_are_lines() -> None:
    body = "".join(map(paragraph, LAW)) + table([("任务", "责任单位"), ("清理欠薪", "市人社局"), ("", "")]) + paragraph("附则")
    source = read_bytes(word(body), "law.docx")
    assert source.text.split("\n") == [*LAW, "任务 | 责任单位", "清理欠薪 | 市人社局", "附则"]
    places = [one.label for one in source.locators]
    assert places[-3:] == ["table 1 row 1", "table 1 row 2", f"paragraph {len(LAW) + 1}"]
    assert all(source.text[one.start : one.end].strip() for one in source.locators)


def numbering(*levels: tuple[str, str]) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
    return f'<w:numbering {W}>{abstract}<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'


def item(text: str, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def test_numbers_that_word_prints_are_part_of_the_text() -> None:
    lists = numbering(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    body = (
        item("总体要求", 0)
        + item("指导思想", 1)
        + item("基本原则", 1)
        + item("主要任务", 0)
        + item("就业", 1)
        + item("培训", 2)
    )
    text = read_bytes(word(body, numbering=lists), "plan.docx").text
    assert text.split("\n") == ["一、总体要求", "（一）指导思想", "（二）基本原则", "二、主要任务", "（一）就业", "1.培训"]


def test_a_list_of_a_style_counts_too() -> None:
    listed = '<w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    style = f'<w:styles {W}>{listed}<w:style w:styleId="Own"><w:basedOn w:val="Article"/></w:style></w:styles>'
    body = "".join(paragraph(text, '<w:pStyle w:val="Own"/>') for text in ("　为了管理。", "　适用本法。"))
    lists = numbering(("chineseCounting", "第%1条"))
    assert read_bytes(word(body, numbering=lists, styles=style), "law.docx").text == "第一条　为了管理。\n第二条　适用本法。"


def test_deleted_words_are_left_out_and_inserted_ones_read() -> None:
    changes = "<w:del><w:r><w:delText>可以</w:delText></w:r></w:del><w:ins><w:r><w:t>立即</w:t></w:r></w:ins>"
    body = f"<w:p><w:r><w:t>应当</w:t></w:r>{changes}<w:hyperlink><w:r><w:t>办理</w:t></w:r></w:hyperlink></w:p>"
    assert read_bytes(word(body), "a.docx").text == "应当立即办理"


def test_word_in_one_xml_file() -> None:
    document = f"<w:document {W}><w:body>{paragraph(LAW[3])}</w:body></w:document>"
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{document}</pkg:xmlData></pkg:part>'
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    start = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    package = f'{start}<pkg:package xmlns:pkg="{space}">{part}</pkg:package>'
    assert read_bytes(package.encode(), "law.doc").text == LAW[3]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (word("")[:300], "damaged archive"),
        (word("<w:p><w:r>"), "damaged Word file"),
        (word("<w:p/>"), "without text"),
        (zipped({"a.txt": "text"}), "not a Word file"),
        (b"plain text", "no DOCX file"),
        (word('<!DOCTYPE a [<!ENTITY b "c">]>'), "damaged Word file"),
    ],
)
def test_what_is_no_word_file(content: bytes, what: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(content, "文件.docx")
    assert what in caught.value.problem
    assert caught.value.file == "文件.docx"


def test_an_old_word_file_that_is_damaged() -> None:
    with pytest.raises(ReadError, match=r"old\.doc is a Word file of before 2007"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "old.doc")


def test_old_word_files_are_read_line_by_line(corpus: Path) -> None:
    files = [
        path for path in sorted((corpus / "local" / "civility").glob("*.doc")) if path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    ]
    for path in files[::15]:
        lines = [line.strip() for line in read_bytes(path.read_bytes(), path.name).text.split("\n")]
        articles = [line for line in lines if re.match(r"第[一二三四五六七八九十百]+条", line)]
        assert len(articles) > 20, path.name
        assert not re.fullmatch(r"[-—─\s]*\d+[-—─\s]*", lines[-1]), path.name
