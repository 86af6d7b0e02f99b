"""The keyword index: BM25 by tantivy over words and character bigrams of provisions and of their headings.

The index is a cache generation; provisions newer than it live in a second index in memory, and hide their old form. Without a
generation the second one holds everything.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from graph.generations import Generation, Generations, Stamp
from graph.protocol import ProvisionRow, Reader
from ingest.tokens import bigrams, words
from search.candidates import FIELDS, Group, Scores, Stream, Vocabulary
from search.context import with_contexts

TITLE, TEXT, CONTEXT = "title", "bigrams", "context_bigrams"
"""Fields in which a phrase may have to stand: the title of the document, the provision, what stands above it."""
_WRITER_MEMORY = 64_000_000


def make_schema() -> Any:
    """Ids as they are, token streams split at spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for name in (*FIELDS, TITLE):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def to_entry(row: ProvisionRow, context: str) -> Any:
    """A provision as tantivy indexes it."""
    heading = row.provision.heading or ""
    return tantivy.Document(
        id=row.id,
        document=row.document.id,
        title=" ".join(bigrams(row.document.title or "")),
        words=" ".join(words(row.text)),
        bigrams=" ".join(bigrams(row.text)),
        heading_words=" ".join(words(heading)),
        heading_bigrams=" ".join(bigrams(heading)),
        context_words=" ".join(words(context)),
        context_bigrams=" ".join(bigrams(context)),
    )


def fill(index: Any, rows: Iterable[ProvisionRow]) -> int:
    """Add the rows in one segment, those of a document one after another; returns how many."""
    writer = index.writer(_WRITER_MEMORY, 1)
    count = 0
    for count, (row, context) in enumerate(with_contexts(rows), 1):  # noqa: B007 — the last value is the total
        writer.add_document(to_entry(row, context))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return count


def form(reader: Reader) -> str:
    """The form of the cache: another layout or store is another form."""
    return f"keyword-2:{reader.meta('identity')}"


def build(reader: Reader, root: Path) -> Generation:
    """Write a new generation of everything. Only for the process that holds the writer."""
    stamp = Stamp(version=reader.version(), form=form(reader), items=reader.counts().provisions)

    def write(folder: Path) -> None:
        fill(tantivy.Index(make_schema(), path=str(folder)), reader.all_provisions())

    return Generations(root).add(stamp, write)


@dataclass(frozen=True)
class Base:
    """A generation opened."""

    index: Any
    version: int


def open_base(generation: Generation) -> Base | None:
    """The generation's index; ``None`` where it cannot be opened."""
    try:
        return Base(tantivy.Index.open(str(generation.folder)), generation.stamp.version)
    except (OSError, ValueError):
        return None


def with_newer(base: Base | None, reader: Reader) -> KeywordIndex:
    """The base and, in memory, what is newer than it; without a base everything counts as newer."""
    changed = reader.provisions_changed_since(base.version if base else 0)
    newer = tantivy.Index(make_schema())
    fill(newer, reader.provisions(changed))
    return KeywordIndex(base.index if base else None, newer, frozenset(changed))


