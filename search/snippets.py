"""The part of a provision that answers best, with the matched words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.tokens import words
from search.coverage import plain_form

LENGTH = 120
_SENTENCE = re.compile(r"[^。;；!！?？\n]+[。;；!！?？\n]?")


@dataclass(frozen=True)
class Snippet:
    """Words ``start``:``end`` of a text; ``marks`` are spans within them."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


def matched_words(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Which of the phrases, else of their words, stand in the text."""
    held = plain_form(text)
    found: dict[str, None] = {}
    for phrase in phrases:
        for part in [phrase] if phrase in held else [word for word in words(phrase) if len(word) > 1 and word in held]:
            found[part] = None
    return tuple(found)


def cut(text: str, matched: Iterable[str], body: int = 0) -> Snippet:
    """The sentence that says most of the matched words and what follows it, at most about ``LENGTH`` characters.

    The text before ``body`` (marker and heading) is left out where something follows it.
    """
    held = plain_form(text)
    marks = _spans(held, matched)
    sentences = [(m.start(), m.end()) for m in _SENTENCE.finditer(held) if m[0].strip()] or [(0, len(text))]
    sentences = [sentence for sentence in sentences if sentence[0] >= body] or sentences
    best = max(range(len(sentences)), key=lambda i: (_said(held, marks, sentences[i]), -i))
    start, end = sentences[best]
    for following in sentences[best + 1 :]:
        if following[1] - start > LENGTH:
            break
        end = following[1]
    start, end = _narrow(start, end, marks)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return Snippet(start, end, tuple((a - start, b - start) for a, b in marks if start <= a and b <= end))


def _narrow(start: int, end: int, marks: list[tuple[int, int]]) -> tuple[int, int]:
    """A window of ``LENGTH`` characters that begins a little before the first mark, where the sentence is long."""
    if end - start <= LENGTH * 2:
        return start, end
    first = next((a for a, _ in marks if a >= start), start)
    begin = max(start, min(first - LENGTH // 4, end - LENGTH))
    return begin, min(end, begin + LENGTH)


def _spans(held: str, matched: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand, of those that begin at one place the longest, without overlap."""
    found: list[tuple[int, int]] = []
    for word in {word for word in matched if word}:
        start = held.find(word)
        while start >= 0:
            found.append((start, -len(word)))
            start = held.find(word, start + 1)
    spans, last = [], 0
    for start, negative in sorted(found):
        if start >= last:
            last = start - negative
            spans.append((start, last))
    return spans


def _said(held: str, marks: list[tuple[int, int]], sentence: tuple[int, int]) -> int:
    """How many characters of different matched words stand in a sentence."""
    return sum(len(word) for word in {held[a:b] for a, b in marks if sentence[0] <= a and b <= sentence[1]})
