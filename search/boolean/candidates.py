"""What the keyword index says may match a query: everything that does, and perhaps more, which the text then decides."""

from __future__ import annotations

import re
from typing import Any

import tantivy

from ingest.tokens import bigrams
from search.boolean.parsing import All, Either, Near, Node, Phrase, Without
from search.keyword import TEXT

_RUNS = re.compile(r"[\u3400-\u9fff]+|[0-9a-z]+")
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


def to_query(node: Node, schema: Any) -> Any:
    """A tantivy query that admits every provision that can match."""
    match node:
        case Phrase(text):
            return _join(_MUST, [_run(run, schema) for run in _RUNS.findall(text)])
        case All(parts):
            return _join(_MUST, [to_query(part, schema) for part in parts if not isinstance(part, Without)])
        case Either(parts):
            return _join(_SHOULD, [to_query(part, schema) for part in parts])
        case Near(left, right):
            return _join(_MUST, [to_query(left, schema), to_query(right, schema)])
    return tantivy.Query.all_query()


def _run(run: str, schema: Any) -> Any:
    if run.isascii():
        return tantivy.Query.term_query(schema, TEXT, run)
    if len(run) == 1:
        return tantivy.Query.regex_query(schema, TEXT, f".?{run}.?")
    tokens: list[str | tuple[int, str]] = [*bigrams(run)]
    if len(tokens) == 1:
        return tantivy.Query.term_query(schema, TEXT, tokens[0])
    return tantivy.Query.phrase_query(schema, TEXT, tokens)


def _join(occur: Any, queries: list[Any]) -> Any:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(occur, query) for query in queries])
