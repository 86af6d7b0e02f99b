"""An ingest that is killed at any moment leaves whole documents, and the same ingest run again completes it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import apsw
import pytest

from graph.batch import ingest_paths
from graph.opening import open_store
from settings import ROOT
from tests.graph.samples import document_text

DOCUMENTS, STORES, KILLS = 30, 10, 2
OF_A_DOCUMENT = {"document", "provision", "responsibility", "citation", "target", "programme"}

INGEST = """import sys
from graph.batch import ingest_paths
from graph.opening import open_store
store = open_store(sys.argv[1], write=True)
ingest_paths(store, [sys.argv[2]], progress=lambda done, total, file: print(done, flush=True))
print("embedded", flush=True)
store.close()"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("crash")
    for n in range(1, DOCUMENTS + 1):
        place = ("吉安市", "昆明市", "泰安市")[n % 3]
        more = "".join(f"（{m}）另有第{m}项工作，由市财政局、市教育局负责。\n\n" for m in range(30))
        (top / f"{n:02d}.txt").write_text(document_text(n, place, more), encoding="utf-8")
    return top


def lines_by_document(home: Path) -> dict[str, list[str]]:
    """What the store says of each document, as exported."""
    reader = open_store(home)
    found: dict[str, list[str]] = defaultdict(list)
    for line in reader.export():
        if line["type"] in OF_A_DOCUMENT:
            owner = line["id"] if line["type"] == "document" else line["document"]["id"]
            found[owner].append(json.dumps(line, sort_keys=True))
    reader.close()
    return dict(found)


def whole_export(home: Path) -> list[str]:
    reader = open_store(home)
    lines = [json.dumps(line, sort_keys=True) for line in reader.export()]
    reader.close()
    return lines


def kill_at_a_moment(home: Path, folder: Path, chance: random.Random) -> bool:
    """Run an ingest and kill it a moment after some document; false when it had ended before."""
    command = [sys.executable, "-c", INGEST, str(home), str(folder)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    stop = chance.randint(1, DOCUMENTS)
    for line in child.stdout:
        if line.strip() in (str(stop), "embedded"):
            break
    time.sleep(chance.random() * 0.05)
    child.kill()
    child.communicate()
    return child.returncode == -9


@pytest.mark.slow
def test_kill_at_twenty_moments(tmp_path: Path, folder: Path) -> None:
    store = open_store(tmp_path / "undisturbed", write=True)
    ingest_paths(store, [folder])
    store.close()
    expected, export = lines_by_document(tmp_path / "undisturbed"), whole_export(tmp_path / "undisturbed")
    chance, killed, partial = random.Random(7), 0, 0
    for n in range(STORES):
        home = tmp_path / f"home{n}"
        for _ in range(KILLS):
            killed += kill_at_a_moment(home, folder, chance)
            found = lines_by_document(home)
            partial += 0 < len(found) < DOCUMENTS
            assert found == {document: expected[document] for document in found}
            db = apsw.Connection(str(home / "zhengmai.db"), flags=apsw.SQLITE_OPEN_READONLY)
            assert db.execute("PRAGMA integrity_check").get == "ok"
            assert not list(db.execute("PRAGMA foreign_key_check"))
            db.close()
        store = open_store(home, write=True)
        ingest_paths(store, [folder])
        assert store.missing_vectors(store.meta("model") or "") == ()
        store.close()
        assert whole_export(home) == export
    assert killed >= STORES
    assert partial >= STORES // 2
