"""Where instruments are named: between title marks, in plain words, or by their number alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.doc_numbers import DocNumber, find_doc_numbers
from ingest.patterns import load_patterns

LONGEST_TITLE = 150
"""A title mark left open further than this many characters is not a title."""

_OPEN, _CLOSE = "《", "》"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}]")
_BRACKET = re.compile(r" ?\(([^()]{2,80}(?:\([^()]{0,20}\)[^()]{0,40})?)\)")
_PINPOINT = re.compile(
    r"(?:的|中的?|等)?(第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十]+)?"
    r"(?:第[一二三四五六七八九十\d]+款)?(?:第[一二三四五六七八九十\d]+项)?)"
)


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


def find_standards(folded: str) -> frozenset[str]:
    """Technical standards that the document says must be conformed to, by the names that it uses."""
    if "符合" not in folded:
        return frozenset()
    return frozenset(match["title"] for match in _matches("standard", folded, 0, len(folded)))


def find_mentions(folded: str, start: int, end: int, standards: frozenset[str] = frozenset()) -> list[Mention]:
    """Every instrument named in ``folded[start:end]``, in order, each place once; ``standards`` are names to look for."""
    titled = list(_titled(folded, start, end))
    plain = [m for m in _plain(folded, start, end, standards) if not _covered(m, titled)]
    named = titled + plain
    numbers = [m for m in _numbers(folded, start, end) if not _covered(m, named)]
    return sorted(named + numbers, key=lambda mention: mention.start)


def _covered(mention: Mention, others: list[Mention]) -> bool:
    return any(mention.start < other.after and other.start < mention.end for other in others)


def _titled(folded: str, start: int, end: int) -> Iterator[Mention]:
    defined = {m.start("title") for m in _matches("short", folded, start, end)}
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
    found = next(iter(find_doc_numbers(folded[after : min(end, after + 40)])), None)
    if found is None or found.start > 1:
        return None
    return DocNumber(found.start + after, found.end + after, found.value)


def _short_in(bracket: str) -> str | None:
    found = next(_matches("short", bracket, 0, len(bracket)), None)
    return found["title"].strip("《》") if found else None


def _plain(folded: str, start: int, end: int, standards: frozenset[str]) -> Iterator[Mention]:
    for match in _matches("plain", folded, start, end):
        first, last = match.span("title")
        yield _with_tail(folded, first, last, first, last, end, "plain")
    for name in sorted(standards):
        for first in _places(folded, name, start, end):
            yield _with_tail(folded, first, first + len(name), first, first + len(name), end, "standard")


def _places(folded: str, name: str, start: int, end: int) -> Iterator[int]:
    place = folded.find(name, start, end)
    while place >= 0:
        yield place
        place = folded.find(name, place + len(name), end)


def _numbers(folded: str, start: int, end: int) -> Iterator[Mention]:
    for found in find_doc_numbers(folded[start:end]):
        first, last = start + found.start, start + found.end
        yield Mention(first, last, first, last, last, "number", found.value)


def _matches(table: str, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in load_patterns("citations.toml", table):
        yield from pattern.regex.finditer(folded, start, end)
