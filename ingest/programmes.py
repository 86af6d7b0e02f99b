"""Programmes: the named campaigns, projects and schemes of a document, quoted or called …计划, …工程, …行动."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.citations.names import title_spans
from ingest.patterns import first_match, load_patterns
from ingest.reaches import is_article, reaches
from ingest.records import DocumentFields, Programme, Provision
from ingest.source_text import SourceText

_FILE = "programmes.toml"
_QUOTE = re.compile(r"“([^“”\n]{1,40})”|\"([^\"\n]{2,30})\"")
_CLAUSE_END = re.compile(r"[,。;:!?\n]")
_LIST = re.compile(r" ?(?:[、,和及与]|以及)? ?|[、和][一-龥]{1,6}")
_SIDE = 40
_LEAST = 4
"""A shorter quotation needs more than a verb before it to be a name."""
_LEADING = re.compile(
    r"^(?:时期|期间|全面|大力|积极|深入|扎实|继续|组织|实施|开展|推进|落实|好|国家(?!级)|全国|新一轮|一批|重点|启动)+"
)
_TAIL_OF_LIST = re.compile(
    r"^.*(?:(?:项目|活动|制度|政策|试点|任务|机制)(?:和|及|、)|(?:推进|实施|开展|启动|落实)(?=[^推实开启落]{6,}$))"
)


class _Quote(NamedTuple):
    """A quotation: its words and where its marks stand."""

    start: int
    end: int
    opened: int
    closed: int


def find_programmes(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Programme, ...]:
    """Every programme that the provisions name, in the order of the text; what the masthead says makes no difference."""
    del fields
    found: list[Programme] = []
    for provision, start, end in reaches(source.folded, provisions):
        found += _in_provision(source, provision, start, end)
    return tuple(sorted(found, key=lambda record: (record.start, record.end)))


def _in_provision(source: SourceText, provision: Provision, start: int, end: int) -> Iterator[Programme]:
    folded = source.folded
    titles = list(title_spans(folded, start, end))
    quotes = [q for q in _quotes(folded, start, end) if not _inside(q.start, titles)]
    taken = titles + [(quote.opened, quote.closed) for quote in quotes]
    spans = [(q.start, q.end, rule) for q, rule in _accepted(folded, quotes, start, end)]
    spans += _titled(folded, provision)
    if not is_article(provision.path):  # a statute speaks of plans and works in general
        taken += [(first, last) for first, last, _ in spans]
        spans += [span for span in _plain(folded, start, end) if not _crosses(span, taken)]
    for first, last, rule in spans:
        yield Programme(path=provision.path, start=first, end=last, rule=f"programmes.{rule}", name=source.text[first:last])


def _titled(folded: str, provision: Provision) -> Iterator[tuple[int, int, str]]:
    """An item's whole title that is a name: (一)关键技术攻关工程."""
    if provision.heading_start is None or provision.heading_end is None or is_article(provision.path):
        return
    title = folded[provision.heading_start : provision.heading_end].strip()
    if _matches("title", title) and not _matches("plain_refuse", title):
        yield provision.heading_start, provision.heading_end, "titled"


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= place < last for first, last in spans)


def _crosses(span: tuple[int, int, str], spans: list[tuple[int, int]]) -> bool:
    return any(first < span[1] and span[0] < last for first, last in spans)


def _quotes(folded: str, start: int, end: int) -> list[_Quote]:
    return [_Quote(*m.span(m.lastindex or 0), *m.span()) for m in _QUOTE.finditer(folded, start, end)]


def _accepted(folded: str, quotes: list[_Quote], start: int, end: int) -> Iterator[tuple[_Quote, str]]:
    """The quotations that name a programme; those of one list share what stands before and after the list."""
    for group in _lists(folded, quotes):
        before = _CLAUSE_END.split(folded[max(start, group[0].opened - _SIDE) : group[0].opened])[-1]
        after = _CLAUSE_END.split(folded[group[-1].closed : min(end, group[-1].closed + _SIDE)])[0].lstrip()
        for quote in group:
            rule = _reason(folded[quote.start : quote.end].strip(), before, after)
            if rule:
                yield quote, rule


def _lists(folded: str, quotes: list[_Quote]) -> list[list[_Quote]]:
    groups: list[list[_Quote]] = []
    for quote in quotes:
        if groups and _LIST.fullmatch(folded[groups[-1][-1].closed : quote.opened]):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _matches(table: str, text: str) -> bool:
    return first_match(load_patterns(_FILE, table), text) is not None


def _reason(name: str, before: str, after: str) -> str | None:
    """The rule by which a quotation is a programme, or null."""
    if _matches("known", name):
        return "known"
    if _matches("refuse", name):
        return None
    if _matches("ends", name) and not _matches("spoken_of", before):
        return "quoted_kind"
    if _matches("coined", name):
        run = _matches("before_built", before) or _matches("coined_after", after)
        return "coined" if run and not _matches("coined_not_after", after) else None
    if _matches("kind", after) and not before.endswith("按照"):
        return "kind_follows"
    if _matches("built", name) and _matches("before_built", before):
        return "built"
    if _matches("not_before", before) or _matches("not_after", after):
        return None
    if _matches("after", after):
        return "kind_follows"
    return "run" if len(name) >= _LEAST and _matches("before", before) else None


def _plain(folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Names without quotation marks, cut down to the name itself."""
    for pattern in load_patterns(_FILE, "plain"):
        for match in pattern.regex.finditer(folded, start, end):
            first, last = match.span("name")
            for cut in (_LEADING, _TAIL_OF_LIST, _LEADING):
                lead = cut.match(folded[first:last])
                first += lead.end() if lead else 0
            name = folded[first:last]
            if len(name) >= 5 and not _matches("plain_refuse", name):
                yield first, last, "plain"
