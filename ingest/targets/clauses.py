"""Sentences and clauses of a provision, and the stretches in which numbers are names and set nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ingest.citations.names import title_spans
from ingest.doc_numbers import doc_numbers_between

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?\n]?")
_CLAUSE = re.compile(r"(?:(?<!\d),|,(?!\d{3}(?!\d)))|[:。;!?\n]")
_NUMBERED_BRACKET = re.compile(r"\([^()]*\d[^()]*\)")
_QUOTE = re.compile(r"“[^“”\n]{1,30}”")


class Span(NamedTuple):
    """Half-open offsets."""

    start: int
    end: int


def sentences(folded: str, start: int, end: int) -> Iterator[Span]:
    """Stretches that end with 。 ； or a line break (the mark left out)."""
    for match in _SENTENCE.finditer(folded, start, end):
        stop = match.end() - (folded[match.end() - 1] in "。;!?\n")
        if stop > match.start():
            yield Span(match.start(), stop)


def clauses(folded: str, sentence: Span) -> Iterator[Span]:
    """The sentence at its commas; a bracket that holds a number is a clause of its own."""
    cuts = {sentence.start, sentence.end}
    for match in _CLAUSE.finditer(folded, *sentence):
        cuts |= {match.start(), match.end()}
    for match in _NUMBERED_BRACKET.finditer(folded, *sentence):
        cuts |= {match.start(), match.start() + 1, match.end() - 1, match.end()}
    places = sorted(cuts)
    for first, last in pairwise(places):
        if last - first > 1 or folded[first:last] not in ",:()":
            yield _trimmed(folded, first, last)


def _trimmed(folded: str, first: int, last: int) -> Span:
    text = folded[first:last]
    return Span(first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip()))


def masked(folded: str, start: int, end: int) -> list[Span]:
    """Titles, quotations and document numbers: figures inside them are parts of names."""
    spans = [Span(*found) for found in title_spans(folded, start, end)]
    spans += [Span(*match.span()) for match in _QUOTE.finditer(folded, start, end)]
    spans += [Span(n.start, n.end) for n in doc_numbers_between(folded, start, end)]
    return spans
