"""A line holds all that the store needs, and one that was harmed is told from one that was not."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import numpy as np
import pytest

from graph.extracting import Input, Output, extract_one
from graph.gathering import Failure
from graph.record_lines import FORMAT, LineError, from_line, read_lines, to_line
from tests.graph.samples import document_text
from tests.ingest.files import LAW, paragraph, word

TEXT = Input("1.txt", document_text(1).encode())
FILES = (
    TEXT,
    dataclasses.replace(TEXT, fetched_at="2024-05-06T07:08:09Z"),
    Input("gb.txt", document_text(2).encode("gb18030")),
    Input("law.docx", word("".join(map(paragraph, LAW)))),
)


@pytest.mark.parametrize("given", FILES, ids=["text", "fetched", "GB 18030", "Word"])
def test_a_document_comes_back_as_it_was(given: Input) -> None:
    output = extract_one(given)
    assert output.extraction is not None
    line = to_line(output)
    assert line.count(b"\n") == 1
    assert from_line(line) == output


@pytest.mark.parametrize("given", [TEXT, Input("short.txt", "通知".encode())], ids=["provisions", "none"])
def test_vectors_come_back_to_the_bit(given: Input) -> None:
    output = extract_one(given, model="builtin")
    found = from_line(to_line(output))
    assert output.embedded is not None
    assert found.embedded is not None
    assert found.embedded.model == output.embedded.model
    assert np.array_equal(found.embedded.matrix, output.embedded.matrix)
    assert len(found.embedded.matrix) == len(output.extraction.provisions if output.extraction else ())


def test_a_line_has_the_form_of_the_annotations_and_no_text_twice() -> None:
    found = json.loads(to_line(extract_one(TEXT)))
    assert found["source_text"] == document_text(1)
    assert found["document"]["doc_number"] == "国发〔2014〕40号" or found["document"]["title"]
    assert found["responsibilities"][0]["role"] == "lead"
    assert (found["format"], found["original"]["address"], found["original"]["content"]) == (FORMAT, "1.txt", None)


def line_with(**changed: Any) -> bytes:
    """A good line with some members changed; a path of members is joined by ``__``."""
    found = json.loads(to_line(extract_one(TEXT, model="builtin")))
    for name, value in changed.items():
        *way, last = name.split("__")
        inner = found
        for step in way:
            inner = inner[int(step)] if step.isdigit() else inner[step]
        inner[last] = value
    return json.dumps(found).encode() + b"\n"


HARMED = {
    "cut off": (line_with()[:500], "is cut off"),
    "no JSON": (b"hello\n", "is no JSON object"),
    "no text": (b"\xff\xfe\n", "is no JSON object"),
    "a list": (b"[1, 2]\n", "is no JSON object"),
    "something else": (b'{"type": "document"}\n', "is no record"),
    "a role that there is not": (line_with(responsibilities__0__role="boss"), "is damaged"),
    "a later format": (line_with(format=FORMAT + 1), f"format {FORMAT + 1}"),
    "a later format of another shape": (line_with(format=FORMAT + 1, provisions=3), f"format {FORMAT + 1}"),
    "a changed text": (line_with(source_text="别的文本"), "SHA-256"),
    "a place outside the text": (line_with(targets__0__end=10**6), "outside the text"),
    "a place before the text": (line_with(provisions__0__start=-1), "outside the text"),
    "one path twice": (line_with(provisions__0__path="1.1"), "one path"),
    "fewer vectors": (line_with(vectors__dimensions=128), "one vector"),
    "no dimensions": (line_with(vectors__dimensions=0), "is damaged"),
    "no base 64": (line_with(vectors__float32="!"), "is damaged"),
}


@pytest.mark.parametrize(("line", "problem"), HARMED.values(), ids=HARMED)
def test_a_harmed_line_is_refused_with_the_reason_and_what_to_do(line: bytes, problem: str) -> None:
    with pytest.raises(LineError, match=problem) as refused:
        from_line(line)
    assert "xtract" in str(refused.value)


def test_harmed_lines_are_named_by_number_and_the_others_are_read() -> None:
    good = to_line(extract_one(TEXT))
    stream = io.BytesIO(good + b"\n" + HARMED["no JSON"][0] + good + good[:-20])
    found = list(read_lines(stream, "r.jsonl"))
    assert [type(one) for one in found] == [Output, Failure, Output, Failure]
    assert [one.file for one in found if isinstance(one, Failure)] == ["r.jsonl, line 3", "r.jsonl, line 5"]
    assert all(one.message.startswith(one.file) for one in found if isinstance(one, Failure))


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    good = to_line(extract_one(TEXT))
    monkeypatch.setattr("graph.record_lines.LONGEST", len(good))
    stream = io.BytesIO(b"x" * 10 * len(good) + b"\n" + good)
    failure, output = read_lines(stream, "r.jsonl")
    assert isinstance(failure, Failure)
    assert "line 1: is longer than" in failure.message
    assert output == from_line(good)
