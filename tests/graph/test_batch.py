from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.batch import gather, ingest_paths, refresh
from graph.dispatching import extract_all
from graph.extracting import Input
from graph.protocol import Store
from tests.graph.conftest import exported
from tests.graph.samples import document_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents, one of them in a folder below, and what a reader's machine adds."""
    top = tmp_path / "texts"
    (top / "more").mkdir(parents=True)
    for n, place in enumerate(("吉安市", "昆明市", "二连浩特市", "泰安市"), 1):
        (top / ("more" if n == 4 else ".") / f"{n}.txt").write_text(document_text(n, place), encoding="utf-8")
    (top / ".DS_Store").write_bytes(b"\x00\x01")
    return top


def test_a_folder_is_ingested_with_what_is_below_it(store: Store, folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    summary = ingest_paths(store, [folder], progress=lambda *step: seen.append(step))
    assert [item.file for item in summary.items] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert summary.failures == ()
    assert seen[:4] == [(n, 4, f"{n}.txt") for n in range(1, 5)]
    assert [label.split()[0] for _, _, label in seen[4:]] == ["vectors"]
    assert seen[-1][0] == seen[-1][1]
    assert summary.counts.documents == summary.of("new") == 4
    assert summary.counts.measures == sum(item.measures for item in summary.items) > 4
    assert summary.embedded == summary.counts.provisions
    assert store.missing_vectors(store.meta("model") or "") == ()


def test_ingesting_again_changes_nothing(store: Store, folder: Path) -> None:
    ingest_paths(store, [folder])
    version, before = store.version(), exported(store)
    summary = ingest_paths(store, [folder, folder / "1.txt"])
    assert summary.of("unchanged") == 4
    assert store.version() == version
    assert exported(store) == before


def test_the_order_of_ingest_and_the_number_of_processes_do_not_show(new_store: Callable[[], Store], folder: Path) -> None:
    exports = []
    one, two, three = new_store(), new_store(), new_store()
    ingest_paths(one, [folder])
    for path in sorted(folder.rglob("*.txt"), reverse=True):
        ingest_paths(two, [path])
    ingest_paths(three, [folder / "more", folder], jobs=2)
    exports = [exported(store) for store in (one, two, three)]
    assert exports[0] == exports[1] == exports[2]
    assert len({store.snapshot() for store in (one, two, three)}) == 1


def test_the_shipped_documents_in_another_order_give_the_same_export(new_store: Callable[[], Store], policies: Path) -> None:
    one, two = new_store(), new_store()
    ingest_paths(one, [policies])
    for path in sorted(policies.iterdir(), reverse=True):
        ingest_paths(two, [path])
    assert exported(one) == exported(two)


def test_a_bad_file_costs_only_itself(store: Store, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    summary = ingest_paths(store, [folder, folder / "gone.txt"])
    assert summary.of("new") == 4
    assert [Path(f.file).name for f in summary.failures] == ["gone.txt", "empty.txt", "picture.txt"]
    for failure in summary.failures:
        assert Path(failure.file).name in failure.message
    assert store.counts().sources == 4


def test_a_changed_file_is_read_again(store: Store, folder: Path) -> None:
    ingest_paths(store, [folder])
    ids = {d.id for d in store.documents().rows}
    (folder / "1.txt").write_text(document_text(1, "吉安市", more="三、保障措施\n\n各地要加强领导。\n"), encoding="utf-8")
    summary = ingest_paths(store, [folder])
    assert (summary.of("replaced"), summary.of("unchanged")) == (1, 3)
    assert {d.id for d in store.documents().rows} == ids
    assert store.missing_vectors(store.meta("model") or "") == ()


def test_refresh_does_again_what_an_older_extractor_read(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.extract

    with monkeypatch.context() as older:
        older.setattr(ingest.extract, "extractor_version", lambda: "older")
        ingest_paths(store, [folder])
    assert len(store.stale(ingest.extract.extractor_version())) == 4
    ids = {d.id for d in store.documents().rows}
    for path in folder.rglob("*.txt"):
        path.unlink()
    summary = refresh(store)
    assert summary.of("refreshed") == 4
    assert store.stale(ingest.extract.extractor_version()) == ()
    assert {d.id for d in store.documents().rows} == ids
    assert refresh(store).items == ()


def test_files_are_taken_once_and_by_name(folder: Path) -> None:
    files, failures = gather([folder / "more", folder, folder / "2.txt"])
    assert [file.address for file in files] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert failures == []


def test_processes_give_outputs_in_the_order_of_inputs() -> None:
    inputs = [Input(f"{n}.txt", document_text(n).encode()) for n in range(12)] + [Input("bad.txt", b"")]
    outputs = list(extract_all(inputs, jobs=2))
    assert [o.name for o in outputs] == [i.name for i in inputs]
    assert [o.extraction is None for o in outputs] == [False] * 12 + [True]
