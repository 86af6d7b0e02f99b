"""The keyword index: BM25 by tantivy over words and character bigrams of provisions and of their headings.

The index is a cache generation; provisions newer than it live in a second index in memory, and hide their old form. Without a
generation the second one holds everything.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tantivy

from graph.generations import Generation, Generations, Stamp
from graph.protocol import ProvisionRow, Reader
from graph.vectors import document_of, hidden_documents
from ingest.tokens import bigrams, streams
from search.candidates import FIELDS, Group, Scores, Stream, Vocabulary, tokens_of
from search.context import with_contexts

TITLE, TEXT, CONTEXT = "title", "bigrams", "context_bigrams"
"""Fields in which a phrase may have to stand: the title of the document, the provision, what stands above it."""
NUMBER = "number"
STREAM_OF: dict[str, Stream] = {field: "words" if field.endswith("words") else "bigrams" for field in FIELDS}
LIFT = 4.0
"""No score is higher than so many times the sum of the terms' rarities: BM25 gives a term at most 2.2 times its rarity, and the
weights of the three fields of a stream sum to 1.7."""
RARITIES_KEPT = 100_000
_MEMORY, _LITTLE_MEMORY = 256_000_000, 32_000_000
_IDS = "ids.txt"


def make_schema() -> Any:
    """Numbers and ids as they are, token streams split at spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(NUMBER, fast=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for name in (*FIELDS, TITLE):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def to_entry(number: int, row: ProvisionRow, context: str) -> Any:
    """A provision as tantivy indexes it, under its number."""
    text, heading = streams(row.text), _streams(row.provision.heading or "")
    above = [_streams(line) for line in context.split("\n")]
    return tantivy.Document(
        number=number,
        id=row.id,
        document=row.document.id,
        title=_streams(row.document.title or "")[1],
        words=" ".join(text[0]),
        bigrams=" ".join(text[1]),
        heading_words=heading[0],
        heading_bigrams=heading[1],
        context_words=" ".join(line[0] for line in above),
        context_bigrams=" ".join(line[1] for line in above),
    )


@functools.lru_cache(maxsize=10_000)
def _streams(line: str) -> tuple[str, str]:
    """Words and bigrams of a title or heading, under which many provisions stand."""
    found = streams(line)
    return " ".join(found[0]), " ".join(found[1])


def fill(index: Any, rows: Iterable[ProvisionRow], memory: int = _LITTLE_MEMORY) -> tuple[str, ...]:
    """Add the rows, those of a document one after another; returns their ids, by the number under which each is indexed.

    What fits into ``memory`` (bytes) becomes one segment, in which a search is faster than in several.
    """
    writer = index.writer(memory, 1)
    ids = []
    for number, (row, context) in enumerate(with_contexts(rows)):
        writer.add_document(to_entry(number, row, context))
        ids.append(row.id)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return tuple(ids)


def form(reader: Reader) -> str:
    """The form of the cache: another layout or store is another form."""
    return f"keyword-3:{reader.meta('identity')}"


def build(reader: Reader, root: Path) -> Generation:
    """Write a new generation of everything. Only for the process that holds the writer."""
    stamp = Stamp(version=reader.version(), form=form(reader), items=reader.counts().provisions)

    def write(folder: Path) -> None:
        ids = fill(tantivy.Index(make_schema(), path=str(folder)), reader.all_provisions(), _MEMORY)
        (folder / _IDS).write_text("\n".join(ids), "utf-8")

    return Generations(root).add(stamp, write)


@dataclass(frozen=True)
class Part:
    """An index, and the id of each provision in it by its number."""

    searcher: Any
    ids: Sequence[str]


@dataclass(frozen=True)
class Base:
    """A generation opened."""

    part: Part
    documents: frozenset[str]
    version: int


def open_base(generation: Generation) -> Base | None:
    """The generation's index; ``None`` where it cannot be opened."""
    try:
        ids = (generation.folder / _IDS).read_text("utf-8").split()
        part = Part(tantivy.Index.open(str(generation.folder)).searcher(), ids)
    except (OSError, ValueError):
        return None
    return Base(part, frozenset(map(document_of, ids)), generation.stamp.version)


def with_newer(base: Base | None, reader: Reader) -> KeywordIndex:
    """The base and, in memory, what is newer than it; without a base everything counts as newer."""
    changed = reader.provisions_changed_since(base.version if base else 0)
    newer = tantivy.Index(make_schema())
    ids = fill(newer, reader.provisions(changed))
    part = Part(newer.searcher(), ids)
    if base is None:
        return KeywordIndex((part,))
    hidden = hidden_documents(base.documents, base.version, reader, changed)
    return KeywordIndex((base.part, part) if changed else (base.part,), hidden)


class KeywordIndex(Vocabulary):
    """Indexes searched as one, the ``hidden`` documents of the first left out. Scores are BM25 sums over the fields."""

    def __init__(self, parts: Sequence[Part], hidden: Collection[str] = ()) -> None:
        self._schema = make_schema()
        self._parts = parts
        self._hidden = (self.among("document", hidden),) if hidden else ()
        self.size = sum(part.searcher.num_docs for part in parts)
        self.newer = len(parts[1].ids) if len(parts) > 1 else 0
        self._rarity = functools.lru_cache(RARITIES_KEPT)(self._rarity_now)

    def search(
        self, groups: Sequence[Group], k: int, also: Collection[str] = (), must: Sequence[Any] = (), never: Sequence[Any] = ()
    ) -> Scores:
        """The ``k`` best ids with their scores, best first, and those of ``also`` that hold any of the words.

        What is found meets every query of ``must`` and none of ``never``; ``also`` has to meet them.
        """
        query = self._query(groups)
        if query is None:
            return {}
        if not also:
            return {i: -loss for loss, i in self._find(query, k, must, never)}
        # One pass over the postings serves both: ``also`` is lifted above everything else, and set down again here.
        lift = LIFT * (1.0 + self._reach_of_all(groups))
        raised = any_of((query, tantivy.Query.const_score_query(self.among("id", also), lift)))
        found = self._find(raised, k + len(also), must, never)
        scores = sorted((loss + lift, i) if i in also else (loss, i) for loss, i in found)
        return {i: -loss for rank, (loss, i) in enumerate(scores) if loss < 0.0 and (rank < k or i in also)}

    def among(self, field: str, values: Collection[str]) -> Any:
        """A query for provisions whose ``field`` (``id`` or ``document``) is one of ``values``."""
        return tantivy.Query.term_set_query(self._schema, field, sorted(values))

    def stating(self, phrases: Sequence[str], fields: Sequence[str] = (TEXT,)) -> Any:
        """A query for provisions that hold one of the phrases, word for word, in one of these fields."""
        return any_of([self._exact(field, phrase) for phrase in phrases for field in fields])

    def matching(self, query: Callable[[Any], Any]) -> frozenset[str]:
        """Ids of all provisions that a query made for the index's schema admits."""
        return self.all(query(self._schema))

    def all(self, query: Any) -> frozenset[str]:
        """Ids of all provisions that a query admits."""
        return frozenset(i for _, i in self._find(query, max(1, self.size)))

    def admits(self, query: Any) -> bool:
        """Whether a query admits any provision at all."""
        return bool(self._find(query, 1))

    def rarity(self, token: str, stream: Stream) -> float:
        return self._rarity(token, stream)

    def occurs(self, phrase: str) -> bool:
        parts = bigrams(phrase)
        return bool(parts) and all(any(part.searcher.doc_freq(TEXT, token) for part in self._parts) for token in parts)

    def _rarity_now(self, token: str, stream: Stream) -> float:
        seen = sum(part.searcher.doc_freq(stream, token) for part in self._parts)
        return math.log(1 + (self.size - seen + 0.5) / (seen + 0.5))

    def _find(self, query: Any, k: int, must: Sequence[Any] = (), never: Sequence[Any] = ()) -> list[tuple[float, str]]:
        """The ``k`` best, each as its score below 0 and its id, best first."""
        base = _within(query, must, (*never, *self._hidden))
        found = _collect(self._parts[0], base, k) if self._parts else []
        for part in self._parts[1:]:
            found += _collect(part, _within(query, must, never), k)
        return sorted(found)[:k]

    def _reach_of_all(self, groups: Sequence[Group]) -> float:
        return self.reach([replace(group, asked=True) for group in groups])

    def _query(self, groups: Sequence[Group]) -> Any | None:
        """The best of each group's phrases, summed. Single ones are one flat sum of terms, which tantivy cuts short."""
        parts = []
        for group in groups:
            options = [one for one in group.alternatives if tokens_of(one.text)["bigrams"]]
            if len(options) == 1:
                parts += self._terms(options[0].text, options[0].weight * group.weight)
            elif options:
                best = [any_of(self._terms(option.text, option.weight * group.weight)) for option in options]
                parts.append(tantivy.Query.disjunction_max_query(best))
        return any_of(parts) if parts else None

    def _terms(self, phrase: str, weight: float) -> list[Any]:
        tokens = tokens_of(phrase)
        return [
            _boost(tantivy.Query.term_query(self._schema, field, token, index_option="freq"), FIELDS[field] * weight)
            for field in FIELDS
            for token in tokens[STREAM_OF[field]]
        ]

    def _exact(self, field: str, phrase: str) -> Any:
        """A query for the phrase's bigrams one after another, which only its own words satisfy."""
        tokens: list[str | tuple[int, str]] = [*bigrams(phrase)]
        if len(tokens) == 1:
            return tantivy.Query.term_query(self._schema, field, tokens[0])
        return tantivy.Query.phrase_query(self._schema, field, tokens)


def _within(query: Any, must: Sequence[Any], never: Sequence[Any]) -> Any:
    """The query under conditions that add nothing to its score."""
    if not must and not never:
        return query
    required = [(tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in must]
    barred = [(tantivy.Occur.MustNot, condition) for condition in never]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *required, *barred])


def any_of(queries: Iterable[Any]) -> Any:
    """A query for what one of them admits; its score is their sum."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _boost(query: Any, weight: float) -> Any:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _collect(part: Part, query: Any, k: int) -> list[tuple[float, str]]:
    hits = part.searcher.search(query, limit=k, count=False).hits if part.ids else []
    numbers = part.searcher.fast_field_values(NUMBER, [address for _, address in hits]) if hits else []
    return [(-score, part.ids[number]) for number, (score, _) in zip(numbers, hits, strict=True)]
