"""A record beside a text tells its fields, is no document itself, and is taken in again when it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.batch import ingest_paths, refresh
from graph.halves import extract_paths
from graph.protocol import DocumentRow, Store

TEXT = "一、目标任务\n到2020年，新建公共充电桩1000个。（市发展改革委牵头）\n二、组织保障\n各有关部门要加强领导。\n"
RECORD = {"title": "吉安市人民政府关于加快充电桩建设的意见", "文号": "吉府发〔2018〕3号", "发布日期": "2018-05-06"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "crawl"
    place.mkdir()
    (place / "0001.txt").write_text(TEXT, encoding="utf-8")
    (place / "0001.txt.json").write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    return place


def only(store: Store) -> DocumentRow:
    (row,) = store.documents().rows
    return row


def test_fields_that_the_text_does_not_print_come_from_the_record_beside_it(store: Store, folder: Path) -> None:
    summary = ingest_paths(store, [folder])
    fields = only(store).fields
    assert summary.failures == ()
    assert (fields.title, fields.doc_number) == (RECORD["title"], RECORD["文号"])
    assert (fields.published_on, fields.jurisdiction) == ("2018-05-06", "吉安市")
    assert {c.field for c in fields.candidates if c.place == "sidecar"} == {"title", "doc_number", "published_on"}


def test_a_changed_record_is_taken_in_and_an_unchanged_one_changes_nothing(store: Store, folder: Path) -> None:
    ingest_paths(store, [folder])
    assert ingest_paths(store, [folder]).of("unchanged") == 1
    changed = RECORD | {"文号": "吉府发〔2018〕4号"}
    (folder / "0001.txt.json").write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    ingest_paths(store, [folder])
    assert only(store).fields.doc_number == "吉府发〔2018〕4号"
    (folder / "0001.txt.json").unlink()
    ingest_paths(store, [folder])
    assert only(store).fields.doc_number is None


def test_what_it_told_outlives_the_folder(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.extract

    with monkeypatch.context() as older:
        older.setattr(ingest.extract, "extractor_version", lambda: "0older")
        ingest_paths(store, [folder])
    for path in folder.iterdir():
        path.unlink()
    version = ingest.extract.extractor_version()
    assert len(store.stale(version)) == 1
    assert refresh(store).of("refreshed") == 1
    assert store.stale(version) == ()
    assert only(store).fields.doc_number == RECORD["文号"]


def test_a_record_with_a_text_is_a_document_and_one_alone_is_refused_by_name(store: Store, folder: Path) -> None:
    (folder / "0001.txt.json").rename(folder / "alone.json")
    text = RECORD | {"title": "吉安市人民政府关于停车的意见", "content": TEXT * 3}
    (folder / "0001.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    summary = ingest_paths(store, [folder])
    assert sorted(item.file for item in summary.items) == ["0001.json", "0001.txt"]
    assert [failure.file for failure in summary.failures] == ["alone.json"]


def test_the_first_half_takes_it_too(folder: Path) -> None:
    lines: list[bytes] = []
    extract_paths([folder / "0001.txt"], lines.append)
    (line,) = lines
    assert RECORD["文号"] in line.decode()
