"""Markers → tree: which of them are items of the outline, what each stands under, and its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.outline.layout import Row
from ingest.outline.lost_breaks import GAP
from ingest.outline.markers import RANK, Marker, Style, markers_inside

_UNITS: frozenset[Style] = frozenset({"part", "chapter", "section"})
_CLOSING = "。；;!?"
_MAYBE_INSIDE = re.compile(
    r"[。；;!?:：)”\s](?=\s*(?:第?[一二三四五六七八九十百]{1,5}[、.条]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|[①-⒛㈠-㈩]))"
)
_HEADING = 45
_FEWEST_DECIMALS = 3


@dataclass(slots=True)
class Node:
    """One item: its marker, where its own text must end at the latest, its parent's index, its path within the text."""

    marker: Marker
    limit: int
    parent: int | None
    path: str


def nest(rows: Sequence[Row], ends: Sequence[int]) -> list[Node]:
    """The items of one text in order. ``ends[i]`` is where the text that row i begins may reach at most."""
    candidates = _with_decimals(_candidates(rows))
    articles = sum(row.marker.style == "article" for row in rows if row.marker)
    statute = articles > 1 or any(row.marker.style == "article" and row.marker.value == 1 for row in rows if row.marker)
    builder = _Builder(statute)
    following = _following(candidates)
    for (marker, row), after in zip(candidates, following, strict=True):
        if marker.style in _UNITS and statute:
            if not marker.inside or rows[row].marker is marker:
                builder.close()
        elif marker.style == "article" and not statute:
            continue
        elif not marker.inside or builder.accepts(marker, rows[row], after):
            builder.add(marker, ends[row])
    return builder.nodes


def _candidates(rows: Sequence[Row]) -> list[tuple[Marker, int]]:
    found = []
    for i, row in enumerate(rows):
        if row.marker:
            found.append((row.marker, i))
        if row.kind in {"item", "prose"} and len(row.line.text) > 30 and _MAYBE_INSIDE.search(row.line.text):
            after = row.marker.body - row.line.start if row.marker else 0
            found.extend((marker, i) for marker in markers_inside(row.line, after))
    return found


def _with_decimals(candidates: list[tuple[Marker, int]]) -> list[tuple[Marker, int]]:
    """In a text numbered 1, 1.1, 1.1.1 the 1 above 1.1 is a decimal marker too; in any other text there are none."""
    found = [marker for marker, _ in candidates if len(marker.numbers) > 1 and not marker.inside]
    if len(found) < _FEWEST_DECIMALS or not any(marker.value == 1 for marker in found):
        return list(_without_decimals(candidates))
    result: list[tuple[Marker, int]] = []
    below: tuple[int, ...] = ()
    for marker, row in reversed(candidates):
        if marker.style == "ar" and not marker.inside and below == (marker.value, 1):
            marker = replace(marker, style="decimal", numbers=(marker.value,))
        if marker.style == "decimal":
            below = marker.numbers
            if marker.inside:
                continue
        result.append((marker, row))
    return result[::-1]


def _without_decimals(candidates: list[tuple[Marker, int]]) -> Iterator[tuple[Marker, int]]:
    """The others, and 3.2人户… as item 3 where it goes on with a numbering: 1.… 2.…"""
    last = 0
    for marker, row in candidates:
        if marker.style == "decimal":
            if marker.inside or len(marker.numbers) != 2 or marker.numbers[0] != last + 1:
                continue
            after = marker.start + len(str(marker.numbers[0])) + 1
            marker = replace(marker, style="ar", value=marker.numbers[0], end=after, body=after, numbers=())
        if marker.style == "ar" and not marker.inside:
            last = marker.value
        yield marker, row


def _following(candidates: Sequence[tuple[Marker, int]]) -> list[int | None]:
    """For each candidate the value of the next one of its style."""
    latest: dict[Style, int] = {}
    result: list[int | None] = []
    for marker, _ in reversed(candidates):
        result.append(latest.get(marker.style))
        latest[marker.style] = marker.value
    return result[::-1]


