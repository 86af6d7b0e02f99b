"""ingest, delete and refresh: what a script can rely on."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from graph.opening import open_store
from tests.cli import run


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    """A copy of the shipped store that a test may change."""
    return Path(shutil.copytree(shipped_home, tmp_path / "home"))


def test_one_bad_file_is_named_and_the_others_are_ingested(policies: Path, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    shutil.copy(next(policies.glob("004_*")), folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "scan.txt").write_bytes(b"%PDF-1.7\n")
    call = run("ingest", str(folder), str(tmp_path / "absent"), home=tmp_path / "home")
    assert call.status == 1
    assert "1 new" in call.out
    for name in ("empty.txt", "scan.txt", "absent"):
        assert name in call.err
    assert "Traceback" not in call.err
    assert run("stats", "--json", home=tmp_path / "home").json["counts"]["documents"] == 1


def test_a_summary_counts_what_the_store_holds(policies: Path, tmp_path: Path) -> None:
    call = run("ingest", str(policies), home=tmp_path)
    assert call.status == 0
    assert call.err == ""
    words = call.out.split()
    assert words[:2] == ["5", "new"]
    assert words[words.index("documents") + 1] == "5"
    assert {"measures", "departments", "citations", "targets", "understood"} <= set(words)


def test_extraction_in_several_processes_gives_the_same_store(policies: Path, shipped_home: Path, tmp_path: Path) -> None:
    assert run("ingest", str(policies), "--jobs", "2", home=tmp_path).status == 0
    assert run("export", home=tmp_path).out == run("export", home=shipped_home).out


def test_what_is_deleted_is_told_and_is_gone(home: Path) -> None:
    answer = run("delete", "内政发[2015]71号", "--json", home=home).json
    assert answer["deleted"]["doc_number"] == "内政发〔2015〕71号"
    assert answer["counts"]["documents"] == 4
    again = run("delete", "内政发[2015]71号", home=home)
    assert again.status == 1
    assert "内政发[2015]71号" in again.err


def test_a_search_after_a_deletion_does_not_find_what_is_gone(home: Path) -> None:
    assert run("search", "农牧民工", "--json", home=home).json["hits"]
    for number in ("内政发〔2015〕71号", "二政发〔2016〕7号"):
        assert run("delete", number, home=home).status == 0
    assert not [
        hit
        for hit in run("search", "农民工", "--json", home=home).json["hits"]
        if hit["document"]["doc_number"] in ("内政发〔2015〕71号", "二政发〔2016〕7号")
    ]


def test_refresh_reads_again_only_what_an_older_extractor_read(home: Path) -> None:
    assert run("refresh", "--json", home=home).json["items"] == []
    before = run("export", home=home).out
    with sqlite3.connect(home / "zhengmai.db") as connection:
        connection.execute("UPDATE documents SET extractor = 'older' WHERE doc_number = '内政发〔2015〕71号'")
    connection.close()
    refreshed = run("refresh", "--json", home=home).json["items"]
    assert [item["outcome"] for item in refreshed] == ["refreshed"]
    assert run("export", home=home).out == before


def test_a_second_writer_is_refused_and_told_who_writes(home: Path, policies: Path) -> None:
    store = open_store(home, write=True)
    try:
        call = run("ingest", str(policies), home=home)
    finally:
        store.close()
    assert call.status == 3
    assert str(os.getpid()) in call.err
    assert run("ingest", str(policies), home=home).status == 0


def test_a_store_that_is_none_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "zhengmai.db").write_bytes(b"this is not a database, but it is long enough to be read as one" * 50)
    call = run("stats", home=tmp_path)
    assert call.status == 3
    assert "zhengmai.db" in call.err
    assert "Traceback" not in call.err
