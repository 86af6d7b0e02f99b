"""Words that change with the place or the rank of a text and say nothing of what is ordered: left out of its wording."""

from __future__ import annotations

import functools
import re
import tomllib

import msgspec

from settings import ROOT

WORDS = ROOT / "data" / "lineage" / "neutral.toml"


class NeutralWord(msgspec.Struct, frozen=True):
    """A pattern and the words that it matches."""

    pattern: str
    examples: tuple[str, ...]


@functools.cache
def neutral_words() -> tuple[NeutralWord, ...]:
    """All of them, in the order in which they are tried."""
    return msgspec.convert(tomllib.loads(WORDS.read_text("utf-8"))["word"], tuple[NeutralWord, ...])


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(word.pattern for word in neutral_words()))


def without_neutral(words: str) -> str:
    """The words without these.

    >>> without_neutral("本市各级人民政府应当鼓励") == without_neutral("国家鼓励")
    True
    """
    return _pattern().sub("", words)
