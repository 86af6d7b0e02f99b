"""Records of the provisions that answer a question: those whose words speak of the topic, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.protocol import Fact, Filter, ProvisionRow, Reader
from search.coverage import Coverage
from search.engine import Found, Searcher, keep_good
from search.understanding import Plan

_PAGE = 500


def found_for(searcher: Searcher, plan: Plan, where: Filter, depth: int) -> list[Found]:
    """The provisions that answer, best first; none where nothing is sure enough."""
    return keep_good([one for one in searcher.find(plan, where, depth) if one.row.provision.role != "section"])


def facts_in(reader: Reader, kind: str, ids: Sequence[str]) -> Iterator[Fact]:
    """Every record of one kind in these provisions."""
    offset, total = 0, 1
    while ids and offset < total:
        page = reader.facts(kind, provision_ids=ids, offset=offset, limit=_PAGE)
        yield from page.rows
        offset, total = offset + _PAGE, page.total


def coverage_of(searcher: Searcher, plan: Plan) -> Coverage:
    """How much a text speaks of the question, as a measure."""
    return Coverage.of(plan.groups, searcher.indexes.words)


def sentence_share(coverage: Coverage, row: ProvisionRow, start: int, end: int) -> float:
    """How much of the question the words from ``start`` to ``end`` of the source text and the heading speak of."""
    offset = row.provision.start
    return coverage.share(f"{row.provision.heading or ''}\n{row.text[start - offset : end - offset]}")
