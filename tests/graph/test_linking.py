from __future__ import annotations

import pytest

from graph.linking import Work, cited_works, document_work, instrument_key, normal_title
from ingest.records import Citation, DocumentFields
from ingest.registry.jurisdictions import find_place


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("《中华人民共和国老年人权益保障法》", "老年人权益保障法"),
        ("中华人民共和国老年人权益保障法（2018修正）", "老年人权益保障法"),
        ("《城市居民最低生活保障条例》（2015年修订）", "城市居民最低生活保障条例"),
        ("国家新型城镇化规划（2014—2020年）", "国家新型城镇化规划(2014—2020年)"),
        ("吉安市暂行办法（试行）", "吉安市暂行办法(试行)"),
        ("中华人民共和国国务院令", "中华人民共和国国务院令"),
        ("国务院关于印发 〈规划〉 的通知", "国务院关于印发《规划》的通知"),
    ],
)
def test_titles_are_compared_without_what_does_not_tell_works_apart(title: str, normal: str) -> None:
    assert normal_title(title) == normal


def cites(title: str, number: str | None = None, issuer: str | None = None, kind: str = "policy") -> Citation:
    return Citation(
        path="1", start=0, end=2, rule="t", title=title, doc_number=number, relation="mentions", kind=kind, issuer=issuer  # type: ignore[arg-type]
    )  # fmt: skip


JIAN = find_place("吉安市")


def test_the_text_that_a_document_prints_names_no_work() -> None:
    assert cited_works([cites("实施方案", kind="self")], JIAN, None) == [None]


def test_a_title_without_issuer_is_completed_where_the_issuer_is_certain() -> None:
    [work] = cited_works([cites("关于救助的通知", issuer="省政府办公厅")], JIAN, "2016-01-01")
    assert work == Work("江西省人民政府办公厅关于救助的通知", "")


def test_a_title_without_issuer_stays_with_the_place_that_cites_it() -> None:
    [work] = cited_works([cites("关于救助的通知")], JIAN, None)
    assert work == Work("关于救助的通知", "", within="吉安市")
    assert instrument_key(work, {"民发〔2015〕1号"}) != instrument_key(
        Work("关于救助的通知", "民发〔2015〕1号"), {"民发〔2015〕1号"}
    )


@pytest.mark.parametrize("issuer", ["自治区", "认真贯彻市政府", "有关方面"])
def test_an_issuer_that_is_no_known_body_completes_nothing(issuer: str) -> None:
    [work] = cited_works([cites("关于救助的通知", issuer=issuer)], JIAN, None)
    assert work == Work("关于救助的通知", "", within="吉安市")


def test_a_title_takes_the_number_that_the_same_text_gives_it() -> None:
    works = cited_works([cites("关于救助的通知"), cites("关于救助的通知", "民发〔2015〕1号")], JIAN, None)
    assert works[0] == works[1]


def test_a_number_alone_is_its_own_name() -> None:
    assert cited_works([cites("国办发〔2016〕82号", "国办发〔2016〕82号")], JIAN, None) == [Work("", "国办发〔2016〕82号")]


def test_works_of_one_number_are_one_instrument_and_a_title_joins_its_only_number() -> None:
    key = instrument_key(Work("国务院关于甲的意见", "国发〔2014〕40号"), ["国发〔2014〕40号"])
    assert instrument_key(Work("", "国发〔2014〕40号"), []) == key
    assert instrument_key(Work("国务院关于甲的意见", ""), ["国发〔2014〕40号"]) == key


def test_a_title_of_two_numbers_is_not_guessed() -> None:
    numbers = ["国发〔2014〕40号", "国发〔2015〕1号"]
    assert instrument_key(Work("国务院关于甲的意见", ""), numbers) not in {
        instrument_key(Work("国务院关于甲的意见", n), numbers) for n in numbers
    }


def test_a_document_names_its_work_by_title_with_issuer_and_number() -> None:
    fields = DocumentFields(title="关于救助的通知", issuers=("民政部",), doc_number="民发〔2015〕1号")
    assert document_work(fields) == Work("民政部关于救助的通知", "民发〔2015〕1号")
    assert document_work(DocumentFields()) is None
