"""Highlighted words are exactly the quote: for any text a record stands where it says, and a page marks just that."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.records import FACTS
from ingest.source_text import SourceText, squeeze
from tests.ingest.texts import documents
from web.marking import Mark, cut

QUOTED = {"responsibilities": "name", "citations": "title", "targets": "text", "programmes": "name"}
WORDS = st.sampled_from(
    ["根据", "《甲市", "条例》", "（国发〔2014〕40号）", "（以下简称《意见》）", "刑法第三条", "到2020年，", "达到95%以上",
     "由80%提高到", "85%", "建成", "3至5个",
     "三十日内", "“春风", "行动”", "实施", "（市教育局、", "市财政局负责）", "由市", "牵头", "。", "；", "，", "\n",
     "一、", "（二）", "第三条　", " ", "\u3000"]
)  # fmt: skip
sentences = st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(documents, sentences))
def test_the_words_that_a_page_marks_are_the_quote(text: str) -> None:
    extraction = extract(SourceText("any.txt", text))
    records = [(kind, record) for kind in FACTS for record in getattr(extraction, kind)]
    marks = [Mark(record.start, record.end, (str(at),)) for at, (_, record) in enumerate(records)]
    pieces = cut(text, 0, len(text), marks)
    for at, (kind, record) in enumerate(records):
        marked = "".join(piece.text for piece in pieces if str(at) in piece.classes)
        assert marked == text[record.start : record.end]
        said = getattr(record, QUOTED[kind])
        assert squeeze(said) in squeeze(marked) or (kind == "citations" and said == record.doc_number)
        assert 0 <= record.start < record.end <= len(text)
