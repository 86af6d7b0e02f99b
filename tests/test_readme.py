"""The README says what is true: its settings, its commands, its files."""

from __future__ import annotations

import re

import pytest

from cli.main import SUBCOMMANDS
from settings import ROOT, SETTINGS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_is_that_of_the_settings() -> None:
    rows = re.findall(r"^\| `(ZHENGMAI_\w+)` \| (.+?) \| (.+?) \|$", README, re.MULTILINE)

    def shown(default: str) -> str:
        return f"`{default.removeprefix(f'{ROOT}/')}`" if default else "–"

    assert rows == [(setting.variable, shown(setting.default), setting.help) for setting in SETTINGS]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_is_shown(name: str) -> None:
    assert re.search(rf"^(\.venv/bin/)?zhengmai {name}\b", README, re.MULTILINE)


def test_no_other_subcommand_is_shown() -> None:
    shown = set(re.findall(r"^zhengmai ([a-z]+)", README, re.MULTILINE))
    assert shown <= set(SUBCOMMANDS)


def test_every_target_of_make_that_is_named_exists() -> None:
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?\bmake ([a-z]+(?:-[a-z]+)*)\b", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert named - {"lists"} <= rules | {"alone"}


def test_every_file_that_is_linked_exists() -> None:
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
            assert (ROOT / target).is_file(), target
