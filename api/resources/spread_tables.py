"""How a matter spread, as tables: a line for each text, and a line for each article in each text that has it."""

from __future__ import annotations

from collections.abc import Iterator

from api.context import Context
from api.csv_lines import csv_line
from api.resources.spreading import articles_of_matter, texts_of_matter
from api.spread_answers import SpreadArticle, SpreadText

TEXTS = ("date", "place", "level", "title", "articles", "source_place", "source_date", "copied", "verbatim", "followers")
IDS = ("id", "source_id")
ARTICLES = ("article", "words", "texts", "first_place", "first_date", "first_id", "place", "date", "path", "id")


def texts_table(context: Context, title: str) -> Iterator[str]:
    """The texts of a matter, as lines of CSV. Raises ``NotHeld`` before the first."""
    found = texts_of_matter(context, title)
    yield csv_line((*TEXTS, *IDS))
    yield from map(csv_line, map(_text_cells, found))


def articles_table(context: Context, title: str) -> Iterator[str]:
    """Every article that was taken over, one line for each text that has it. Raises ``NotHeld`` before the first."""
    found = articles_of_matter(context, title)
    yield csv_line(ARTICLES)
    for number, article in enumerate(found, 1):
        yield from map(csv_line, _article_cells(number, article))


def _text_cells(one: SpreadText) -> tuple[object, ...]:
    shares = (one.units, one.source_place, one.source_date, one.copied, one.verbatim, one.followers)
    ids = (one.document.id, one.source.id if one.source else None)
    return (one.date, one.place, one.level, one.document.title, *shares, *ids)


def _article_cells(number: int, article: SpreadArticle) -> Iterator[tuple[object, ...]]:
    first = article.first
    for end in (first, *article.copies):
        place = (first.jurisdiction, first.date, first.id, end.jurisdiction, end.date, end.path, end.id)
        yield number, article.words, article.texts, *place
