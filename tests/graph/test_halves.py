"""The two halves of an ingest apart give the store that it gives in one go, however they were stopped and run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.batch import ingest_paths, refresh
from graph.corrections import Correction
from graph.halves import NoRecordsError, extract_paths, gone_on_with, load_records
from graph.protocol import Store
from ingest.embedding import load
from tests.graph.conftest import exported
from tests.graph.samples import document_text

PLACES = ("吉安市", "昆明市", "二连浩特市", "泰安市", "南昌市", "青岛市")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents alone and in an archive, one that cannot be read."""
    top = tmp_path / "texts"
    top.mkdir()
    for n, place in enumerate(PLACES, 1):
        (top / f"{n}.txt").write_text(document_text(n, place), encoding="utf-8")
    with zipfile.ZipFile(top / "more.zip", "w") as archive:
        archive.writestr("7.txt", document_text(7))
        archive.writestr("8.txt", document_text(8))
    (top / "empty.txt").write_bytes(b"")
    return top


def written(folder: Path, **how: object) -> bytes:
    """All lines of the first half."""
    stream = io.BytesIO()
    found = extract_paths([folder], stream.write, **how)  # type: ignore[arg-type]
    assert (found.written, [failure.file for failure in found.failures]) == (8, ["empty.txt"])
    return stream.getvalue()


def test_halves_give_the_store_of_one_go(new_store: Callable[[], Store], folder: Path, tmp_path: Path) -> None:
    whole, halves, pooled = new_store(), new_store(), new_store()
    ingest_paths(whole, [folder])
    (tmp_path / "r.jsonl").write_bytes(written(folder))
    (tmp_path / "v.jsonl").write_bytes(written(folder, jobs=2, model="builtin"))
    plain, embedded = load_records(halves, [tmp_path / "r.jsonl"]), load_records(pooled, [tmp_path / "v.jsonl"])
    assert exported(whole) == exported(halves) == exported(pooled)
    assert whole.snapshot() == halves.snapshot() == pooled.snapshot()
    assert plain.embedded == embedded.embedded == plain.counts.provisions
    name = load().name
    assert (whole.vectors(name).matrix == pooled.vectors(name).matrix).all()
    assert (whole.vectors(name).matrix == halves.vectors(name).matrix).all()


def test_vectors_of_another_model_are_made_anew(store: Store, folder: Path, tmp_path: Path) -> None:
    name = load().name
    lines = written(folder, model="builtin").replace(name.encode(), b"another")
    (tmp_path / "r.jsonl").write_bytes(lines)
    summary = load_records(store, [tmp_path / "r.jsonl"])
    assert summary.embedded == summary.counts.provisions
    assert len(store.vectors(name).ids) == summary.counts.provisions
    assert store.vectors("another").ids == ()


def test_a_damaged_line_costs_only_itself_and_loading_again_changes_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    first, *others = written(folder).splitlines(keepends=True)
    (tmp_path / "r.jsonl").write_bytes(b"".join([first[:100] + b"\n", *others]))
    summary = load_records(store, [tmp_path / "r.jsonl", tmp_path / "absent.jsonl"])
    assert summary.of("new") == 7
    assert [failure.file for failure in summary.failures] == ["r.jsonl, line 1", str(tmp_path / "absent.jsonl")]
    version, before = store.version(), exported(store)
    assert load_records(store, [tmp_path / "r.jsonl"]).of("unchanged") == 7
    assert (store.version(), exported(store)) == (version, before)


def test_a_text_without_provisions_is_loaded_with_its_no_vectors(store: Store, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("通知", encoding="utf-8")
    with gone_on_with(tmp_path / "r.jsonl", "builtin") as (stream, done):
        assert extract_paths([tmp_path / "short.txt"], stream.write, model="builtin", done=done).written == 1
    summary = load_records(store, [tmp_path / "r.jsonl"])
    assert (summary.of("new"), summary.embedded, summary.counts.provisions) == (1, 0, 0)


def test_a_first_half_that_was_stopped_anywhere_goes_on(folder: Path, tmp_path: Path) -> None:
    whole, file = written(folder), tmp_path / "r.jsonl"
    lines = whole.splitlines(keepends=True)
    for end in (0, 50, len(lines[0]), len(whole) // 2, len(whole) - 1, len(whole)):
        file.write_bytes(whole[:end])
        with gone_on_with(file) as (stream, done):
            found = extract_paths([folder], stream.write, done=done)
        assert file.read_bytes() == whole
        assert found.written + found.there == 8
        assert found.there == whole[:end].count(b"\n")


def test_going_on_extracts_again_what_has_no_vectors_or_another_version(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_bytes(written(folder))
    with gone_on_with(file, "builtin") as (_, done):
        assert not done
    extractor = file.read_bytes().partition(b'"extractor":"')[2][:16]
    file.write_bytes(file.read_bytes().replace(extractor, b"0" * 16))
    with gone_on_with(file) as (stream, done):
        assert extract_paths([folder], stream.write, done=done).written == 8


@pytest.mark.parametrize("content", [b"notes", b"notes\nmore\n", b'{"file": 1}\n', b"\x00" * 20])
def test_a_file_that_holds_something_else_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    with pytest.raises(NoRecordsError, match=r"notes\.txt"), gone_on_with(file):
        pass
    assert file.read_bytes() == content


def test_records_of_another_version_are_loaded_and_told(store: Store, folder: Path, tmp_path: Path) -> None:
    extractor = written(folder).partition(b'"extractor":"')[2][:16]
    (tmp_path / "r.jsonl").write_bytes(written(folder).replace(extractor, b"0" * 16))
    summary = load_records(store, [tmp_path / "r.jsonl"])
    assert {item.note and "zhengmai refresh" in item.note for item in summary.items} == {True}
    assert refresh(store).of("refreshed") == 8


def test_corrections_in_force_hold_for_what_is_loaded(store: Store, folder: Path, tmp_path: Path) -> None:
    ingest_paths(store, [folder / "1.txt"])
    row = store.documents().rows[0]
    store.correct([Correction(sha256=row.sources[0].sha256, field="title", cell="改正的标题")])
    store.delete(row.id)
    (tmp_path / "r.jsonl").write_bytes(written(folder))
    load_records(store, [tmp_path / "r.jsonl"])
    assert "改正的标题" in {one.fields.title for one in store.documents().rows}


def test_one_document_of_an_archive_can_be_named(folder: Path) -> None:
    lines: list[bytes] = []
    found = extract_paths([f"{folder}/more.zip!/8.txt", f"{folder}/more.zip!/9.txt"], lines.append)
    assert found.written == len(lines) == 1
    assert b'"address":"more.zip!/8.txt"' in lines[0]
    assert [failure.file for failure in found.failures] == ["more.zip!/9.txt"]
    assert "more.zip!/7.txt" in found.failures[0].message
