"""The README says what is true: its settings, its commands, its files."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import urllib.parse
import urllib.request
from typing import Any

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


def agree(shown: Any, found: Any, where: str) -> None:
    """What an example shows is what is answered; ``…`` stands for any text, and a fraction for any number."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert key in found, f"{where}.{key}"
            agree(value, found[key], f"{where}.{key}")
    elif isinstance(shown, list):
        assert len(found) == len(shown), where
        for number, (one, other) in enumerate(zip(shown, found, strict=True)):
            agree(one, other, f"{where}[{number}]")
    elif isinstance(shown, float):
        assert isinstance(found, float), where
    elif shown != "…":
        assert found == shown, where


CALLS = re.findall(r"```sh\ncurl (.+?)\n```\n\n```json\n(.+?)\n```", README, re.DOTALL)


@pytest.mark.parametrize(("call", "shown"), CALLS, ids=["search", "who"])
def test_the_examples_of_the_api_are_what_it_answers(call: str, shown: str, site: str) -> None:
    words = shlex.split(call)
    address = next(word for word in words if word.startswith("http"))
    query = "&".join(
        f"{name}={urllib.parse.quote(value)}"
        for name, _, value in (
            word.partition("=") for before, word in itertools.pairwise(words) if before == "--data-urlencode"
        )
    )
    path = address.removeprefix("http://127.0.0.1:8000") + (f"?{query}" if query else "")
    with urllib.request.urlopen(site + path, timeout=30) as answer:
        agree(json.loads(shown), json.load(answer), "answer")


def test_every_file_that_is_linked_exists() -> None:
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
            assert (ROOT / target).is_file(), target
