from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import run
from tests.graph.samples import document_text
from tests.graph.test_deciding import LONG


@pytest.fixture
def home(tmp_path: Path) -> Path:
    text = document_text(1, more="".join(f"（{n}）第{n}件。{LONG}\n" for n in "三四五六七八九"))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("2015年6月1日", "2015年6月9日"), encoding="utf-8")
    assert run("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), home=tmp_path / "home").status == 0
    return tmp_path / "home"


def test_texts_nearly_the_same_are_listed_and_decided_on(home: Path) -> None:
    listed = run("duplicates", home=home)
    assert listed.status == 0
    assert "a.txt" in listed.out
    assert "“1” → “9”" in listed.out
    found = run("duplicates", "--undecided", "--json", home=home).json
    assert [(item["differing"], item["relation"]) for item in found["items"]] == [(1, "version")]
    assert run("duplicates", "of", "a.txt", "--json", home=home).json["items"] == found["items"]
    assert len(run("duplicates", "same", "a.txt", "b.txt", "--json", home=home).json["documents"]) == 1
    assert (
        run("stats", "--json", home=home).json["counts"] | {"documents": 1, "sources": 2}
        == (run("stats", "--json", home=home).json["counts"])
    )
    assert len(run("duplicates", "undecided", "a.txt", "b.txt", "--json", home=home).json["documents"]) == 2
    assert run("duplicates", "different", "a.txt", "b.txt", home=home).status == 0
    assert run("duplicates", "--undecided", "--json", home=home).json["total"] == 0


def test_a_text_that_is_not_held_is_named(home: Path) -> None:
    wrong = run("duplicates", "same", "a.txt", "nothing.txt", home=home)
    assert (wrong.status, "nothing.txt" in wrong.err, "Traceback" in wrong.err) == (1, True, False)
