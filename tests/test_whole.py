"""What the whole must show, through the command as a user calls it, on the shipped documents."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.cli import command, environment, run
from tests.served import serving


@pytest.mark.parametrize("question", ["who handles housing", "谁负责住房"], ids=["English", "Chinese"])
def test_housing_is_led_by_the_department_of_housing_in_each_place(shipped_home: Path, question: str) -> None:
    words = question.split() if " " in question else [question]
    answers = run("who", *words, "--json", home=shipped_home).json["answers"]
    assert len({answer["document"]["id"] for answer in answers}) == 5
    for answer in answers:
        leads = [body for body in answer["bodies"] if body["role"] == "lead" and "housing" in body["system"].split("+")]
        assert leads, answer["jurisdiction"]
        assert [body["role"] for body in answer["bodies"]].index("lead") == 0
        for body in leads:
            assert body["name"] in body["quote"]


def test_in_jian_the_two_bureaus_that_share_housing_are_both_named(shipped_home: Path) -> None:
    answers = run("who", "谁负责住房", "--place", "吉安市", "--json", home=shipped_home).json["answers"]
    names = {body["name"] for answer in answers for body in answer["bodies"] if body["role"] == "lead"}
    assert {"市城建局", "市房管局"} <= names


def test_the_words_of_an_answer_stand_where_it_says(shipped_home: Path) -> None:
    for answer in run("who", "谁负责住房", "--json", home=shipped_home).json["answers"]:
        text = run("show", answer["document"]["id"], "--json", home=shipped_home).json["source_text"]
        for body in answer["bodies"]:
            assert text[body["start"] : body["end"]] == body["quote"]


def test_every_kind_of_thing_an_answer_names_can_be_shown(shipped_home: Path) -> None:
    document = run("show", "内政发[2015]71号", "--json", home=shipped_home).json
    record = next(row for row in document["facts"]["responsibilities"] if row["department_id"])
    citation = next(row for row in document["facts"]["citations"] if row["instrument_id"])
    wanted = [record["provision_id"], record["department_id"], citation["instrument_id"], record["id"], "housing"]
    for identifier in (document["document"]["id"], *wanted):
        assert run("show", identifier, home=shipped_home).out, identifier
        assert run("show", identifier, "--json", home=shipped_home).json["snapshot"] == document["snapshot"]


def test_two_fresh_ingests_in_different_order_are_the_same_store(policies: Path, tmp_path: Path) -> None:
    files = [str(path) for path in sorted(policies.glob("*.txt"))]
    exports = []
    for name, order in (("forward", files), ("backward", files[::-1])):
        for part in (order[:2], order[2:]):
            assert run("ingest", *part, home=tmp_path / name).status == 0
        exports.append(run("export", home=tmp_path / name).out)
    assert exports[0] == exports[1]
    assert exports[0].count("\n") > 1000


def test_ingesting_again_changes_nothing(policies: Path, tmp_path: Path) -> None:
    first = run("ingest", str(policies), "--json", home=tmp_path).json
    before = run("export", home=tmp_path).out
    second = run("ingest", str(policies), "--json", home=tmp_path).json
    assert run("export", home=tmp_path).out == before
    assert first["counts"] == second["counts"]
    assert [item["outcome"] for item in first["items"]] == ["new"] * 5
    assert [item["outcome"] for item in second["items"]] == ["unchanged"] * 5


def mentions(store: Path, words: set[str]) -> list[str]:
    """The tables and columns of a store in which one of these words stands anywhere."""
    found = []
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column for column, *_ in cursor.description]
            for row in cursor:
                found += [f"{table}.{c}: {v!r:.80}" for c, v in zip(columns, row, strict=True) if mentioned(v, words)]
    return found


def mentioned(value: Any, words: set[str]) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return any(word in text for word in words)


def test_deleting_a_document_leaves_no_row_that_mentions_it(policies: Path, tmp_path: Path) -> None:
    assert run("ingest", str(policies), home=tmp_path).status == 0
    shown = run("show", "内政发〔2015〕71号", "--json", home=tmp_path).json["document"]
    words = {shown["id"], "000_98ded61baaf3bf65"}
    assert mentions(tmp_path / "zhengmai.db", words)
    assert run("delete", "内政发〔2015〕71号", home=tmp_path).status == 0
    assert mentions(tmp_path / "zhengmai.db", words) == []
    assert run("show", shown["id"], home=tmp_path).status == 1
    only_others = tmp_path / "others"
    assert run("ingest", *(str(p) for p in sorted(policies.glob("*.txt"))[1:]), home=only_others).status == 0
    assert run("export", home=tmp_path).out == run("export", home=only_others).out


def test_ctrl_c_stops_the_site_cleanly(shipped_home: Path) -> None:
    with serving(shipped_home) as (process, _):
        # A terminal sends Ctrl-C to every process of the foreground group.
        subprocess.run(["kill", "-INT", "--", f"-{process.pid}"], check=True)
        out, err = process.communicate(timeout=30)
        assert process.returncode in (0, 130)
        assert "Traceback" not in out + err


def test_ctrl_c_stops_an_ingest_cleanly_and_the_next_one_completes_it(policies: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("ingest", str(policies)), env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and not (tmp_path / "zhengmai.db").exists():
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in out + err
    assert run("ingest", str(policies), home=tmp_path).status == 0
    assert run("stats", "--json", home=tmp_path).json["counts"]["documents"] == 5


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("search", "住房", "-k", "3"), "/search?q=%E4%BD%8F%E6%88%BF&k=3"),
        (("who", "housing"), "/who?q=housing"),
        (("stats",), "/stats"),
        (("trace", "内政发〔2015〕71号"), "/trace/%E5%86%85%E6%94%BF%E5%8F%91%E3%80%942015%E3%80%9571%E5%8F%B7"),
    ],
    ids=["search", "who", "stats", "trace"],
)
def test_the_command_prints_the_same_object_as_the_api(
    site: str, shipped_home: Path, arguments: tuple[str, ...], path: str
) -> None:
    with urllib.request.urlopen(f"{site}/api/v1{path}", timeout=30) as answer:
        assert run(*arguments, "--json", home=shipped_home).json == json.load(answer)
