from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.batch import ingest_paths
from graph.comparing import differences_of
from graph.deciding import NotTwoTextsError, decide
from graph.likeness import bands, differences, likeness
from graph.protocol import Store
from ingest.source_text import squeeze
from tests.graph.conftest import exported
from tests.graph.samples import document_text

LONG = "各级人民政府应当加强农民工住房保障工作，完善公共租赁住房制度，扩大住房公积金覆盖面，支持用人单位建设集体宿舍。"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """a.txt and b.txt are nearly the same, under different keys; c.txt is another text."""
    folder = tmp_path / "texts"
    folder.mkdir()
    more = "".join(f"（{n}）第{n}件。{LONG}\n" for n in "三四五六七八九")
    first = document_text(1, more=more)
    (folder / "a.txt").write_text(first, encoding="utf-8")
    (folder / "b.txt").write_text(first.replace("2015年6月1日", "2015年6月9日").replace("集体", "职工"), encoding="utf-8")
    (folder / "c.txt").write_text(document_text(2, place="赣州市"), encoding="utf-8")
    return folder


@pytest.fixture
def filled(store: Store, files: Path) -> Store:
    ingest_paths(store, [files])
    return store


def sources(store: Store) -> list[list[str]]:
    rows = store.documents(limit=500).rows
    return sorted([source.address for source in row.sources] for row in rows)


def test_nearly_the_same_texts_are_listed_and_kept_apart(filled: Store) -> None:
    page = filled.likenesses()
    assert page.total == 1
    pair = page.rows[0]
    assert {pair.one.source, pair.other.source} == {"a.txt", "b.txt"}
    assert 0.9 <= pair.likeness < 1
    assert pair.decision is None
    assert filled.counts().documents == 3


def test_their_differences_are_told_with_their_places(filled: Store) -> None:
    one, other = filled.find_document("a.txt") or "", filled.find_document("b.txt") or ""
    found = differences_of(filled, one, other)
    assert [(each.one, each.other) for each in found] == [("集体", "职工")] * 7 + [("1", "9")]
    texts = filled.source_text(one) or "", filled.source_text(other) or ""
    for each in found:
        assert texts[0][each.one_start : each.one_end] == each.one
        assert texts[1][each.other_start : each.other_end] == each.other


def test_texts_decided_to_be_the_same_are_one_document_with_two_sources(filled: Store, files: Path) -> None:
    snapshot = filled.snapshot()
    outcome = decide(filled, "a.txt", "b.txt", "same")
    assert len(outcome.documents) == 1
    assert sources(filled) == [["a.txt", "b.txt"], ["c.txt"]]
    assert filled.counts().documents == 2
    assert filled.likenesses().total == 0
    assert filled.snapshot() != snapshot
    joined = exported(filled)
    ingest_paths(filled, [files])
    assert exported(filled) == joined


def test_a_decision_taken_back_restores_the_store(filled: Store) -> None:
    before = exported(filled)
    decide(filled, "a.txt", "b.txt", "same")
    decide(filled, "a.txt", "b.txt", "undecided")
    assert exported(filled) == before


def test_texts_decided_to_be_different_leave_the_list(filled: Store) -> None:
    decide(filled, "b.txt", "a.txt", "different")
    assert filled.likenesses(decided=False).total == 0
    assert [pair.decision for pair in filled.likenesses(decided=True).rows] == ["different"]
    assert filled.counts().documents == 3
    decide(filled, "a.txt", "b.txt", "undecided")
    assert filled.likenesses(decided=False).total == 1


def test_the_order_of_loading_and_of_deciding_does_not_matter(filled: Store, files: Path, new_store) -> None:
    decide(filled, "a.txt", "b.txt", "same")
    other = new_store()
    for name in ("b.txt", "c.txt", "a.txt"):
        ingest_paths(other, [files / name])
    decide(other, "b.txt", "a.txt", "same")
    assert exported(other) == exported(filled)


def test_a_deleted_document_leaves_the_list(filled: Store) -> None:
    filled.delete(filled.find_document("a.txt") or "")
    assert filled.likenesses().total == 0


def test_what_is_not_held_cannot_be_decided_on(filled: Store) -> None:
    for pair in (("a.txt", "x.txt"), ("a.txt", "a.txt")):
        with pytest.raises(NotTwoTextsError, match=pair[1]):
            decide(filled, *pair, "same")


texts = st.text(alphabet="甲乙丙丁。；\n 　", max_size=60)


@given(texts, texts)
def test_differences_turn_one_text_into_the_other(one: str, other: str) -> None:
    made, at = "", 0
    for each in differences(one, other):
        assert one[each.one_start : each.one_end] == each.one
        assert f"{each.before}{each.one or each.other}{each.after}" in (one if each.one else other)
        made += one[at : each.one_start] + other[each.other_start : each.other_end]
        at = each.one_end
    assert squeeze(made + one[at:]) == squeeze(other)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert list(differences(text, text)) == []
    assert likeness(text, text) == 1.0
    assert bands(text) == bands(text)
