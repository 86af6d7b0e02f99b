"""extract and load: what a script can rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT
from tests.cli import Call, command, environment, run


def test_extract_prints_one_object_in_the_form_of_the_annotations(policies: Path) -> None:
    file = next(policies.glob("000_*.txt"))
    found = run("extract", str(file)).json
    assert found["file"] == file.name
    assert found["source_text"] == file.read_bytes().decode("utf-8")
    assert found["document"]["doc_number"] == "内政发〔2015〕71号"
    assert {"provisions", "responsibilities", "citations", "targets", "programmes"} <= set(found)
    programme = found["programmes"][0]
    assert programme["rule"]
    assert programme["name"] in found["source_text"][programme["start"] : programme["end"]]


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "no such file"), (b"", "empty"), (b"\x89PNG\r\n\x1a\n", "png")],
    ids=["absent", "empty", "a picture"],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, content: bytes | None, word: str) -> None:
    file = tmp_path / "notice.txt"
    if content is not None:
        file.write_bytes(content)
    call = run("extract", str(file))
    assert call == Call(1, "", call.err)
    assert "notice.txt" in call.err
    assert word in call.err.lower()
    assert "Traceback" not in call.err


def test_what_is_extracted_to_a_file_or_a_pipe_can_be_loaded(policies: Path, tmp_path: Path, shipped_home: Path) -> None:
    records = tmp_path / "records.jsonl"
    assert "5 documents written" in run("extract", str(policies), "-o", str(records)).out
    assert "0 documents written, 5 were there" in run("extract", str(policies), "-o", str(records)).out
    lines = records.read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["file"] for line in lines) == sorted(path.name for path in policies.iterdir())
    with records.open("rb") as stream:
        loaded = subprocess.run(
            command("load", "-"), stdin=stream, env=environment(tmp_path / "home"), capture_output=True, text=True, check=False
        )
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert "5 new" in loaded.stdout
    assert run("export", home=tmp_path / "home").out == run("export", home=shipped_home).out


def test_a_damaged_line_is_named_and_the_others_are_loaded(policies: Path, tmp_path: Path) -> None:
    line = run("extract", str(next(policies.glob("004_*")))).out
    (tmp_path / "records.jsonl").write_text("{}\n" + line, encoding="utf-8")
    call = run("load", str(tmp_path / "records.jsonl"), home=tmp_path / "home")
    assert call.status == 1
    assert "1 new" in call.out
    assert "records.jsonl, line 1: " in call.err


def test_a_file_of_something_else_is_not_written_to(policies: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes\n", encoding="utf-8")
    call = run("extract", str(policies), "-o", str(tmp_path / "notes.txt"))
    assert call.status == 2
    assert "notes.txt: holds something else" in call.err
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "my notes\n"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("spark://localhost:1", 2, "ray://HOST:PORT"), ("ray://127.0.0.1:1", 3, "does not answer")],
)
def test_a_cluster_that_there_is_not_is_told_at_once(
    policies: Path, tmp_path: Path, address: str, status: int, words: str
) -> None:
    pytest.importorskip("ray", reason="Ray is an extra: .venv/bin/pip install -r requirements-ray.txt")
    call = run("ingest", str(policies), "--on", address, home=tmp_path)
    assert call.status == status
    assert words in call.err
    assert "Traceback" not in call.err


def test_without_ray_the_command_that_installs_it_is_told(policies: Path, tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['ray'] = None; from cli.main import main; main()"
    call = subprocess.run(
        [sys.executable, "-c", hidden, "ingest", str(policies), "--on", "ray://127.0.0.1:1"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert call.returncode == 3
    assert ".venv/bin/pip install -r requirements-ray.txt" in call.stderr
    assert "Traceback" not in call.stderr
