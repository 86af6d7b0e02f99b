"""resolve: what a script gets from it."""

from __future__ import annotations

import json
import unicodedata

from tests.cli import run


def test_resolve_prints_a_list_with_one_object_for_each_name() -> None:
    found = run("resolve", "吉安市教科局", "内蒙古自治区国土资源厅", "--json").json
    assert [body["name"] for body in found] == ["吉安市教科局", "内蒙古自治区国土资源厅"]
    assert found[0]["jurisdiction"] == "吉安市"
    assert set(found[0]["systems"]) == {"education", "science"}
    assert found[1]["successors"] == ["内蒙古自治区自然资源厅"]
    assert {"name", "body", "jurisdiction", "level", "systems", "status", "valid_from", "valid_to", "successors"} <= set(
        found[0]
    )


def test_resolve_reads_names_from_standard_input() -> None:
    call = run("resolve", "-", "--json", given="市财政局\n\n  市教育局 \n")
    assert [body["name"] for body in json.loads(call.out)] == ["市财政局", "市教育局"]


def test_resolve_as_text_keeps_chinese_columns_in_line() -> None:
    wanted = {"吉安市教育局": "education", "财政部": "finance", "内蒙古自治区农牧业厅": "agriculture"}
    lines = run("resolve", *wanted).out.splitlines()
    before = [line[: line.index(system)] for line, system in zip(lines, wanted.values(), strict=True)]
    assert len({sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text) for text in before}) == 1


def test_a_place_that_there_is_not_is_wrong_usage() -> None:
    call = run("resolve", "财政局", "--place", "火星市")
    assert call.status == 2
    assert "火星市" in call.err


def test_a_name_that_says_nothing_is_nothing_found() -> None:
    assert run("resolve", "某某某").status == 1
