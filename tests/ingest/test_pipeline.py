from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.pipeline import load
from ingest.readers import read_file
from ingest.records import FACTS
from tests.conftest import POLICIES

spacy = pytest.importorskip("spacy")


@pytest.fixture(scope="module")
def nlp() -> object:
    return load()


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_the_pipeline_carries_the_same_facts_as_the_extraction(nlp, path) -> None:
    source = read_file(path)
    doc = nlp(source.text)
    found = extract(source)
    assert doc.text == source.text
    for kind in ("provisions", *FACTS):
        records = getattr(found, kind)
        assert doc._.records[kind] == records
        assert [(span.start_char, span.end_char) for span in doc.spans[kind]] == [(r.start, r.end) for r in records]


def test_one_component_for_each_kind_of_fact_and_room_for_long_texts(nlp) -> None:
    assert [name.removeprefix("zhengmai_") for name in nlp.pipe_names] == ["reading", *FACTS]
    assert nlp.max_length > 10_000_000


def test_a_second_pipeline_and_an_empty_text(nlp) -> None:
    again = load("other.txt")
    assert again.pipe_names == nlp.pipe_names
    assert again("").spans["provisions"] is not None
    assert len(again("一、加强领导。\n各级要重视。").spans["provisions"]) == 1
