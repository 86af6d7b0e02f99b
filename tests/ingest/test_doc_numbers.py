"""Document numbers: found in running text, one form for every way of writing them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.doc_numbers import find_doc_numbers, normalise_doc_number


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("国发〔2014〕40号", "国发〔2014〕40号"),
        ("国发[2014]40号文件", "国发〔2014〕40号"),
        ("国发（2014）40 号", "国发〔2014〕40号"),
        ("国发﹝２０１４﹞４０号", "国发〔2014〕40号"),
        ("国发【2014】第40号", "国发〔2014〕第40号"),
        ("和政办发〔2015〕22号", "和政办发〔2015〕22号"),
        ("京建（科）发〔2020〕1号", "京建(科)发〔2020〕1号"),
        ("浦科经委规〔2023〕6号", "浦科经委规〔2023〕6号"),
        ("湖北省人民代表大会常务委员会公告第12号", "湖北省人民代表大会常务委员会公告第12号"),
        ("上海市人民代表大会常务委员会公告〔15届〕第95号", "上海市人民代表大会常务委员会公告〔15届〕第95号"),
        ("（中华人民共和国国务院令第五百三十五号）", "中华人民共和国国务院令第五百三十五号"),
        ("国务院第535号令", "国务院令第535号"),
        ("财政部公告2019年第39号", "财政部公告2019年第39号"),
        ("（2019）国函字第5号", "〔2019〕国函字第5号"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normalise_doc_number(written) == normal


@pytest.mark.parametrize("text", ["拨打12333号热线", "第3号仓库", "2014年40号", ""])
def test_what_is_no_number(text: str) -> None:
    assert normalise_doc_number(text) is None


def test_words_of_the_sentence_are_no_part_of_a_number() -> None:
    text = "根据《意见》（国发〔2014〕40号）和云政发〔2015〕22号，按照国办发〔2016〕82号"
    assert [found.value for found in find_doc_numbers(text)] == ["国发〔2014〕40号", "云政发〔2015〕22号", "国办发〔2016〕82号"]


@given(st.text(alphabet="国发办令第号公告〔〕[]（）201456届年 根据和、，。", max_size=60))
def test_offsets_hold_for_any_text(text: str) -> None:
    found = list(find_doc_numbers(text))
    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
