"""Source text cut for a page: blocks, paragraphs, and pieces that carry the facts standing in them.

Facts overlap (an instrument inside a target), so a paragraph is cut wherever one begins or ends, and each piece knows all the
facts over it. Nothing of the text is changed: the pieces of a paragraph joined are its characters.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MARGIN = " \t\u3000\u00a0\r\n\u200b\ufeff"
"""White space at the edges of a line, which the page makes itself."""


@dataclass(frozen=True)
class Mark:
    """Something over ``start``:``end``: its style classes, and where it leads. ``anchor`` is the id that links to it use."""

    start: int
    end: int
    classes: tuple[str, ...]
    href: str | None = None
    title: str | None = None
    anchor: str | None = None


class Marks:
    """Marks ordered so that those over a stretch of text are found without looking at all the others."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that share a character with ``start``:``end``."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [mark for mark in self._marks[low:high] if mark.end > start]


@dataclass(frozen=True)
class Piece:
    """Text under one set of marks. ``anchors`` are of marks that begin here; ``href`` is the shortest mark's that has one."""

    text: str
    classes: tuple[str, ...] = ()
    href: str | None = None
    title: str | None = None
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One line of the source text, trimmed. ``furniture`` when all of it is the website's."""

    start: int
    pieces: tuple[Piece, ...]
    furniture: bool = False


@dataclass(frozen=True)
class Run:
    """Paragraphs that stand together: text, or the website's furniture."""

    furniture: bool
    paragraphs: tuple[Paragraph, ...]
    characters: int = field(default=0)


def cut(text: str, start: int, end: int, marks: Iterable[Mark], seen: set[str] | None = None) -> tuple[Piece, ...]:
    """The pieces of ``start``:``end``. ``seen`` collects anchors, so that a mark over several paragraphs gives its id once."""
    seen = set() if seen is None else seen
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end} | {edge for mark in over for edge in (mark.start, mark.end) if start < edge < end})
    return tuple(_piece(text, low, high, over, seen) for low, high in itertools.pairwise(edges))


def _piece(text: str, low: int, high: int, marks: Sequence[Mark], seen: set[str]) -> Piece:
    over = sorted((mark for mark in marks if mark.start <= low and mark.end >= high), key=lambda mark: mark.end - mark.start)
    anchors = tuple(dict.fromkeys(mark.anchor for mark in over if mark.anchor and mark.anchor not in seen))
    seen.update(anchors)
    return Piece(
        text=text[low:high],
        classes=tuple(dict.fromkeys(name for mark in over for name in mark.classes)),
        href=next((mark.href for mark in over if mark.href), None),
        title="\n".join(mark.title for mark in over if mark.title) or None,
        anchors=anchors,
    )


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines within ``start``:``end``, without the white space at their edges; empty ones left out."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first, last = _trim(text, start, stop)
        if first < last:
            yield first, last
        start = stop + 1


def _trim(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first] in MARGIN:
        first += 1
    while last > first and text[last - 1] in MARGIN:
        last -= 1
    return first, last


def paragraphs(
    text: str, start: int, end: int, marks: Marks, furniture: Sequence[tuple[int, int]], seen: set[str]
) -> tuple[Paragraph, ...]:
    """The lines of ``start``:``end`` as paragraphs; those wholly inside a span of ``furniture`` are labelled."""
    return tuple(
        Paragraph(
            start=first,
            pieces=cut(text, first, last, marks.over(first, last), seen),
            furniture=any(low <= first and last <= high for low, high in furniture),
        )
        for first, last in lines(text, start, end)
    )


def runs(found: Sequence[Paragraph]) -> tuple[Run, ...]:
    """Neighbouring paragraphs of one sort, together."""
    groups: list[list[Paragraph]] = []
    for paragraph in found:
        if groups and groups[-1][0].furniture == paragraph.furniture:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return tuple(Run(group[0].furniture, tuple(group), _length(group)) for group in groups)


def _length(group: Sequence[Paragraph]) -> int:
    return sum(len(piece.text) for paragraph in group for piece in paragraph.pieces)
