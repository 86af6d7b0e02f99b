"""How a link came to be known: the text says so, it has the words, or it means the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from graph.linking import normal_title
from ingest.records import Citation, DocumentFields

Evidence = Literal["stated", "copied", "inferred"]
COPIED = 0.5
"""Share of a unit's own letters that stand in its source in runs, from which its words are taken from there."""


def evidence_of(cited: bool, kept: float) -> Evidence:
    """``cited``: the unit itself names the source; ``kept`` the share of its words that the source has."""
    return "stated" if cited else "copied" if kept >= COPIED else "inferred"


def names_of(fields: DocumentFields) -> frozenset[str]:
    """What others call a document: its number, and its title as compared."""
    return frozenset(name for name in (fields.doc_number, normal_title(fields.title or "")) if name)


def cites(citations: Sequence[Citation], names: Collection[str], start: int, end: int) -> bool:
    """Whether a citation in ``start``:``end`` names one of these."""
    found = [c for c in citations if start <= c.start < end and c.kind != "self"]
    return any(c.doc_number in names or normal_title(c.title) in names for c in found)
