"""The stretch of text in which a provision's facts are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.records import Provision

_STOPS = "。;；:"


def reaches(folded: str, provisions: Sequence[Provision]) -> Iterator[tuple[Provision, int, int]]:
    """Each provision with the offsets of its own text, in the order of the text.

    A preamble reaches to the first item: a notice that prints a single text has its own words before that text's title and
    the text's preamble after it, both path 0. In a statute a paragraph after numbered items belongs to their article.
    """
    ordered = sorted(provisions, key=lambda provision: provision.start)
    by_path = {provision.path: provision for provision in ordered}
    tails = article_tails(folded, ordered)
    for provision, following in pairwise([*ordered, None]):
        if provision is None:
            continue
        end = provision.end
        if provision.path.rpartition("/")[2] == "0" and following is not None:
            end = max(end, following.start)
        cut = tails.get(provision.path, end)
        yield provision, provision.start, cut
        if cut < end:
            yield by_path[provision.parent or ""], cut, end


def article_tails(folded: str, provisions: Sequence[Provision]) -> Mapping[str, int]:
    """Path of an article's last item → where the article goes on behind it, in a paragraph of its own."""
    last = {provision.parent: provision for provision in sorted(provisions, key=lambda provision: provision.start)}
    found: dict[str, int] = {}
    for parent, item in last.items():
        if parent is None or not is_article(parent):
            continue
        cut = folded.find("\n", item.start, item.end)
        if cut >= 0 and folded[item.start : cut].rstrip()[-1:] in _STOPS:
            found[item.path] = cut
    return found


def is_article(path: str) -> bool:
    """Whether a path is that of an article or stands under one."""
    return path.rpartition("/")[2].startswith("a")
