"""The lines of a web page in order, each with what it takes to tell text from furniture.

The tree is walked with a stack, never by recursion, so that a deep page costs time and nothing else.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.readers.assembling import row_of
from settings import ROOT

_ELEMENTS = tomllib.loads((ROOT / "data" / "reference" / "web_pages.toml").read_text(encoding="utf-8"))
SKIPPED = frozenset(_ELEMENTS["skipped"])
"""Elements that show no text of the document."""
BLOCKS = frozenset(_ELEMENTS["blocks"])
"""Elements that begin and end a line."""
ASIDE = frozenset(_ELEMENTS["aside"])
FLAT = frozenset(_ELEMENTS["flat"])
"""Elements that say nothing of how deep a page is nested."""
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WRAP = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\n\r]\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
"""A line of the file that ends between two Chinese characters: no blank was meant."""
_LABEL = re.compile(
    r"\s*(?:发布|发表|更新|成文)?(?:时间|日期)[:：]|\s*(?:信息|文章|稿件)?来源[:：]|\s*(?:浏览|阅读|点击|字体|字号|打印|作者|责任编辑|分享)"
)
"""What a new element of the line under a headline begins with."""
_MOST_LINES, _LONGEST = 8, 500
"""A cell with more lines, or with several that are longer in all, holds a text of its own: its row only lays out the page."""


@dataclass(slots=True)
class Block:
    """One line. ``element`` is its element's number, ``linked`` counts characters of links, ``href`` is the last link."""

    text: str
    element: int
    tag: str
    nth: int
    linked: int = 0
    hidden: bool = False
    aside: bool = False
    href: str = ""


@dataclass(slots=True)
class Page:
    """The lines of a page, and its elements: ``parents[i]`` is the number of element i's parent, -1 for the root."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Element:
    """An element whose content is being read. ``first`` is its first line; a row has the first line of each ``cells``."""

    number: int
    tag: str
    nth: int
    hidden: bool
    aside: bool
    href: str
    preformatted: bool
    first: int
    tables: int
    cells: list[int] = field(default_factory=list)


def read_page(root: LexborNode) -> Page:
    """Every line of text below ``root``; those that the page hides are marked."""
    walk = _Walk()
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        if not entering:
            walk.leave()
        elif node.is_text_node:
            walk.say(node.text_content or "")
        elif node.tag == "br":
            walk.end_line()
        elif node.is_element_node and node.tag not in SKIPPED:
            walk.enter(node)
            stack.append((node, False))
            child = node.last_child
            while child is not None:
                stack.append((child, True))
                child = child.prev
    return walk.page


class _Walk:
    """What is known at one point of the walk: the elements that are open, and the line begun."""

    def __init__(self) -> None:
        self.page = Page()
        self._open: list[_Element] = []
        self._counts: Counter[str] = Counter()
        self._said: list[str] = []
        self._linked = 0
        self._href = ""

    def enter(self, node: LexborNode) -> None:
        """An element begins."""
        tag = node.tag or ""
        if tag in BLOCKS:
            self.end_line()
            self._counts[tag] += 1
        above = self._open[-1] if self._open else None
        attributes = node.attributes
        hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
        self._open.append(
            _Element(
                number=len(self.page.parents),
                tag=tag,
                nth=self._counts[tag],
                hidden=hidden or (above is not None and above.hidden),
                aside=tag in ASIDE or (above is not None and above.aside),
                href=((attributes.get("href") or "#") if tag == "a" else "") or (above.href if above else ""),
                preformatted=tag == "pre" or (above is not None and above.preformatted),
                first=len(self.page.blocks),
                tables=self._counts["table"],
            )
        )
        self.page.parents.append(above.number if above else -1)
        if tag in ("td", "th"):
            self._begin_cell()

    def leave(self) -> None:
        """The innermost element ends."""
        if self._open[-1].tag in BLOCKS:
            self.end_line()
        element = self._open.pop()
        if element.tag == "tr" and len(element.cells) > 1 and element.tables == self._counts["table"]:
            self._join_cells(element)

    def say(self, text: str) -> None:
        """Text of the innermost element."""
        element = self._open[-1]
        if element.preformatted:
            for line in text.split("\n")[:-1]:
                self._add(line, element)
                self.end_line()
            text = text.rsplit("\n", 1)[-1]
        self._add(text, element)

    def _add(self, text: str, element: _Element) -> None:
        if self._said and _LABEL.match(text):
            self._said.append(" ")  # the page sets it apart by style only
        self._said.append(text)
        if element.href:
            self._linked += len(text.strip())
            self._href = element.href

    def end_line(self) -> None:
        """The line begun, if it says anything, is done."""
        text = _SPACE.sub(" ", _WRAP.sub("", "".join(self._said))).strip(" ")
        if text.strip():
            at = next(element for element in reversed(self._open) if element.tag in BLOCKS or element is self._open[0])
            inner = self._open[-1]
            self.page.blocks.append(Block(text, at.number, at.tag, at.nth, self._linked, inner.hidden, inner.aside, self._href))
        self._said, self._linked, self._href = [], 0, ""

    def _begin_cell(self) -> None:
        row = next((element for element in reversed(self._open) if element.tag == "tr"), None)
        if row:
            row.cells.append(len(self.page.blocks))

    def _join_cells(self, row: _Element) -> None:
        """The cells of a row as one line, unless one of them holds a text of its own."""
        blocks = self.page.blocks
        bounds = [*row.cells, len(blocks)]
        cells = [blocks[a:b] for a, b in itertools.pairwise(bounds)]
        if any(len(cell) > _MOST_LINES or (len(cell) > 1 and _length(cell) > _LONGEST) for cell in cells):
            return
        inside = blocks[row.cells[0] :]
        text = row_of([" ".join(block.text for block in cell) for cell in cells])
        if not text:
            return
        del blocks[row.cells[0] :]
        linked, hidden = sum(block.linked for block in inside), all(block.hidden for block in inside)
        blocks.append(Block(text, row.number, "tr", row.nth, linked, hidden, row.aside, inside[-1].href))


def _length(cell: list[Block]) -> int:
    return sum(len(block.text) for block in cell)
