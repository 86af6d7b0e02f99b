"""Text cut into pieces: nothing lost, every mark in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.marking import MARGIN, Mark, Marks, cut, lines, paragraphs, runs

TEXT = "一、目标。到2020年，按照《劳动法》培训5万人。"


def mark(words: str, name: str, **more: str) -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), (name,), **more)


def test_a_mark_inside_another_has_the_classes_of_both_and_its_own_link() -> None:
    target = mark("按照《劳动法》培训5万人", "targets", anchor="t", title="Target")
    law = mark("《劳动法》", "citations", href="/instruments/1", anchor="c", title="Citation")
    pieces = cut(TEXT, 0, len(TEXT), [target, law])
    assert [piece.text for piece in pieces] == ["一、目标。到2020年，", "按照", "《劳动法》", "培训5万人", "。"]
    assert [piece.classes for piece in pieces] == [(), ("targets",), ("citations", "targets"), ("targets",), ()]
    assert [piece.href for piece in pieces] == [None, None, "/instruments/1", None, None]
    assert [piece.anchors for piece in pieces] == [(), ("t",), ("c",), (), ()]
    assert pieces[2].title == "Citation\nTarget"


def test_marks_that_cross_are_both_shown() -> None:
    pieces = cut("甲乙丙", 0, 3, [Mark(0, 2, ("a",)), Mark(1, 3, ("b",))])
    assert [(piece.text, set(piece.classes)) for piece in pieces] == [("甲", {"a"}), ("乙", {"a", "b"}), ("丙", {"b"})]


def test_a_mark_over_two_lines_has_one_anchor() -> None:
    text = "甲乙\n丙丁"
    found = paragraphs(text, 0, len(text), Marks([Mark(1, 4, ("a",), anchor="x")]), [], set())
    assert [piece.anchors for paragraph in found for piece in paragraph.pieces] == [(), ("x",), (), ()]


def test_furniture_stands_apart() -> None:
    text = "首页\n  导航\n\n正文\n关闭"
    found = runs(paragraphs(text, 0, len(text), Marks([]), [(0, 7), (12, 14)], set()))
    assert [(run.furniture, run.characters) for run in found] == [(True, 4), (False, 2), (True, 2)]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(text=st.text(alphabet="甲乙丙 \n\u3000《》。a", max_size=30), spans=SPANS)
def test_the_pieces_are_the_text_and_every_mark_covers_its_own(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(start, min(start + size, len(text)), (f"m{number}",), anchor=f"a{number}")
        for number, (start, size) in enumerate(spans)
        if start < len(text)
    ]
    seen: set[str] = set()
    pieces = cut(text, 0, len(text), marks, seen)
    assert "".join(piece.text for piece in pieces) == text
    anchors = [anchor for piece in pieces for anchor in piece.anchors]
    assert sorted(anchors) == sorted({mark.anchor for mark in marks}) == sorted(seen)
    for one in marks:
        assert "".join(piece.text for piece in pieces if one.classes[0] in piece.classes) == text[one.start : one.end]


@given(st.text(alphabet="甲乙 \t\n\u3000a", max_size=40))
def test_lines_leave_out_white_space_only(text: str) -> None:
    kept = "".join(text[start:end] for start, end in lines(text, 0, len(text)))
    assert [c for c in kept if c not in MARGIN] == [c for c in text if c not in MARGIN]
    assert all(text[start] not in MARGIN and text[end - 1] not in MARGIN for start, end in lines(text, 0, len(text)))


@given(spans=SPANS, start=st.integers(0, 30), size=st.integers(0, 10))
def test_the_marks_over_a_stretch_are_those_that_share_a_character_with_it(
    spans: list[tuple[int, int]], start: int, size: int
) -> None:
    marks = [Mark(first, first + length, (f"m{number}",)) for number, (first, length) in enumerate(spans)]
    over = {mark for mark in marks if set(range(mark.start, mark.end)) & set(range(start, start + size))}
    found = Marks(marks).over(start, start + size)
    assert over <= set(found)
    assert size == 0 or set(found) == over
