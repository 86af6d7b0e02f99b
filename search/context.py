"""What a provision stands under: the title of its document, the headings above it, and the words that introduce its item.

An item of a list (（四）乘坐电梯的，避开高峰时间) does not say what it is about; the provision above it does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graph import writing
from graph.protocol import ProvisionRow

Fetch = Callable[[Sequence[str]], Sequence[ProvisionRow]]


def with_contexts(rows: Iterable[ProvisionRow]) -> Iterator[tuple[ProvisionRow, str]]:
    """Each row with its context. All rows of a document must follow one another."""
    for _, group in itertools.groupby(rows, key=lambda row: row.document.id):
        held = list(group)
        texts = {row.id: row.text for row in held}
        yield from ((row, context_of(row, texts)) for row in held)


def fetch_contexts(rows: Sequence[ProvisionRow], fetch: Fetch) -> dict[str, str]:
    """Id → context for rows read one by one; ``fetch`` reads the provisions above them."""
    texts = {row.id: row.text for row in rows}
    above = dict.fromkeys(identifier for row in rows if (identifier := _above(row)) and identifier not in texts)
    texts |= {row.id: row.text for row in fetch(tuple(above))} if above else {}
    return {row.id: context_of(row, texts) for row in rows}


def context_of(row: ProvisionRow, texts: Mapping[str, str]) -> str:
    """The context of one row, a line for each part. ``texts`` holds the provision above it under its id."""
    above = texts.get(_above(row) or "", "")
    return writing.context_of(row.document.title, row.headings, above)


def _above(row: ProvisionRow) -> str | None:
    return None if row.provision.parent is None else f"{row.document.id}:{row.provision.parent}"