class _Builder:
    """Builds the tree from markers in reading order; ``stack`` holds the indices of the items that are open."""

    def __init__(self, statute: bool) -> None:
        self.statute = statute
        self.nodes: list[Node] = []
        self.stack: list[int] = []
        self.last: dict[Style, int] = {}
        self.taken: dict[str, int] = {}

    def close(self) -> None:
        """A chapter of a statute begins: no item is open any more."""
        self.stack.clear()

    def add(self, marker: Marker, limit: int) -> None:
        self._pop_for(marker)
        parent = self.stack[-1] if self.stack else None
        self.nodes.append(Node(marker, limit, parent, self._free(self._path(marker, parent))))
        self.stack.append(len(self.nodes) - 1)
        self.last[marker.style] = marker.value

    def _pop_for(self, marker: Marker) -> None:
        if marker.style == "decimal":
            while self.stack and not self._is_above(self.nodes[self.stack[-1]].marker, marker):
                self.stack.pop()
            return
        styles = [self.nodes[i].marker.style for i in self.stack]
        if marker.style in styles:
            del self.stack[styles.index(marker.style) :]
            return
        while self.stack and RANK[self.nodes[self.stack[-1]].marker.style] > RANK[marker.style]:
            self.stack.pop()

    def _is_above(self, upper: Marker, lower: Marker) -> bool:
        """Whether 2.1 stands under 2: its numbers begin with the other's."""
        return 0 < len(upper.numbers) < len(lower.numbers) and lower.numbers[: len(upper.numbers)] == upper.numbers

    def _path(self, marker: Marker, parent: int | None) -> str:
        value = str(marker.value) + (f"-{marker.insert}" if marker.insert else "")
        if marker.style == "article":
            return f"a{value}"
        if marker.style == "decimal":
            return ".".join(map(str, marker.numbers))
        return value if parent is None else f"{self.nodes[parent].path}.{value}"

    def _free(self, path: str) -> str:
        """The path, with ~2, ~3 … where it occurs again."""
        count = self.taken[path] = self.taken.get(path, 0) + 1
        return path if count == 1 else f"{path}~{count}"

    def accepts(self, marker: Marker, row: Row, after: int | None) -> bool:
        """Whether a marker inside a line opens an item: it begins or continues a numbering where an item may begin.

        ``after`` is the value of the next marker of its style.
        """
        before, style, soft = marker.before, marker.style, bool(row.line.before)
        if before == GAP:
            return True
        if style == "article":
            expected = self.last.get(style, 0) + (0 if marker.insert else 1)
            return self.statute and expected == marker.value and (soft or before in _CLOSING)
        if style in _UNITS:
            return soft
        if self._goes_on(marker):
            return before in _CLOSING + ")”" or (soft and style in {"cn", "cn_paren"})
        return marker.value == 1 and after == 2 and self._may_begin(marker, soft)

    def _goes_on(self, marker: Marker) -> bool:
        """Whether an open item, or the last one of its style anywhere (numbering that runs on), has the number before."""
        opened = (self.nodes[i].marker for i in self.stack)
        return any(m.style == marker.style and m.value + 1 == marker.value for m in opened) or (
            self.last.get(marker.style, 0) + 1 == marker.value > 1
        )

    def _may_begin(self, marker: Marker, soft: bool) -> bool:
        before, style = marker.before, marker.style
        if before in "。)":
            return style in {"cn", "cn_paren", "ar"}
        if style == "cn_paren" and self.statute and before in ":：":
            return True
        if style == "cn_paren" and soft and self.stack:
            return before in _CLOSING + ":：" or marker.start - self.nodes[self.stack[-1]].marker.body <= _HEADING
        return style in {"cn", "ar"} and soft and (style == "cn" or before in ":：;；")
