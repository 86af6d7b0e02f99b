"""Patterns kept as data: TOML files of named regular expressions, each with examples that it must match."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass

from settings import ROOT

REFERENCE = ROOT / "data" / "reference"


@dataclass(frozen=True)
class Pattern:
    """One row of a pattern file: matched against folded text. ``label`` is what a match means, by default its name.

    ``needs``: words one of which every match holds, so that texts without any need no search.
    """

    name: str
    label: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def may_match(self, folded: str, start: int, end: int) -> bool:
        """Whether ``folded[start:end]`` has one of the words that the pattern needs."""
        return not self.needs or any(folded.find(word, start, end) >= 0 for word in self.needs)


@functools.cache
def load_patterns(file: str, table: str = "pattern") -> tuple[Pattern, ...]:
    """The patterns of ``data/reference/<file>``, in order: array ``table`` of {name, regex, examples, label?, not?}."""
    rows = tomllib.loads((REFERENCE / file).read_text(encoding="utf-8"))[table]
    return tuple(
        Pattern(
            name=row["name"],
            label=row.get("label", row["name"]),
            regex=re.compile(row["regex"]),
            examples=tuple(row["examples"]),
            counterexamples=tuple(row.get("not", ())),
            needs=tuple(row.get("needs", ())),
        )
        for row in rows
    )


def first_match(patterns: tuple[Pattern, ...], text: str) -> Pattern | None:
    """The first pattern that is found in ``text`` (folded), or None."""
    return next((pattern for pattern in patterns if pattern.regex.search(text)), None)
