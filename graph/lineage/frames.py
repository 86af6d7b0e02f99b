"""Articles that every statute has: its purpose, its scope, the day from which it holds. They tell nothing of what it orders."""

from __future__ import annotations

import re

from graph.lineage.units import Unit

FRAMES = {
    "purpose": re.compile(r"制定(?:本|实施)"),
    "scope": re.compile(r"适用(?:于)?本|(?:必须|应当)遵守本"),
    "commencement": re.compile(r"自[^。]{0,20}(?:起|之日)[^。]{0,6}(?:施行|实施)"),
}
"""结合本市实际, 制定本办法; 在本市从事…活动, 适用本条例; 本办法自2012年1月1日起施行."""


def frames_in(words: str) -> frozenset[str]:
    """Which of these an article with these words is."""
    return frozenset(name for name, form in FRAMES.items() if form.search(words))


def frames_of(unit: Unit) -> frozenset[str]:
    """Which of these a unit is."""
    return frozenset[str]().union(*(frames_in(sentence.words) for sentence in unit.sentences))
