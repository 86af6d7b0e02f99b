from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli import run
from tests.graph.samples import document_text


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(document_text(1), encoding="utf-8")
    home = tmp_path / "home"
    assert run("ingest", str(tmp_path / "a.txt"), home=home).status == 0
    return home


def test_fields_are_written_corrected_and_stay_corrected(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "fields.csv"
    assert run("metadata", "export", "-o", str(table), home=home).status == 0
    assert table.read_text(encoding="utf-8") == run("metadata", "export", home=home).out
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    title = rows[0].index("title")
    rows[1][title] = "改过的标题"
    with table.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    assert "改过的标题" in run("metadata", "check", str(table), home=home).out
    imported = run("metadata", "import", str(table), "--json", home=home).json
    assert [one["cell"] for one in imported["checked"]["corrections"]] == ["改过的标题"]
    assert run("ingest", str(tmp_path / "a.txt"), home=home).status == 0
    shown = run("show", "a.txt", "--json", home=home).json
    assert shown["document"]["fields"]["title"] == "改过的标题"
    assert shown["snapshot"] == imported["snapshot"]


def test_wrong_lines_and_files_are_told(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "fields.csv"
    table.write_text("sha256,title\nabc,甲\n", encoding="utf-8")
    wrong = run("metadata", "import", str(table), home=home)
    assert (wrong.status, "line 2" in wrong.err) == (1, True)
    table.write_text("titel\n甲\n", encoding="utf-8")
    wrong = run("metadata", "check", str(table), home=home)
    assert (wrong.status, "sha256" in wrong.err, "Traceback" in wrong.err) == (1, True, False)
