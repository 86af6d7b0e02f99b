"""The words that state a fact: the bracket or the sentence in which its name stands."""

from __future__ import annotations

from ingest.source_text import fold

_ENDS = "。;；\n!！?？"
_LONGEST = 400


def find_quote(text: str, start: int, end: int) -> tuple[int, int]:
    """Span of the bracket that encloses ``start``:``end``, else of its sentence, without white space around it.

    >>> text = "改善居住条件。（住建局牵头，财政局配合）"
    >>> text[slice(*find_quote(text, 13, 16))]
    '（住建局牵头，财政局配合）'
    """
    folded = fold(text)
    first, last = _bracket(folded, start, end) or _sentence(folded, start, end)
    first = max(first, start - _LONGEST)
    last = min(last, end + _LONGEST)
    first += len(folded[first:start]) - len(folded[first:start].lstrip())
    return first, end + len(folded[end:last].rstrip())


def _bracket(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The outermost bracket around the span that lies within one line."""
    line = text.rfind("\n", 0, start) + 1, (text.find("\n", end) + 1 or len(text) + 1) - 1
    opened: list[int] = []
    for position in range(line[0], line[1]):
        if text[position] == "(":
            opened.append(position)
        elif text[position] == ")" and opened:
            first = opened.pop()
            if not opened and first < start and position >= end:
                return first, position + 1
    return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [position for mark in _ENDS if (position := text.find(mark, end)) >= 0]
    return first, min(ends) + 1 if ends else len(text)
