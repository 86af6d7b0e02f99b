"""The command as a whole: help, wrong usage, errors, streams; and how little it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import SUBCOMMANDS
from settings import ROOT
from tests.cli import command, environment, run


def test_help_lists_every_subcommand_with_its_summary() -> None:
    call = run("--help")
    assert call.status == 0
    for name, place in SUBCOMMANDS.items():
        assert f"{name} " in call.out
        assert place.summary in " ".join(call.out.split())


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_of_every_subcommand_opens_with_the_summary_of_the_list(name: str) -> None:
    call = run(name, "--help")
    assert call.status == 0
    first = call.out.split("\n\n")[1].replace("\n", " ").strip()
    assert " ".join(first.split()) == SUBCOMMANDS[name].summary


def test_help_loads_no_library_but_click() -> None:
    program = "import sys; from cli.main import run; run(['--help']); print(*sorted({m.split('.')[0] for m in sys.modules}))"
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment(), check=True)
    loaded = set(made.stdout.splitlines()[-1].split())
    assert "click" in loaded
    assert not loaded & {
        "rich",
        "msgspec",
        "numpy",
        "spacy",
        "torch",
        "faiss",
        "tantivy",
        "apsw",
        "flask",
        "graph",
        "search",
        "api",
    }


def test_an_unknown_subcommand_is_told_what_there_is() -> None:
    call = run("frobnicate")
    assert call.status == 2
    assert call.out == ""
    for name in SUBCOMMANDS:
        assert name in call.err


@pytest.mark.parametrize(
    "arguments",
    [("who", "housing"), ("search", "住房"), ("stats",), ("show", "x"), ("trace", "x"), ("export",), ("delete", "x")],
    ids=lambda arguments: arguments[0],
)
def test_without_a_store_the_error_names_the_command_that_makes_one(arguments: tuple[str, ...], tmp_path: Path) -> None:
    call = run(*arguments, home=tmp_path / "none")
    assert call.status == 3
    assert call.out == ""
    assert "zhengmai ingest" in call.err
    assert "Traceback" not in call.err
    assert not (tmp_path / "none").exists()


def test_it_works_in_a_folder_whose_names_are_those_of_the_rooms(tmp_path: Path) -> None:
    for name in ("search", "api", "graph"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('the wrong room')", encoding="utf-8")
    call = run("stats", home=tmp_path / "none", cwd=tmp_path)
    assert "the wrong room" not in call.err
    assert "zhengmai ingest" in call.err


def test_a_reader_of_the_output_that_goes_away_is_no_error(policies: Path) -> None:
    file = max(policies.glob("*.txt"), key=lambda path: path.stat().st_size)
    made = subprocess.Popen(command("extract", str(file)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert made.stdout is not None
    assert made.stderr is not None
    made.stdout.read(10)
    made.stdout.close()
    error = made.stderr.read()
    made.stderr.close()
    made.wait()
    assert error == b""


def test_the_command_is_found_through_the_environment_that_set_up_makes() -> None:
    launcher = Path(sys.prefix) / "bin" / "zhengmai"
    if not launcher.is_file():
        pytest.skip("this environment was not made by make install")
    made = subprocess.run([launcher, "--help"], capture_output=True, text=True, cwd="/", check=False)
    assert made.returncode == 0
    assert str(ROOT) in launcher.read_text(encoding="utf-8")
