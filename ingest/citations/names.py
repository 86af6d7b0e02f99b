"""Where instruments are named: between title marks, in plain words, or by their number alone."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.citations.known import Names, by_ending, find_defined, find_known
from ingest.doc_numbers import DocNumber, doc_numbers_between, find_doc_numbers
from ingest.patterns import load_patterns

LONGEST_TITLE = 150
"""A title mark left open further than this many characters is not a title."""

_OPEN, _CLOSE = "《", "》"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}]")
_BRACKET = re.compile(r" ?\(([^()]{2,80}(?:\([^()]{0,20}\)[^()]{0,40})?)\)")
_COUNT = r"[一二三四五六七八九十百零〇\d]+"
_ARTICLE = rf"第 ?{_COUNT} ?条(?:之[一二三四五六七八九十]+)?"
_PARTS = rf"(?:第 ?{_COUNT} ?款)?(?:第 ?\(?{_COUNT}\)? ?项)?"
_MORE = rf"(?:(?:、|和|及|至|或者?|以及)(?:{_ARTICLE}{_PARTS}|第{_COUNT}款))*"
_PINPOINT = re.compile(rf"(?:的|中的?|等)?((?:{_ARTICLE}{_PARTS}|第 ?{_COUNT} ?[编章节]){_MORE})")
# Titles of instruments without marks, told by the number behind them or beside them in a table.
_GENRE = r"(?:意见|通知|办法|方案|规定|决定|批复|复函|函|规划|计划|条例|细则|要点|纲要|公告|通告|措施|清单|目录|政策|制度|规则)"
_BESIDE = re.compile(rf"(?:^|[|\n] ?)(?P<title>[^|\n]{{6,120}}?{_GENRE}(?:\([^()]{{1,12}}\))?) ?\| ?\(?$")


@dataclass(frozen=True)
class Mention:
    """One instrument named: ``start``:``end`` are the words that name it with their marks, ``after`` where its number ends.

    ``rule`` is how it was found, ``short`` the short name that is given to it here.
    """

    start: int
    end: int
    title_start: int
    title_end: int
    after: int
    rule: str
    number: str | None = None
    pinpoint: str | None = None
    short: str | None = None

    def title(self, text: str) -> str:
        """The title as written in ``text``; a line break inside it is left out."""
        return re.sub(r"\s*\n\s*", "", text[self.title_start : self.title_end]).strip()


@dataclass(frozen=True)
class Named:
    """What a whole text names without title marks, found in one pass: spans with the rule that found them, in order of place.

    ``sure`` are national statutes and short names that the text defines, ``likely`` what patterns and standards tell;
    ``defined`` are the places where a short name is only given.
    """

    sure: tuple[tuple[int, int, str], ...] = ()
    likely: tuple[tuple[int, int, str], ...] = ()
    defined: frozenset[int] = frozenset()

    @classmethod
    def of(cls, folded: str) -> Named:
        """Everything that a folded text names plainly."""
        size = len(folded)
        sure = [(*span, "known") for span in find_known(folded, 0, size)]
        sure += [(*span, "short") for span in find_defined(folded, 0, size, _short_names(folded)) if _used(folded, span[0])]
        likely = [(*match.span("title"), "plain") for match in _matches("plain", folded, 0, size)]
        for name in _standards(folded):
            likely += [(first, first + len(name), "standard") for first in _places(folded, name, 0, size)]
        defined = frozenset(match.start("title") for match in _matches("short", folded, 0, size))
        return cls(tuple(sorted(sure)), tuple(sorted(likely)), defined)


def _used(folded: str, first: int) -> bool:
    """Whether a short name is used, not given."""
    return "简称" not in folded[max(0, first - 5) : first]


def _standards(folded: str) -> list[str]:
    """Technical standards that the text says must be conformed to, by the names that it uses."""
    if "符合" not in folded:
        return []
    return sorted({match["title"] for match in _matches("standard", folded, 0, len(folded))})


def _short_names(folded: str) -> Names:
    """Short names that the text gives to instruments and later uses without marks: (以下简称实施细则)."""
    if "简称" not in folded:
        return {}
    return by_ending([match["title"] for match in _matches("short_plain", folded, 0, len(folded))])


def find_mentions(folded: str, start: int, end: int, named: Named) -> list[Mention]:
    """Every instrument named in ``folded[start:end]``, in order, each place once; ``named`` is of the whole text."""
    found = list(_titled(folded, start, end, named.defined))
    for group in (named.sure, named.likely):
        found = _with_others(found, _plain(folded, start, end, group))
    return _with_others(found, _numbers(folded, start, end))


def _with_others(found: list[Mention], more: Iterator[Mention]) -> list[Mention]:
    """``found`` and those of ``more`` that stand elsewhere, in order of place; ``found`` is in order and has no overlaps."""
    starts = [mention.start for mention in found]
    new: list[Mention] = []
    for mention in more:
        at = bisect.bisect_left(starts, mention.end)
        free = at == 0 or max(found[at - 1].after, found[at - 1].end) <= mention.start
        if free and not any(mention.start < other.after and other.start < mention.end for other in new):
            new.append(mention)
    return sorted(found + new, key=lambda mention: mention.start) if new else found


def _titled(folded: str, start: int, end: int, defined: frozenset[int]) -> Iterator[Mention]:
    for opened, closed in title_spans(folded, start, end):
        if opened not in defined:
            yield _with_tail(folded, opened, closed, opened + 1, closed - 1, end, "titled")


def title_spans(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Outermost 《…》 of ``folded[start:end]``, marks included; one that is never closed is left out."""
    depth, opened = 0, start
    for mark in _MARK.finditer(folded, start, end):
        if depth and mark.start() - opened > LONGEST_TITLE:
            depth = 0
        if mark[0] == _OPEN:
            opened = opened if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and mark.start() - opened > 1:
                yield opened, mark.end()


