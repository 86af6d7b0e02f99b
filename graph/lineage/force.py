"""Words that make an order stricter or looser, gained or lost between a unit and its source."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from typing import Literal

import msgspec

from graph.lineage.passages import PassageChange
from settings import ROOT

WORDS = ROOT / "data" / "lineage" / "force.toml"
LONGEST = 6
"""Letters of the longest word: a change may take one letter of it (全覆盖 → 覆盖)."""
Force = Literal["strict", "loose", "condition"]


class ForceWord(msgspec.Struct, frozen=True):
    """A word, what it does to an order, and an example of it."""

    text: str
    force: Force
    example: str


class ForceChange(msgspec.Struct, frozen=True, kw_only=True):
    """``word`` stands only in the lower text (``added``, at ``start``) or only in its source (``dropped``)."""

    change: Literal["hardened", "softened"]
    word: str
    force: Force
    how: Literal["added", "dropped"]
    start: int | None = None
    source_start: int | None = None


@functools.cache
def force_words() -> dict[str, ForceWord]:
    """The words by their text."""
    return {word.text: word for word in msgspec.convert(tomllib.loads(WORDS.read_text("utf-8"))["word"], list[ForceWord])}


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(force_words(), key=len, reverse=True)))


def softeners(words: str) -> list[str]:
    """The words in a text that make an order loose or tie it to a condition (鼓励, 有条件的)."""
    return [word for word in _pattern().findall(words) if force_words()[word].force != "strict"]


def force_changes(lower: str, higher: str, passages: Iterable[PassageChange]) -> tuple[ForceChange, ...]:
    """The words of force that a change brought or took away; ``lower`` and ``higher`` are the texts.

    Whole sentences that are new or gone change no order, so only those parts count that stand within a kept sentence.
    """
    found: list[ForceChange] = []
    for passage in passages:
        if passage.kind == "kept" or (passage.kind == "added" and _whole(lower, passage.start, passage.end)):
            continue
        own = _found(lower, passage.start, passage.end)
        theirs = _found(higher, passage.source_start, passage.source_end) if passage.start is not None else []
        both = {word for word, _ in own} & {word for word, _ in theirs}
        found += [_change(word, "added", start=at) for word, at in own if word not in both]
        found += [_change(word, "dropped", source_start=at) for word, at in theirs if word not in both]
    return tuple(found)


def _whole(text: str, start: int | None, end: int | None) -> bool:
    """Whether a passage fills its sentence."""
    before = text[start - 1 : start] if start else ""
    return before in "。；;\n 　）)" and text[end or 0 : (end or 0) + 1] in "。；;\n"


def _found(text: str, start: int | None, end: int | None) -> list[tuple[str, int]]:
    if start is None or end is None:
        return []
    around = _pattern().finditer(text, max(0, start - LONGEST), end + LONGEST)
    return [(match.group(), match.start()) for match in around if match.start() < end and match.end() > start]


def _change(
    word: str, how: Literal["added", "dropped"], *, start: int | None = None, source_start: int | None = None
) -> ForceChange:
    force = force_words()[word].force
    hardened = (force == "strict") == (how == "added")
    return ForceChange(
        change="hardened" if hardened else "softened",
        word=word,
        force=force,
        how=how,
        start=start,
        source_start=source_start,
    )
