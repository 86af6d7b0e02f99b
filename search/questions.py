"""How questions ask: patterns of intent and words without a topic, from ``data/reference/questions.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import Any, cast

from search.answers import Intent
from settings import ROOT

QUESTIONS = ROOT / "data" / "reference" / "questions.toml"


@dataclass(frozen=True)
class IntentPattern:
    """One way of asking, with an example that it matches."""

    intent: Intent
    pattern: re.Pattern[str]
    example: str


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(QUESTIONS.read_text("utf-8"))


@functools.cache
def intent_patterns() -> tuple[IntentPattern, ...]:
    """Every way of asking, in the order in which they are tried."""
    return tuple(
        IntentPattern(cast(Intent, kind["name"]), re.compile(row["pattern"]), row["example"])
        for kind in _table()["intent"]
        for row in kind["patterns"]
    )


@functools.cache
def plain_words(language: str) -> frozenset[str]:
    """Words of a language (``zh``, ``en``) that carry no topic."""
    return frozenset(_table()["plain_words"][language].split())


@functools.cache
def plain_phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of turns of speech without a topic, each with its example."""
    return tuple((re.compile(row["pattern"]), row["example"]) for row in _table()["plain_phrases"])


def find_plain(text: str) -> list[tuple[int, int]]:
    """Where a question in plain form has turns of speech that carry no topic.

    >>> find_plain("租房能不能提取公积金")
    [(2, 5)]
    """
    return [match.span() for pattern, _ in plain_phrases() for match in pattern.finditer(text)]


def find_intent(text: str) -> tuple[Intent, bool, list[tuple[int, int]]]:
    """The intent of a question in plain form (the first that matches), whether it asks for bodies, and the words that ask."""
    intent: Intent = "search"
    asks_who = False
    spans: list[tuple[int, int]] = []
    for row in intent_patterns():
        found = [match.span() for match in row.pattern.finditer(text) if match.end() > match.start()]
        if found and intent == "search":
            intent = row.intent
        asks_who = asks_who or bool(found and row.intent == "who")
        if row.intent in {intent, "who"}:
            spans += found
    return intent, asks_who, _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
