"""How a matter spread: which text took most from which, and who wrote each article first. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.lineage.rows import ComparisonRow, Derivation, HeldText, MeasureEnd

LEAST = 0.2
"""Share of a text's articles that must be taken from another for it to count as copied from there."""


class Taken(NamedTuple):
    """A text and the one from which it took most; ``copied`` of its ``units`` articles come from there, ``verbatim`` of them
    word for word; null ``source`` where nothing that is held gave it a fifth of its articles.
    """

    text: HeldText
    units: int | None
    source: str | None
    copied: int
    verbatim: int


class Article(NamedTuple):
    """The articles that go back to one: ``first`` is where it was written first, ``copies`` follow by day."""

    first: MeasureEnd
    copies: tuple[MeasureEnd, ...]


def taken(texts: Sequence[HeldText], comparisons: Iterable[ComparisonRow], links: Iterable[Derivation]) -> tuple[Taken, ...]:
    """Each text with its main source among those that it was compared with, by day."""
    units = {(one.lower.id, one.higher.id): one.units for one in comparisons}
    copied: dict[tuple[str, str], set[str]] = defaultdict(set)
    exact: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if link.evidence != "inferred":
            pair = link.lower.document.id, link.higher.document.id
            copied[pair].add(link.lower.path)
            if link.relation == "verbatim":
                exact[pair].add(link.lower.path)
    found = []
    for text in texts:
        own = [pair for pair in units if pair[0] == text.document.id]
        best = max(own, key=lambda pair: (len(copied[pair]), pair[1]), default=None)
        number = units[best] if best else None
        enough = best is not None and len(copied[best]) >= LEAST * (number or 1)
        source = best[1] if best and enough else None
        parts = (len(copied[best]), len(exact[best])) if best and enough else (0, 0)
        found.append(Taken(text, number, source, *parts))
    return tuple(found)


def articles(links: Iterable[Derivation]) -> tuple[Article, ...]:
    """The articles that were taken over, those of most texts first; each follows its nearest source up to the first.

    A text never takes from a later one, so that the way up ends; what was split or merged goes with its surest link.
    """
    up: dict[str, Derivation] = {}
    for link in links:
        if link.evidence != "inferred" and link.lower.document.id != link.higher.document.id:
            known = up.get(link.lower.id)
            if known is None or _sureness(link) > _sureness(known):
                up[link.lower.id] = link
    ends = {link.higher.id: link.higher for link in up.values()} | {one: link.lower for one, link in up.items()}
    groups: dict[str, list[MeasureEnd]] = defaultdict(list)
    for one in up:
        groups[_root(one, up)].append(ends[one])
    found = [Article(ends[root], tuple(sorted(copies, key=_day))) for root, copies in groups.items()]
    return tuple(sorted(found, key=lambda article: (-texts_of(article), _day(article.first))))


def texts_of(article: Article) -> int:
    """How many texts have it, the first included."""
    return len({end.document.id for end in (article.first, *article.copies)})


def followers(found: Iterable[Taken]) -> Mapping[str, int]:
    """How many texts took most from each."""
    return Counter(one.source for one in found if one.source)


def _sureness(link: Derivation) -> tuple[bool, float, str]:
    return link.relation == "verbatim", link.score, link.higher.id


def _root(one: str, up: Mapping[str, Derivation]) -> str:
    seen = {one}
    while one in up and up[one].higher.id not in seen:
        one = up[one].higher.id
        seen.add(one)
    return one


def _day(end: MeasureEnd) -> tuple[str, str]:
    return end.date or "9", end.id
