"""How a matter spread: the texts of one title in many places, who copied whom, who wrote which article first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from api.context import Context
from api.problems import NotHeld
from api.resources import lines
from api.resources.paging import LIMIT, check_page, neighbours
from api.spread_answers import Matter, MattersAnswer, SpreadAnswer, SpreadArticle, SpreadText
from graph.lineage.frames import frames_in
from graph.lineage.matters import matter_of
from graph.lineage.rows import ComparisonRow, Derivation, HeldText
from graph.lineage.spreading import Article, Taken, articles, followers, taken, texts_of
from graph.protocol import Page

FEWEST = 3
"""Texts that make a matter worth a page."""
SHOWN = 60
"""Articles of the answer; the table has all."""
OPENING = 60
"""Letters of an article that are shown."""


def matters(context: Context, title: str | None = None, *, offset: int = 0, limit: int = LIMIT) -> MattersAnswer:
    """Matters regulated in several texts; ``title`` is a part of theirs."""
    check_page(offset, limit)
    found = [_matter(name, texts) for name, texts in _by_matter(context).items() if len(texts) >= FEWEST]
    found = sorted((one for one in found if not title or title in one.title), key=lambda one: (-one.texts, one.title))
    page = Page(rows=tuple(found[offset : offset + limit]), total=len(found), offset=offset, limit=limit)
    around = neighbours("/families", {"title": title}, page)
    return MattersAnswer(
        snapshot=context.reader.snapshot(), total=page.total, offset=offset, limit=limit, items=page.rows, **around
    )


def spread(context: Context, title: str) -> SpreadAnswer:
    """How the matter with this title spread. Raises ``NotHeld``."""
    texts, compared, links = _linked(context, title)
    found = _articles(context, texts, links)
    return SpreadAnswer(
        snapshot=context.reader.snapshot(),
        matter=_matter(title, texts),
        texts=tuple(_texts(context, texts, compared, links)),
        articles=tuple(found[:SHOWN]),
        more=len(found[SHOWN:]),
    )


def texts_of_matter(context: Context, title: str) -> list[SpreadText]:
    """Its texts alone. Raises ``NotHeld``."""
    return _texts(context, *_linked(context, title))


def articles_of_matter(context: Context, title: str) -> list[SpreadArticle]:
    """All its articles that were taken over. Raises ``NotHeld``."""
    texts, _, links = _linked(context, title)
    return _articles(context, texts, links)


def _by_matter(context: Context) -> dict[str, list[HeldText]]:
    reader = lines.lineage_of(context)
    found: dict[str, list[HeldText]] = defaultdict(list)
    for text in reader.held_texts() if reader else ():
        if matter := matter_of(text.document.title or ""):
            found[matter].append(text)
    return found


def _linked(context: Context, title: str) -> tuple[list[HeldText], list[ComparisonRow], list[Derivation]]:
    """The texts of a matter, what they were compared with, and all links up from them."""
    texts = _by_matter(context).get(title)
    if texts is None:
        raise NotHeld(f"No text about “{title}” is held.", remedy="/families lists the matters that several texts regulate.")
    own = {text.document.id for text in texts}
    compared = [row for text in texts for row in _compared(context, text)]
    above = {row.higher.id for row in compared}
    found = [link for one in sorted(own | above) for link in lines.derived_from(context, one)]
    return texts, compared, [link for link in found if link.lower.document.id in own]


def _articles(context: Context, texts: Sequence[HeldText], links: Iterable[Derivation]) -> list[SpreadArticle]:
    """The articles taken over among these texts; those that every statute has tell nothing."""
    own = {text.document.id for text in texts}
    found = articles(link for link in links if link.higher.document.id in own)
    rows = {row.id: row for row in context.reader.provisions([article.first.id for article in found])}
    words = {one: row.text[len(row.provision.marker or "") :] for one, row in rows.items()}
    telling = (article for article in found if not frames_in(words[article.first.id]))
    return [_article(article, "".join(words[article.first.id].split())[:OPENING]) for article in telling]


def _compared(context: Context, text: HeldText) -> list[ComparisonRow]:
    rows = lines.comparisons(context, text.document.id)
    return [row for row in rows if row.lower.id == text.document.id]


def _texts(
    context: Context, texts: Sequence[HeldText], compared: Iterable[ComparisonRow], links: Iterable[Derivation]
) -> list[SpreadText]:
    found = taken(texts, compared, links)
    count = followers(found)
    return [_text(context, one, count.get(one.text.document.id, 0)) for one in found]


def _matter(title: str, texts: Sequence[HeldText]) -> Matter:
    days = sorted(text.date for text in texts if text.date)
    places = {text.place for text in texts if text.place}
    return Matter(
        title=title,
        texts=len(texts),
        places=len(places),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _text(context: Context, one: Taken, count: int) -> SpreadText:
    source = context.reader.document(one.source) if one.source else None
    return SpreadText(
        document=one.text.document,
        place=one.text.place,
        level=one.text.level,
        date=one.text.date,
        units=one.units,
        source=source.brief if source else None,
        source_place=source.fields.jurisdiction if source else None,
        source_date=(source.fields.issued_on or source.fields.published_on) if source else None,
        copied=one.copied,
        verbatim=one.verbatim,
        followers=count,
    )


def _article(article: Article, words: str) -> SpreadArticle:
    return SpreadArticle(first=article.first, words=words, texts=texts_of(article), copies=article.copies)
