"""How the house is built: the direction of imports, exact pins, nothing of one machine in the files, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT

ROOMS = ("api", "cli", "graph", "ingest", "search", "web")


def tracked(*patterns: str) -> list[Path]:
    """The files under version control, and those that are about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def sources() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in ROOMS or path.parent == ROOT]


def test_imports_point_one_way() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_the_shared_vocabulary_and_the_settings_import_no_room() -> None:
    for name in ("ingest/records.py", "settings.py"):
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [module for module in imported if module.split(".")[0] in ROOMS], name


@pytest.mark.parametrize("name", ["requirements-core.txt", "requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_every_pin_is_exact(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line.strip() and not line.startswith(("#", "-r ", "-c "))]
    assert asked
    assert [line for line in asked if not re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[A-Za-z0-9.+!]+", line)] == []


def test_one_library_is_pinned_once() -> None:
    pins: dict[str, str] = {}
    for name in ("requirements-core.txt", "requirements.txt", "requirements-dev.txt"):
        for line in re.findall(r"^[A-Za-z0-9._-]+==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
            assert pins.setdefault(line.lower(), name) == name, f"{line} in {pins[line.lower()]} and {name}"


MACHINE = re.compile(
    r"/(?:work|tmp|root|home|Users|opt)/\w|file:///\w|(?:https?://)?(?:pypi\.org|files\.pythonhosted|deb\.debian)"
)


def test_no_file_holds_what_is_true_of_one_machine_only() -> None:
    this = Path(__file__).resolve()
    found = []
    for path in tracked("*.py", "*.sh", "*.md", "*.toml", "*.txt", "Makefile", ".ci/run", "*.html", "*.cfg", "*.yaml", "*.yml"):
        if path.is_relative_to(ROOT / "data" / "policies") or path == this:
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


def test_files_and_functions_are_short_enough_to_read() -> None:
    long_files = [str(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    assert long_files == []
    long_functions = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long_functions == []
