"""Patterns are data with examples: each one, in whatever file, matches them and leaves alone what it must not match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ingest.source_text import fold
from settings import ROOT

REFERENCE = ROOT / "data" / "reference"
MATCHED_AT_A_PLACE = {"body_names.toml"}
"""Files whose patterns are tried at one place of a text, not anywhere in it."""


class Row(NamedTuple):
    """One pattern and the texts beside it."""

    where: str
    regex: str
    matches: tuple[str, ...]
    leaves: tuple[str, ...]


def patterns(value: Any, where: str) -> Iterator[Row]:
    """Every table with a ``regex`` or ``pattern``, however deep it lies."""
    if isinstance(value, dict):
        regex = value.get("regex", value.get("pattern"))
        if isinstance(regex, str):
            examples = value.get("examples", [value["example"]] if "example" in value else [])
            yield Row(f"{where} {value.get('name', regex)}", regex, tuple(examples), tuple(value.get("not", ())))
        for key, inner in value.items():
            yield from patterns(
                inner, f"{where} {key}" if not isinstance(value.get("name"), str) else f"{where} {value['name']}"
            )
    elif isinstance(value, list):
        for inner in value:
            yield from patterns(inner, where)


def rows(file: Path) -> list[Row]:
    return list(patterns(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def matches(regex: str, text: str) -> bool:
    """Whether a pattern matches in one of the forms in which texts are matched: folded, without white space, in lower case."""
    forms = {fold(text), "".join(fold(text).split()), fold(text).lower()}
    return any(re.search(regex, form) for form in forms)


@pytest.mark.parametrize("file", sorted(REFERENCE.glob("*.toml")), ids=lambda file: file.stem)
def test_every_pattern_has_an_example_and_matches_it(file: Path) -> None:
    without = [row.where for row in rows(file) if not row.matches]
    assert without == []
    failing = [f"{row.where}: {text}" for row in rows(file) for text in row.matches if not matches(row.regex, text)]
    assert failing == []


@pytest.mark.parametrize("file", sorted(REFERENCE.glob("*.toml")), ids=lambda file: file.stem)
def test_no_pattern_matches_what_it_must_leave_alone(file: Path) -> None:
    tried = re.match if file.name in MATCHED_AT_A_PLACE else re.search
    caught = [f"{row.where}: {text}" for row in rows(file) for text in row.leaves if tried(row.regex, fold(text))]
    assert caught == []


def test_there_are_patterns() -> None:
    assert sum(len(rows(file)) for file in REFERENCE.glob("*.toml")) > 100


def needing(value: Any) -> Iterator[dict[str, Any]]:
    """Every table of a pattern file that says which words its matches hold."""
    if isinstance(value, dict):
        if "needs" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from needing(inner)


@pytest.mark.parametrize("file", sorted(REFERENCE.glob("*.toml")), ids=lambda file: file.stem)
def test_every_example_holds_a_word_that_its_pattern_needs(file: Path) -> None:
    for row in needing(tomllib.loads(file.read_text(encoding="utf-8"))):
        for example in row["examples"]:
            assert any(word in fold(example) for word in row["needs"]), row["name"]
