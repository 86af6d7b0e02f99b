from __future__ import annotations

import json
from pathlib import Path

import pytest

import ingest.extract
from graph.batch import ingest_paths, refresh
from graph.gathering import gather
from graph.opening import open_store
from ingest.records import Locator
from tests.ingest.files import LAW, paragraph, pdf, word, zipped

TEXT = "\n".join(LAW)


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(TEXT)
    (tmp_path / "2.txt").write_text(TEXT)
    files, failures = gather([tmp_path])
    assert [file.address for file in files] == ["2.txt", "a/1.txt", "b/1.txt"]
    assert failures == []


def test_links_within_a_folder_are_followed_and_those_out_of_it_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "pile", tmp_path / "other"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "text.txt").write_text(TEXT)
    (inside / "same.txt").symlink_to(inside / "text.txt")
    (inside / "out.txt").symlink_to(outside / "text.txt")
    (inside / "folder").symlink_to(outside)
    files, failures = gather([inside])
    assert [file.address for file in files] == ["same.txt"] or [file.address for file in files] == ["text.txt"]
    assert sorted(failure.file for failure in failures) == ["folder", "out.txt"]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (failure,) = gather([tmp_path / "pipe"])[1]
    assert "no regular file" in failure.message


def test_documents_of_archives_and_lists_are_held_each_by_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "laws.zip").write_bytes(zipped({"一.docx": word("".join(map(paragraph, LAW)))}))
    record = {"wenben": TEXT.replace("某市", "另一市"), "content": "x"}
    (tmp_path / "crawl.jsonl").write_text(json.dumps(record) + "\n{}\n")
    with open_store(tmp_path / "home", write=True) as store:
        with monkeypatch.context() as older:
            older.setattr(ingest.extract, "extractor_version", lambda: "older")
            summary = ingest_paths(store, [tmp_path / "laws.zip", tmp_path / "crawl.jsonl"], mapping={"text": "wenben"})
        assert [item.file for item in summary.items] == ["crawl.jsonl#1", "laws.zip!/一.docx"]
        assert [failure.file for failure in summary.failures] == ["crawl.jsonl#2"]
        before = [store.source_text(item.document_id) for item in summary.items]
        assert refresh(store).of("refreshed") == 2  # from the stored bytes, with the mapping they were taken with
        assert [store.source_text(item.document_id) for item in summary.items] == before


def test_pages_are_kept_with_the_text(tmp_path: Path) -> None:
    (tmp_path / "law.pdf").write_bytes(pdf([[LAW[0]], [LAW[3]]]))
    with open_store(tmp_path / "home", write=True) as store:
        (item,) = ingest_paths(store, [tmp_path / "law.pdf"]).items
        text = store.source_text(item.document_id) or ""
        first = Locator(start=0, end=len(LAW[0]), kind="page", label="1")
        second = Locator(start=text.index(LAW[3]), end=len(text), kind="page", label="2")
        assert store.locators(item.document_id) == (first, second)
        assert store.delete(item.document_id)
        assert store.locators(item.document_id) == ()
