"""A family of texts as a picture: one row for each level of government, the country on top, earlier texts to the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.lineage_answers import Bond, FamilyAnswer, Member

LEVELS = ("national", "province", "prefecture", "county", "township")
ROW = 5
"""Texts side by side; a level with more takes further rows."""
WIDTH, HEIGHT = 190, 62
ACROSS, DOWN = 214, 122
MARGIN = 60
"""Room on the right for lines that pass rows."""
LETTERS = 13
"""Chinese characters in a line of a box."""


@dataclass(frozen=True)
class Box:
    """A text: ``x`` and ``y`` are its upper left corner, ``lines`` its title cut to fit."""

    member: Member
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A bond between two texts; ``path`` is its way, around the rows that it passes."""

    bond: Bond
    path: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawing_of(answer: FamilyAnswer) -> Drawing:
    """Where everything stands."""
    rows: list[list[Member]] = []
    for level in (*LEVELS, None):
        of_level = [member for member in answer.members if _level(member, answer) == level]
        rows += [of_level[i : i + ROW] for i in range(0, len(of_level), ROW)]
    boxes = [_box(member, column, row) for row, members in enumerate(rows) for column, member in enumerate(members)]
    at = {box.member.id: box for box in boxes}
    lines = tuple(_line(bond, at[bond.lower], at[bond.higher]) for bond in answer.bonds)
    widest = max((len(row) for row in rows), default=1)
    return Drawing(widest * ACROSS + MARGIN, len(rows) * DOWN - (DOWN - HEIGHT) + 8, tuple(boxes), lines)


def _level(member: Member, answer: FamilyAnswer) -> str | None:
    """A text that is not held stands one level above the highest that is made under it."""
    if member.held:
        return member.level
    known = {other.id: other.level for other in answer.members if other.held}
    below = [known.get(bond.lower) for bond in answer.bonds if bond.higher == member.id]
    ranks = [LEVELS.index(level) for level in below if level in LEVELS]
    return LEVELS[max(0, min(ranks) - 1)] if ranks else None


def _box(member: Member, column: int, row: int) -> Box:
    title = member.title or member.doc_number or member.id
    lines = [title[i : i + LETTERS] for i in range(0, len(title), LETTERS)]
    if len(lines) > 2:
        lines = [lines[0], lines[1][:-1] + "…"]
    return Box(member, column * ACROSS + 4, row * DOWN + 4, tuple(lines))


def _line(bond: Bond, lower: Box, higher: Box) -> Line:
    if lower.y == higher.y:
        first, last = sorted((lower, higher), key=lambda box: box.x)
        return Line(bond, f"M{first.x + WIDTH} {first.y + HEIGHT // 2}L{last.x} {last.y + HEIGHT // 2}")
    up, down = sorted((lower, higher), key=lambda box: box.y)
    start, end = (up.x + WIDTH // 2, up.y + HEIGHT), (down.x + WIDTH // 2, down.y)
    if down.y - up.y <= DOWN:
        return Line(bond, f"M{start[0]} {start[1]}L{end[0]} {end[1]}")
    aside = max(start[0], end[0]) + WIDTH
    return Line(bond, f"M{start[0]} {start[1]}C{aside} {start[1]} {aside} {end[1]} {end[0]} {end[1]}")


def lines_of(box: Box) -> Sequence[tuple[int, str]]:
    """The lines of a box's title with their height in it."""
    return [(box.y + 22 + 17 * number, line) for number, line in enumerate(box.lines)]
