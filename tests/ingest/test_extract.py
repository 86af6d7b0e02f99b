from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from ingest.extract import extract, extractor_version
from ingest.readers import read_file
from ingest.records import FACTS, Extraction
from ingest.source_text import SourceText
from tests.conftest import POLICIES
from tests.ingest.texts import documents

FILES = sorted(POLICIES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_a_shipped_document_yields_facts_of_every_kind_each_in_a_provision(path: object) -> None:
    found = extract(read_file(str(path)))
    places = {provision.path for provision in found.provisions}
    for kind in FACTS:
        records = getattr(found, kind)
        assert records, kind
        assert {record.path for record in records} <= places
        assert [record.start for record in records] == sorted(record.start for record in records)
        assert all(0 <= record.start < record.end <= len(found.source_text) and record.rule for record in records)


def test_extracting_twice_gives_the_same_and_survives_json() -> None:
    source = read_file(FILES[0])
    found = extract(source)
    assert found == extract(source)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Extraction) == found
    assert found.extractor == extractor_version()


def test_what_looks_like_a_fact_but_was_not_read_is_reported() -> None:
    text = "一、工作任务\n（一）加强宣传。做好工作。责任单位：呱呱呱、叽叽叽。\n"
    found = extract(SourceText(name="a.txt", text=text))
    assert found.responsibilities or any(p.label == "responsibility" for p in found.not_understood)


@settings(max_examples=40)
@given(documents)
def test_no_text_breaks_the_extraction(text: str) -> None:
    found = extract(SourceText(name="a.txt", text=text))
    assert found.source_text == text
    for passage in (*found.not_understood, *found.boilerplate):
        assert 0 <= passage.start < passage.end <= len(text)
