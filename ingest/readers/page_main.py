"""Which lines of a web page are the document: the element that holds most of the prose, and what belongs to it around it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ingest.patterns import first_match, load_patterns
from ingest.readers.page_blocks import Block, Page
from ingest.source_text import fold

_PUNCTUATION = re.compile("[，。；：、！？]")
_SHARE = 0.75
"""The element of the text holds at least so much of the page's prose."""
_PLAIN, _LINKED = 0.3, 0.6
"""What a line without punctuation counts, and the share of links from which a line is a link and nothing else."""
_MOST_LINKS = 0.2
"""An element of which more lines are links holds more than the text."""
_LINE_COST, _LINK_COST = 6.0, 12.0
"""What a line, and a link, must be outweighed by to belong to the text."""
_BEFORE, _AFTER = 60, 30
"""So many lines before and after the element may belong to the document (title, metadata, signature)."""
_LITTLE = 60.0
"""A page with less prose than this to see may hide its text until a script shows it."""
_FURNITURE = frozenset({"navigation", "login", "share", "footer"})
_OFFICIAL = re.compile(r"^\s*(?:附\s*件|附\s*表|附\s*录)")
_CRUMB = re.compile(r"^\s*[>»›＞]")


def main_blocks(page: Page) -> list[Block]:
    """The lines of the document, in order."""
    blocks = _visible(page.blocks)
    if not blocks:
        return []
    inside = _within(page, _holder(page, blocks))
    numbers = [i for i, block in enumerate(blocks) if inside[block.element]]
    first, last = (numbers[0], numbers[-1]) if numbers else (0, len(blocks) - 1)
    if sum(map(_is_link, blocks[first : last + 1])) > _MOST_LINKS * (last + 1 - first):
        first, last = _densest(blocks, first, last)
    first, last = _lead(blocks, first), _tail(blocks, last)
    return [block for i, block in enumerate(blocks[first : last + 1], first) if not block.aside or inside[block.element]]


def _densest(blocks: Sequence[Block], first: int, last: int) -> tuple[int, int]:
    """The run of lines that says most for its length, where no element holds the text without the furniture."""
    best, total, begin = (0.0, first, last), 0.0, first
    for i in range(first, last + 1):
        if total <= 0:
            total, begin = 0.0, i
        total += -_LINK_COST if _is_border(blocks[i], _FURNITURE) else weight(blocks[i]) - _LINE_COST
        if total > best[0]:
            best = total, begin, i
    return best[1], best[2]


def _visible(blocks: Sequence[Block]) -> list[Block]:
    """The lines to be seen; all of them where nearly nothing is to be seen without a script."""
    shown = [block for block in blocks if not block.hidden]
    if sum(map(weight, shown)) < _LITTLE < sum(map(weight, blocks)):
        return list(blocks)
    return shown


def weight(block: Block) -> float:
    """How much a line speaks for being text of a document: its characters that are no links, fewer without punctuation."""
    own = max(0, len(block.text) - block.linked)
    return (own if _PUNCTUATION.search(block.text) else own * _PLAIN) * (0.1 if block.aside else 1.0)


def _holder(page: Page, blocks: Sequence[Block]) -> int:
    """The deepest element with most of the prose."""
    sums = [0.0] * len(page.parents)
    for block in blocks:
        sums[block.element] += weight(block)
    for element in range(len(sums) - 1, 0, -1):
        sums[page.parents[element]] += sums[element]
    enough = _SHARE * sums[0]
    return max((i for i, total in enumerate(sums) if total >= enough), default=0)


def _within(page: Page, holder: int) -> list[bool]:
    """For each element whether it stands in ``holder``; elements are numbered in the order of the page."""
    inside = [False] * len(page.parents)
    for i in range(holder, len(inside)):
        inside[i] = i == holder or (page.parents[i] >= holder and inside[page.parents[i]])
    return inside


def _lead(blocks: Sequence[Block], first: int) -> int:
    """Where the document's head begins: after the last link or menu above its text."""
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if blocks[i].aside or _is_border(blocks[i], {"navigation", "login"}):
            return i + 1
    return max(0, first - _BEFORE)


def _tail(blocks: Sequence[Block], last: int) -> int:
    """Where the document ends: before the first link, button or footer below its text."""
    while last > 0 and _is_link(blocks[last]) and not _OFFICIAL.match(blocks[last].text):
        last -= 1
    for i in range(last + 1, min(len(blocks), last + 1 + _AFTER)):
        if blocks[i].aside or (_is_border(blocks[i], _FURNITURE) and not _OFFICIAL.match(blocks[i].text)):
            return i - 1
    return min(len(blocks) - 1, last + _AFTER)


def _is_border(block: Block, labels: Set[str]) -> bool:
    pattern = first_match(load_patterns("boilerplate.toml"), fold(block.text).strip()) if len(block.text) < 200 else None
    label = pattern.label if pattern else ""
    if label == "metadata":
        return False
    return label in labels or _is_link(block) or bool(_CRUMB.match(block.text))


def _is_link(block: Block) -> bool:
    return block.linked >= _LINKED * len(block.text.strip())
