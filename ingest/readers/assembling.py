"""Text put together line by line, with a locator for each stretch that has one."""

from __future__ import annotations

import re

from ingest.records import Locator

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CELLS = " | "
"""What stands between two cells of a table's row."""


def sound(text: str) -> str:
    """``text`` with half surrogate pairs and control characters, which no store or page can carry, as U+FFFD.

    >>> sound("一\\x00二\\ud800")
    '一\ufffd二\ufffd'
    """
    return _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", text))


def row_of(cells: list[str]) -> str:
    """One line for a row of a table: its cells in order, without the empty ones at its end."""
    while cells and not cells[-1].strip():
        cells.pop()
    return CELLS.join(" ".join(cell.split("\n")).strip() for cell in cells)


class Lines:
    """A text under construction."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._locators: list[Locator] = []

    def add(self, text: str, kind: str | None = None, label: str = "") -> None:
        """One more line (or several); ``kind`` and ``label`` say where it stood in the file."""
        text = sound(text)
        if kind:
            self._locators.append(Locator(start=self._length, end=self._length + len(text), kind=kind, label=label))
        self._parts.append(text)
        self._length += len(text) + 1

    def add_pieces(self, pieces: list[tuple[str, str]], kind: str) -> None:
        """One more line that stood in several places: ``pieces`` are (text, label of its place)."""
        start = self._length
        for piece, label in pieces:
            end = start + len(piece)
            last = self._locators[-1] if self._locators else None
            if last and last.kind == kind and last.label == label:
                self._locators[-1] = Locator(start=last.start, end=end, kind=kind, label=label)
            else:
                self._locators.append(Locator(start=start, end=end, kind=kind, label=label))
            start = end
        self.add("".join(piece for piece, _ in pieces))

    @property
    def text(self) -> str:
        return "\n".join(self._parts)

    @property
    def locators(self) -> tuple[Locator, ...]:
        return tuple(self._locators)