def _with_tail(folded: str, start: int, stop: int, title_start: int, title_end: int, end: int, rule: str) -> Mention:
    """The mention with what stands directly behind its name: number, short name, article."""
    after, number, short = stop, None, None
    while bracket := _BRACKET.match(folded, after, end):
        number = number or _number_in(bracket[1])
        short = short or _short_in(bracket[1])
        if not (number or short or after == stop):
            break
        after = bracket.end()
    if number is None and (direct := _direct_number(folded, after, end)):
        number, after = direct.value, direct.end
    pinpoint = _PINPOINT.match(folded, after, end)
    return Mention(start, stop, title_start, title_end, after, rule, number, pinpoint[1] if pinpoint else None, short)


def _number_in(bracket: str) -> str | None:
    found = next(iter(find_doc_numbers(bracket)), None)
    return found.value if found else None


def _direct_number(folded: str, after: int, end: int) -> DocNumber | None:
    """A number that follows without any bracket: 《…通知》国发[2014]40号."""
    found = next(doc_numbers_between(folded, after, min(end, after + 40)), None)
    return found if found and found.start - after <= 1 else None


def _short_in(bracket: str) -> str | None:
    found = next(_matches("short", bracket, 0, len(bracket)), None)
    return found["title"].strip("《》") if found else None


def _plain(folded: str, start: int, end: int, spans: tuple[tuple[int, int, str], ...]) -> Iterator[Mention]:
    at = bisect.bisect_left(spans, (start,))
    for first, last, rule in itertools.takewhile(lambda span: span[0] < end, itertools.islice(spans, at, None)):
        if last <= end:
            yield _with_tail(folded, first, last, first, last, end, rule)


def _places(folded: str, name: str, start: int, end: int) -> Iterator[int]:
    place = folded.find(name, start, end)
    while place >= 0:
        yield place
        place = folded.find(name, place + len(name), end)


def _numbers(folded: str, start: int, end: int) -> Iterator[Mention]:
    for found in doc_numbers_between(folded, start, end):
        first, last = found.start, found.end
        beside = _BESIDE.search(folded, max(start, first - LONGEST_TITLE), first)
        if beside:  # a row of a table: title | number
            yield Mention(*beside.span("title"), *beside.span("title"), last, "row", found.value)
        else:
            yield Mention(first, last, first, last, last, "number", found.value)


def _matches(table: str, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in load_patterns("citations.toml", table):
        if pattern.may_match(folded, start, end):
            yield from pattern.regex.finditer(folded, start, end)
