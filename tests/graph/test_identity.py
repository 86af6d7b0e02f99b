from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import (
    SAME_WORK,
    Held,
    Key,
    codes,
    decide,
    document_id,
    document_key,
    incoming,
    similarity,
)
from ingest.records import DocumentFields, Programme
from tests.graph.samples import BODY, extraction


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        (
            DocumentFields(issuers=("吉安市人民政府",), doc_number="吉府发〔2015〕1号"),
            "number|吉安市人民政府|吉府发〔2015〕1号",
        ),
        (
            DocumentFields(issuers=("民政部",), title="关于 救助的通知", issued_on="2015-01-02"),
            "title|民政部|关于救助的通知|2015-01-02",
        ),
        (DocumentFields(title="某办法", published_on="2016-01-01"), "title||某办法|2016-01-01"),
        (DocumentFields(title="通知"), "address|a.txt"),
        (DocumentFields(), "address|a.txt"),
    ],
)
def test_key_is_the_best_that_the_fields_give(fields: DocumentFields, key: str) -> None:
    assert document_key(fields, "a.txt").text == key


def test_better_keys_rank_first() -> None:
    fields = DocumentFields(issuers=("民政部",), title="某通知", issued_on="2015-01-02")
    numbered = msgspec.structs.replace(fields, doc_number="民发〔2015〕2号")
    ranks = [document_key(f, "a").rank for f in (numbered, fields, DocumentFields())]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_wording_ignores_furniture_and_white_space_but_revision_does_not() -> None:
    plain, dressed = incoming(extraction(), "a"), incoming(extraction(furniture="首页 登录\n"), "b")
    assert plain.wording == dressed.wording
    assert plain.revision != dressed.revision


def held(number: int, text: str, key: str = "k", source: str = "a.txt", rank: int = 0) -> Held:
    return Held(number, Key(key, rank), "w" + text[:3], source, text)


def test_unrelated_texts_of_the_same_genre_are_different_works() -> None:
    other = "推进义务教育均衡发展，保障随迁子女平等接受教育的权利，加强学校标准化建设，"
    assert similarity(BODY * 4, other * 4) < SAME_WORK
    assert similarity(BODY * 4, BODY * 3 + "完善住房公积金提取政策，") > SAME_WORK


def test_long_texts_are_compared_by_sentence() -> None:
    long = "".join(f"第{n}条规定了第{n}件事，必须办好。" for n in range(4000))
    assert similarity(long, long.replace("第7条规定", "第7条改定")) > 0.99
    assert similarity(long, "".join(f"另有{n}种情形，不在此列。" for n in range(4000))) < SAME_WORK


def test_decide_replaces_the_most_similar_of_the_same_key() -> None:
    new = incoming(extraction(body=BODY * 4 + "新增一句。"), "b.txt")
    rows = [held(1, "毫不相干的另一个文本" * 20), held(2, incoming(extraction(), "a").body)]
    assert decide(new, None, rows).document == 2
    assert decide(new, None, rows).outcome == "replaced"
    assert decide(new, None, rows[:1]).outcome == "conflict"
    assert decide(new, None, []).outcome == "new"


def test_the_source_with_the_better_key_then_the_smaller_address_gives_the_records() -> None:
    new = incoming(extraction(), "m.txt")
    text = new.body
    assert decide(new, held(1, text, source="z.txt"), []).write
    assert not decide(new, held(1, text, source="a.txt"), []).write
    assert decide(new, held(1, text, source="a.txt", rank=2), []).write


records = st.builds(
    Programme, path=st.sampled_from(["1", "1.1"]), name=st.sampled_from(["甲", "乙"]), rule=st.just("r"),
    start=st.integers(0, 9), end=st.integers(10, 20),
)  # fmt: skip


@given(st.lists(records, max_size=8))
def test_codes_are_unique_at_a_path_and_say_nothing_of_place_in_the_text(found: list[Programme]) -> None:
    given_codes = list(codes(found))
    assert len({(r.path, c) for r, c in zip(found, given_codes, strict=True)}) == len(found)
    moved = [msgspec.structs.replace(r, start=r.start + 7, end=r.end + 7, rule="other") for r in found]
    assert list(codes(moved)) == given_codes


def test_ids_are_stable_between_versions_of_the_program() -> None:
    """An id is written into papers: a change of this figure breaks their references."""
    assert document_id("number|吉安市人民政府|吉府发〔2015〕1号") == "ce44fa80e69a4d56"
    assert document_id("k", "w") == "4c9b40187decef94"
