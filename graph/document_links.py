"""Which links between two documents are shown: each pair once, by its first statement. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from graph.protocol import Link


def first_statements(up: Sequence[Link], down: Sequence[Link], document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Of the statements made in a document and of it, both in the order of texts, the first to and from each other document."""
    higher = {link.higher_id: link for link in reversed(up) if link.higher_id != document_id}
    lower = {link.lower.id: link for link in reversed(down) if link.higher_id == document_id}
    return tuple(reversed(higher.values())), tuple(reversed(lower.values()))
