"""The answers about how a matter spread from place to place."""

from __future__ import annotations

import msgspec

from api.answers import Answer
from graph.lineage.rows import MeasureEnd
from graph.protocol import DocumentBrief


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """Texts whose titles differ in their place alone; ``first`` and ``last`` are the days of the earliest and the latest."""

    title: str
    texts: int
    places: int
    first: str | None
    last: str | None


class MattersAnswer(Answer, frozen=True, kw_only=True):
    """Matters that three or more texts regulate, those of most texts first."""

    total: int
    offset: int
    limit: int
    next: str | None
    previous: str | None
    items: tuple[Matter, ...]


class SpreadText(msgspec.Struct, frozen=True, kw_only=True):
    """One text. ``copied`` of its ``units`` articles have the words of ``source``, ``verbatim`` of them word for word;
    ``source`` is null where no text held gave it a fifth of its articles. ``followers`` texts took most from this one.
    """

    document: DocumentBrief
    place: str | None
    level: str | None
    date: str | None
    units: int | None
    source: DocumentBrief | None
    source_place: str | None
    source_date: str | None
    copied: int
    verbatim: int
    followers: int


class SpreadArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article that others took over: where it was written first, its opening words, and where it went."""

    first: MeasureEnd
    words: str
    texts: int
    copies: tuple[MeasureEnd, ...]


class SpreadAnswer(Answer, frozen=True, kw_only=True):
    """How one matter spread: its texts by day, and its articles that went furthest; ``more`` articles were taken over too."""

    matter: Matter
    texts: tuple[SpreadText, ...]
    articles: tuple[SpreadArticle, ...]
    more: int
