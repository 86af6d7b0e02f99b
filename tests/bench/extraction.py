"""How fast text becomes records on one core, against spaCy's bare character tokeniser on the same text."""

from __future__ import annotations

from collections.abc import Iterator

import spacy

from ingest.extract import extract
from ingest.readers import read_file
from ingest.source_text import SourceText
from tests.bench import Row, median_seconds
from tests.gold.cases import POLICIES, shared

MEGABYTE = 1_000_000
LAWS = 60
"""So many statutes are a fair sample of length and form."""


def rows() -> Iterator[Row]:
    """Megabytes of UTF-8 text a second over the shipped documents and, when they are there, over statutes."""
    yield from measured("shipped documents", [read_file(path) for path in sorted(POLICIES.glob("*.txt"))], rounds=5)
    laws = sorted((shared() / "corpus" / "laws").rglob("*.md"))
    if laws:
        yield from measured("statutes", [read_file(path) for path in laws[:: max(1, len(laws) // LAWS)]], rounds=3)


def measured(what: str, sources: list[SourceText], rounds: int) -> Iterator[Row]:
    """Extraction alone, after one round to load its tables, and its ratio to the tokeniser."""
    nlp = spacy.blank("zh")
    size = sum(len(source.text.encode()) for source in sources) / MEGABYTE
    for source in sources:
        extract(source)
    # A fresh copy each time: the folded view is made once for a source text, and is part of the work.
    ours = median_seconds(lambda: [extract(SourceText(source.name, source.text)) for source in sources], rounds)
    theirs = median_seconds(lambda: [nlp.make_doc(source.text) for source in sources], rounds)
    yield Row(f"extract {what}, {size:.1f} MB", f"{size / ours:.2f} MB/s, {ours / theirs:.1f} × spaCy's char tokeniser")
