from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import ReadError, read_bytes, read_file
from tests.ingest.texts import NOTICE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_text_in_any_usual_encoding(encoding: str) -> None:
    text = "第一條 為加強管理，制定本辦法。\n第二條 本辦法適用於本市。\n" * 5 if encoding == "big5" else NOTICE
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_the_text_is_kept_verbatim(tmp_path: Path) -> None:
    file = tmp_path / "意见.txt"
    file.write_bytes("一、\u3000总体要求\r\n\r\n(一)指导思想。\xa0\r\n".encode())
    source = read_file(file)
    assert source.name == "意见.txt"
    assert source.text == "一、\u3000总体要求\r\n\r\n(一)指导思想。\xa0\r\n"


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "P", "N", "Zs")), min_size=1).filter(str.strip))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("\u3000\u3000\n".encode(), "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (bytes(range(256)) * 20, ""),
        ("一、总体要求".encode("utf-16")[:-1], "utf-16"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes, what: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(content, "文件.txt")
    assert caught.value.file == "文件.txt"
    assert what in caught.value.problem
    assert caught.value.remedy in str(caught.value)


def test_a_format_that_no_reader_reads_is_named() -> None:
    with pytest.raises(ReadError, match="OFD"):
        read_bytes(b"text", "https://www.gov.example/a.ofd")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.txt cannot be opened"):
        read_file(tmp_path / "missing.txt")


def test_the_head_of_a_legal_databases_export() -> None:
    head = (
        "某市文明行为促进条例\n【法宝引证码】CLI.10.1234567\n【发布部门】某市人民代表大会常务委员会　"
        "【发文字号】某人发〔2020〕3号\n"
        "【发布日期】2020.11.02\n【实施日期】2021.01.01\n【时效性】现行有效\n\n"
    )
    text = f"{head}{NOTICE}\n©北大法宝：(www.pkulaw.com)专业提供法律信息。\n"
    source = read_bytes(text.encode("gb18030"), "条例.txt")
    assert source.text == text
    assert [(c.field, c.value, text[c.start : c.end]) for c in source.metadata] == [
        ("issuers", "某市人民代表大会常务委员会", "某市人民代表大会常务委员会"),
        ("doc_number", "某人发〔2020〕3号", "某人发〔2020〕3号"),
        ("published_on", "2020-11-02", "2020.11.02"),
    ]
    left = "".join(c for i, c in enumerate(text) if not any(p.start <= i < p.end for p in source.boilerplate))
    assert left.split() == ["某市文明行为促进条例", *NOTICE.split()]
    assert read_bytes(NOTICE.encode(), "通知.txt").metadata == ()


def test_rtf_needs_libreoffice() -> None:
    content = b"{\\rtf1\\ansi\\ansicpg936 \\u31532?\\u19968?\\u26465? text\\par}"
    if shutil.which("soffice"):
        assert read_bytes(content, "a.rtf").text == "第一条 text"
    else:
        with pytest.raises(ReadError, match="install LibreOffice"):
            read_bytes(content, "a.rtf")
