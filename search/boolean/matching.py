"""Whether a text matches a query, and where: exactly, on the text itself."""

from __future__ import annotations

import functools
import re

from search.boolean.parsing import All, Either, Near, Node, Phrase, Without

Span = tuple[int, int]


def find_matches(node: Node, held: str) -> list[Span] | None:
    """Where the wanted words stand in a text in plain form, in its order; ``None`` where it does not match."""
    if not matches(node, held):
        return None
    return sorted(set(_wanted(node, held)))


def matches(node: Node, held: str) -> bool:
    """Whether a text in plain form matches."""
    match node:
        case All(parts):
            return all(matches(part, held) for part in parts)
        case Either(parts):
            return any(matches(part, held) for part in parts)
        case Without(part):
            return not matches(part, held)
    return bool(spans(node, held))


def spans(node: Node, held: str) -> list[Span]:
    """Where a node that has a place stands: a phrase itself, a NEAR from its first word to its last."""
    match node:
        case Phrase(text):
            return [match.span() for match in _pattern(text).finditer(held)]
        case Either(parts):
            return sorted({span for part in parts for span in spans(part, held)})
        case Near(left, right, distance):
            return [(min(a, c), max(b, d)) for (a, b), (c, d) in _pairs(left, right, distance, held)]
    return []


def _pairs(left: Node, right: Node, distance: int, held: str) -> list[tuple[Span, Span]]:
    """The pairs that stand near enough. Overlapping words are no pair: 工资 is not near itself."""
    return [
        (one, other)
        for one in spans(left, held)
        for other in spans(right, held)
        if 0 <= max(other[0] - one[1], one[0] - other[1]) <= distance
    ]


def _wanted(node: Node, held: str) -> list[Span]:
    """The spans of all words that made the text match."""
    match node:
        case All(parts) | Either(parts):
            return [span for part in parts if matches(part, held) for span in _wanted(part, held)]
        case Near(left, right, distance):
            pairs = _pairs(left, right, distance, held)
            kept = {span for pair in pairs for span in pair}
            return [span for part in (left, right) for span in _wanted(part, held) if _inside(span, kept)]
        case Phrase():
            return spans(node, held)
    return []


def _inside(span: Span, kept: set[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in kept)


@functools.lru_cache(maxsize=500)
def _pattern(text: str) -> re.Pattern[str]:
    """The phrase as it stands; Latin words and numbers whole, so that 20 is not found in 2014."""
    before = r"(?<![0-9a-z])" if re.match(r"[0-9a-z]", text) else ""
    after = r"(?![0-9a-z])" if re.search(r"[0-9a-z]$", text) else ""
    return re.compile(before + re.escape(text) + after)
