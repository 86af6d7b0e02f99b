from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.readers import Part, ReadError, read_bytes, unpack
from ingest.readers.mapping import MappingError, read_mapping
from tests.ingest.files import LAW

TEXT = "\n".join(LAW)


def record(**members: Any) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()


def fields(content: bytes) -> set[tuple[str, str]]:
    return {(c.field, c.value) for c in read_bytes(content, "a.json").metadata}


@pytest.mark.parametrize("name", ["content", "text", "正文", "fullText", "article_content", "zw"])
def test_the_text_by_any_usual_name(name: str) -> None:
    assert read_bytes(record(**{"note": "x" * 900, name: TEXT}), "a.json").text == TEXT


def test_a_text_by_an_unusual_name_is_the_longest_chinese_one() -> None:
    assert read_bytes(record(t0="短", q17=TEXT, url="https://a.example/" + "x" * 900), "a.json").text == TEXT


def test_fields_by_any_usual_name_also_within_objects() -> None:
    found = fields(
        record(metadata={"BT": "某市条例", "FWZH": "某政发〔2020〕3号", "FBRQ": "2021-11-19T00:00:00.000+0800"}, content=TEXT)
    )
    assert found == {("title", "某市条例"), ("doc_number", "某政发〔2020〕3号"), ("published_on", "2021-11-19")}


def test_fields_that_show_what_they_are() -> None:
    assert fields(record(f_1=LAW[0], f_2="某政发〔2020〕3号", f_3="其他", content=TEXT)) == {
        ("title", LAW[0]),
        ("doc_number", "某政发〔2020〕3号"),
    }


def test_a_time_of_day_elsewhere_is_taken_to_china() -> None:
    assert fields(record(pubdate="2019-12-26T20:10:08.000Z", content=TEXT)) == {("published_on", "2019-12-27")}


def test_markup_in_a_record_is_read_as_a_page() -> None:
    html = "".join(f"<p>{line}</p>" for line in LAW)
    assert read_bytes(record(html=html, title="某市条例"), "a.json").text == TEXT


def test_lines_and_lists_of_records_give_a_document_each() -> None:
    one, two = {"content": TEXT, "n": 1}, {"content": TEXT, "n": 2}
    lines = "\n\n".join(json.dumps(each) for each in (one, two)).encode()
    parts = [part for part in unpack(lines, "crawl.jsonl") if isinstance(part, Part)]
    assert [part.name for part in parts] == ["crawl.jsonl#1", "crawl.jsonl#3"]
    assert [read_bytes(part.content, part.name).text for part in parts] == [TEXT, TEXT]
    for listed in ([one, {"x": 1}, two], {"code": 0, "data": {"rows": [one, {"x": 1}, two]}}):
        parts = [part for part in unpack(json.dumps(listed).encode(), "dump.json") if isinstance(part, Part)]
        assert [part.name for part in parts] == ["dump.json#1", "dump.json#3"]
        assert read_bytes(parts[1].content, parts[1].name).text == TEXT


def test_a_mapping_goes_with_the_record() -> None:
    content = record(content="a summary that is not the text", wenben=TEXT, biaoti="某市条例")
    (part,) = unpack(content, "a.json", {"text": "wenben", "title": "biaoti"})
    assert isinstance(part, Part)
    source = read_bytes(part.content, part.name)  # as when it is read again from the store
    assert source.text == TEXT
    assert [(c.field, c.value) for c in source.metadata] == [("title", "某市条例")]


def test_mappings_are_pairs_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "map.toml"
    file.write_text('text = "content"\ntitle = "biaoti"\n')
    assert read_mapping(str(file)) == read_mapping("text=content, title=biaoti") == {"text": "content", "title": "biaoti"}
    for wrong in ("content", "body=content", "text=", str(tmp_path / "none.toml")):
        with pytest.raises(MappingError):
            read_mapping(wrong)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'{"content": "' + TEXT.encode(), "no valid JSON"),
        (b"[" * 200_000, "no valid JSON"),
        (record(file="a.html", title="关于印发" + "某市文明行为促进条例" * 8 + "的通知"), "no record with a text"),
        (b'"text"', "no record with a text"),
        (record(title="x", content=""), "no record with a text"),
    ],
)
def test_json_without_a_document(content: bytes, what: str) -> None:
    (error,) = unpack(content, "a.json")
    assert isinstance(error, ReadError)
    assert what in error.problem


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert read_bytes(b'{"content": "' + TEXT.encode() + b'\\ud83d"}', "a.json").text == TEXT + "\ufffd"
