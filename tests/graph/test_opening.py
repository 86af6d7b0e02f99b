from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from graph.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreMissingError,
    StoreOutdatedError,
    StoreTooNewError,
    UnknownAddressError,
)
from graph.opening import open_store, store_path
from graph.sqlite.connection import open_connection
from graph.sqlite.migrating import FOLDER, check_schema, migrate
from settings import ROOT
from tests.graph.conftest import put
from tests.graph.samples import extraction


def test_a_reader_needs_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="zhengmai ingest"):
        open_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database at all, just some text" * 50, b"SQLite format 3\x00" + b"\xff" * 4000])
@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path, content: bytes, write: bool) -> None:
    path = tmp_path / "zhengmai.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match=r"zhengmai\.db"):
        open_store(tmp_path, write=write)  # type: ignore[call-overload]
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zhengmai.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE places (id, url)")
    other.close()
    with pytest.raises(StoreDamagedError, match="another program"):
        open_store(tmp_path, write=True)


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path, write=True).close()
    db = apsw.Connection(str(tmp_path / "zhengmai.db"))
    db.execute("PRAGMA user_version = 999")
    db.close()
    for write in (False, True):
        with pytest.raises(StoreTooNewError, match="999"):
            open_store(tmp_path, write=write)  # type: ignore[call-overload]


def next_schema(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    number = int(max(folder.glob("*.sql")).name[:3])
    (folder / f"{number + 1:03d}_notes.sql").write_text("CREATE TABLE notes (note TEXT) STRICT;")
    return folder


def test_a_migration_goes_forward_after_a_backup(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = open_store(home, write=True)
    one = put(store, extraction()).document_id
    store.close()
    path, folder = home / "zhengmai.db", next_schema(tmp_path)
    reader = open_connection(path, write=False)
    with pytest.raises(StoreOutdatedError):
        check_schema(reader, path, folder)
    reader.close()
    db = open_connection(path, write=True)
    migrate(db, path, folder)
    assert db.execute("SELECT id FROM documents").get == one
    db.execute("INSERT INTO notes VALUES ('a')")
    check_schema(db, path, folder)
    db.close()
    [backup] = home.glob("*.backup.db")
    old = open_connection(backup, write=False)
    assert old.execute("SELECT id FROM documents").get == one
    assert not list(old.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'"))
    old.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    open_store(home, write=True).close()
    folder = next_schema(tmp_path)
    bad = max(folder.glob("*.sql"))
    bad.write_text("CREATE TABLE notes (note TEXT) STRICT; CREATE TABLE documents (again TEXT);")
    db = open_connection(home / "zhengmai.db", write=True)
    with pytest.raises(apsw.SQLError):
        migrate(db, home / "zhengmai.db", folder)
    assert not list(db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'"))
    db.close()
    open_store(home, write=True).close()


def test_one_writer_at_a_time_and_the_error_names_it(tmp_path: Path) -> None:
    code = """import sys
from graph.opening import open_store
store = open_store(sys.argv[1], write=True)
print("open", flush=True)
input()"""
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreBusyError, match=str(holder.pid)):
            open_store(tmp_path, write=True)
        open_store(tmp_path).close()
    finally:
        holder.kill()
        holder.communicate()
    open_store(tmp_path, write=True).close()


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    first = open_store(tmp_path, write=True)
    with pytest.raises(StoreBusyError, match=str(os.getpid())):
        open_store(tmp_path, write=True)
    first.close()
    open_store(tmp_path, write=True).close()


def test_readers_see_what_the_writer_commits_and_cannot_write(tmp_path: Path) -> None:
    store = open_store(tmp_path, write=True)
    reader = open_store(tmp_path)
    version = reader.version()
    one = put(store, extraction()).document_id
    assert reader.version() > version
    assert reader.document(one) is not None
    assert reader.snapshot() == store.snapshot()
    assert not hasattr(reader, "load")
    store.close()
    assert reader.document(one) is not None
    reader.close()


def test_a_store_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = open_store(home, write=True)
    one = put(store, extraction()).document_id
    store.close()
    home.chmod(0o555)
    try:
        reader = open_store(home)
        assert reader.document(one) is not None
        reader.close()
    finally:
        home.chmod(0o755)


def test_many_threads_read_while_one_writes(tmp_path: Path) -> None:
    store = open_store(tmp_path, write=True)
    put(store, extraction())
    reader = open_store(tmp_path)
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for document in reader.documents().rows:
                outline = reader.outline(document.id)
                if len(outline) != 2 or reader.document_facts(document.id)["responsibilities"] == ():
                    wrong.append(outline)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(2, 30):
        put(store, extraction(f"测政发〔2015〕{n}号", body=f"第{n}号文件另有规定，" * 20), f"{n}.txt")
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert reader.counts().documents == 29
    reader.close()
    store.close()


def _count(home: str) -> int:
    reader = open_store(home)
    try:
        return reader.counts().documents
    finally:
        reader.close()


def test_other_processes_read_at_once(tmp_path: Path) -> None:
    store = open_store(tmp_path, write=True)
    put(store, extraction())
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_count, [str(tmp_path)] * 4) == [1] * 4
    store.close()


@pytest.mark.parametrize("address", ["mongodb://x", "http://example.org/store"])
def test_an_address_without_an_engine_is_named(address: str) -> None:
    with pytest.raises(UnknownAddressError, match=address):
        store_path(address)


def test_the_address_is_a_folder_or_a_file(tmp_path: Path) -> None:
    assert store_path(tmp_path) == tmp_path / "zhengmai.db"
    assert store_path(tmp_path / "other.db") == tmp_path / "other.db"
