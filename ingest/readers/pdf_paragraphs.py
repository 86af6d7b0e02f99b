"""Lines of printed pages → paragraphs: what was one line before the page was set becomes one line again."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PAGE_NUMBER = re.compile(r"^[\s·•—–\-_~～]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?[\s·•—–\-_~～]*$")
_MARKER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]{1,6}[条章节编]|[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十\d]{1,4}[)）]|\d{1,2}[.、．]|附件)"
)
_ENDED = re.compile(r"[。；：！？;:!?]['”’」』）)]?\s*$")
_DIGITS = re.compile(r"\d+")
_FULL, _FLUSH = 1.7, 0.9
"""How far a full line may end from the right edge, and a line going on begin from the left one, in heights of a character."""
_RAGGED = 8
"""The same for lines of words, which end where the next word does not fit."""
_WIDE = 0.6
"""Lines of so much of the greatest width show where the text ends at the right."""
_PITCH = 2.6
"""The greatest distance between two lines of a paragraph, from top to top, in heights of a character."""
_SAME_SIZE = 0.2
_REPEATED = 3
"""On so many pages the same line at the edge is a running head."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line on a page, with its box in points from the lower left corner. A ``row`` of a table stays a line of its own."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    row: bool = False

    @property
    def height(self) -> float:
        return max(1.0, self.top - self.bottom)


@dataclass(slots=True)
class Paragraph:
    """Text with the pages it stands on: ``pieces`` are (text, page)."""

    pieces: list[tuple[str, str]] = field(default_factory=list)


def without_margins(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The pages without page numbers and running heads."""
    edges = Counter(_DIGITS.sub("0", line.text) for page in pages for line in _edge(page))
    repeated = {text for text, count in edges.items() if count >= max(_REPEATED, len(pages) // 2)}
    kept = []
    for page in pages:
        edge = {id(line) for line in _edge(page) if _PAGE_NUMBER.match(line.text) or _DIGITS.sub("0", line.text) in repeated}
        kept.append([line for line in page if id(line) not in edge])
    return kept


def _edge(page: Sequence[PageLine]) -> list[PageLine]:
    """The highest and the lowest line."""
    printed = [line for line in page if not line.row]
    if not printed:
        return []
    top, bottom = max(printed, key=lambda line: line.top), min(printed, key=lambda line: line.bottom)
    return [top] if top is bottom else [top, bottom]


def paragraphs(pages: Sequence[Sequence[PageLine]]) -> Iterator[Paragraph]:
    """The lines joined to paragraphs, across pages too."""
    open_paragraph: Paragraph | None = None
    last: PageLine | None = None
    edges: tuple[float, float] = (0.0, 0.0)
    for page in pages:
        here = _edges(page)
        for line in page:
            if open_paragraph and last and _goes_on(last, edges, line, here):
                open_paragraph.pieces.append((_glue(last.text, line.text) + line.text, str(line.page)))
            else:
                if open_paragraph:
                    yield open_paragraph
                open_paragraph = Paragraph([(line.text, str(line.page))])
            last, edges = line, here
    if open_paragraph:
        yield open_paragraph


def _edges(page: Sequence[PageLine]) -> tuple[float, float]:
    """Where the text of a page begins at the left and ends at the right."""
    lines = [line for line in page if not line.row]
    if not lines:
        return 0.0, 0.0
    lefts = Counter(round(line.left / 3) for line in lines)
    common = [line.left for line in lines if lefts[round(line.left / 3)] > 1]
    widest = max(line.right - line.left for line in lines)
    ends = sorted(line.right for line in lines if line.right - line.left > _WIDE * widest)
    rights = Counter(round(end / 3) for end in ends)
    usual = max(ends, key=lambda end: (rights[round(end / 3)], end))
    return min(common or [line.left for line in lines]), usual if rights[round(usual / 3)] > 1 else ends[-1]


def _goes_on(last: PageLine, before: tuple[float, float], line: PageLine, here: tuple[float, float]) -> bool:
    """Whether ``line`` goes on with the paragraph of ``last``: that line is full, and this one is not indented."""
    if last.row or line.row or abs(line.height / last.height - 1) > _SAME_SIZE:
        return False
    size = min(last.height, line.height)
    ragged = last.text[-1:].isascii() and line.text[:1].isascii()
    full = last.right >= before[1] - (_RAGGED if ragged else _FULL) * size
    flush = line.left <= here[0] + _FLUSH * size
    near = last.page != line.page or 0 < last.top - line.top <= _PITCH * size
    starts = bool(_MARKER.match(line.text)) and bool(_ENDED.search(last.text))
    return full and flush and near and not starts


def _glue(before: str, after: str) -> str:
    """A blank between words of an alphabet, nothing between Chinese characters."""
    return " " if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalpha() else ""


def joined(lines: Sequence[str]) -> str:
    """The lines of one cell as one."""
    text = lines[0] if lines else ""
    for before, after in itertools.pairwise(lines):
        text += _glue(before, after) + after
    return text