class KeywordIndex(Vocabulary):
    """Two indexes searched as one. Scores are BM25 sums over the fields."""

    def __init__(self, base: Any | None, newer: Any, superseded: frozenset[str]) -> None:
        self._schema = make_schema()
        self._parts = [part for part in (base, newer) if part is not None]
        self._superseded = superseded if base is not None else frozenset()
        self.newer = len(superseded)

    @functools.cached_property
    def size(self) -> int:
        """How many provisions are indexed."""
        return sum(part.searcher().num_docs for part in self._parts)

    def search(self, groups: Sequence[Group], k: int, among: Filtered | None = None, without: Sequence[str] = ()) -> Scores:
        """The ``k`` best ids with their scores, among all or what ``among`` admits, without those that hold a phrase."""
        query = self._query(groups)
        if query is None:
            return {}
        if without:
            barred = [(tantivy.Occur.MustNot, _exact(self._schema, TEXT, phrase)) for phrase in without]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *barred])
        if among is not None:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._admit(among))])
        found: dict[str, float] = {}
        for number, part in enumerate(self._parts):
            hide = self._superseded if number == 0 and len(self._parts) > 1 else frozenset()
            found |= _collect(part.searcher(), query, k, hide)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:k])

    def holding(self, phrases: Sequence[str], fields: Sequence[str] = (TEXT,)) -> frozenset[str]:
        """Ids of all provisions that hold each of the phrases, word for word, in one of these fields."""
        exact = [_any(_exact(self._schema, field, phrase) for field in fields) for phrase in phrases]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in exact])
        return frozenset(self._all(query))

    def holding_any(self, phrases: Sequence[str]) -> frozenset[str]:
        """Ids of all provisions that hold one of the phrases."""
        return (
            frozenset(self._all(_any([_exact(self._schema, TEXT, phrase) for phrase in phrases]))) if phrases else frozenset()
        )

    def matching(self, query: Callable[[Any], Any]) -> frozenset[str]:
        """Ids of all provisions that a query made for the index's schema admits."""
        return frozenset(self._all(query(self._schema)))

    def _all(self, query: Any) -> Iterable[str]:
        for number, part in enumerate(self._parts):
            searcher = part.searcher()
            hide = self._superseded if number == 0 and len(self._parts) > 1 else frozenset()
            yield from _collect(searcher, query, max(1, searcher.num_docs), hide)

    def rarity(self, token: str, stream: Stream) -> float:
        seen = sum(part.searcher().doc_freq(stream, token) for part in self._parts)
        return math.log(1 + (self.size - seen + 0.5) / (seen + 0.5))

    def occurs(self, phrase: str) -> bool:
        parts = bigrams(phrase)
        return bool(parts) and all(self._seen(part) for part in parts)

    def _seen(self, token: str) -> bool:
        return any(part.searcher().doc_freq("bigrams", token) for part in self._parts)

    def _query(self, groups: Sequence[Group]) -> Any | None:
        parts = [
            (tantivy.Occur.Should, self._any_of(group)) for group in groups if any(bigrams(a.text) for a in group.alternatives)
        ]
        return tantivy.Query.boolean_query(parts) if parts else None

    def _any_of(self, group: Group) -> Any:
        options = [_boost(self._phrase(a.text), a.weight) for a in group.alternatives if bigrams(a.text)]
        best = options[0] if len(options) == 1 else tantivy.Query.disjunction_max_query(options)
        return _boost(best, group.weight)

    def _phrase(self, phrase: str) -> Any:
        tokens = {"words": words(phrase), "bigrams": bigrams(phrase)}
        terms = [self._term(field, token) for field in FIELDS for token in dict.fromkeys(tokens[field.rpartition("_")[2]])]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _term(self, field: str, token: str) -> Any:
        return _boost(tantivy.Query.term_query(self._schema, field, token, index_option="freq"), FIELDS[field])

    def _admit(self, among: Filtered) -> Any:
        return tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(self._schema, among.field, sorted(among.values)), 0.0
        )


@dataclass(frozen=True)
class Filtered:
    """What a search may find: provisions whose ``field`` (``id`` or ``document``) is one of ``values``."""

    field: str
    values: Collection[str]


def _exact(schema: Any, field: str, phrase: str) -> Any:
    """A query for the phrase's bigrams one after another, which only its own words satisfy."""
    tokens: list[str | tuple[int, str]] = [*bigrams(phrase)]
    if len(tokens) == 1:
        return tantivy.Query.term_query(schema, field, tokens[0])
    return tantivy.Query.phrase_query(schema, field, tokens)


def _any(queries: Iterable[Any]) -> Any:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _boost(query: Any, weight: float) -> Any:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _collect(searcher: Any, query: Any, k: int, hide: frozenset[str]) -> dict[str, float]:
    hits = searcher.search(query, limit=k + len(hide), count=False).hits if searcher.num_docs else []
    named = ((str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits)
    return {identifier: score for identifier, score in named if identifier not in hide}
