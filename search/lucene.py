"""What a search looks for, as queries of Lucene's syntax for a store's own full-text index. Pure functions.

>>> phrase("bigrams", "住房保障")
'bigrams:"住房 房保 保障"'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.tokens import bigrams, words
from search.boolean.parsing import All, Either, Near, Node, Phrase, Without
from search.candidates import FIELDS, Alternative

TEXT, TITLE, CONTEXT = "bigrams", "title_bigrams", "context_bigrams"
"""Fields in which a phrase may have to stand: the provision, the title of the document, what stands above it."""
SATURATION = 2.2
"""BM25 as tantivy and the books write it is so many times Lucene's, which leaves out the constant factor 1 + k1."""
MOST_TERMS = 500
"""Terms of one query: Lucene refuses more than 1,024 clauses, conditions included."""
MOST_VALUES = 400
"""Values of one condition."""
EVERYTHING = "*:*"
_RUNS = re.compile(r"[\u3400-\u9fff]+|[0-9a-z]+")


def term(field: str, token: str, weight: float = 1.0) -> str:
    """One token in one field; in quotation marks, so that no character of it is an operator."""
    quoted = token.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:"{quoted}"' if weight == 1.0 else f'{field}:"{quoted}"^{weight:.6f}'


def phrase(field: str, text: str) -> str:
    """The pairs of characters of a text one after another, which only its own words satisfy."""
    return term(field, " ".join(bigrams(text)))


def terms(alternative: Alternative, of_group: float = 1.0) -> list[str]:
    """Queries whose scores add up to that of an alternative in a group of that weight: each of its tokens in each field."""
    tokens = {"words": words(alternative.text), "bigrams": bigrams(alternative.text)}
    return [
        term(field, token, weight * alternative.weight * of_group)
        for field, weight in FIELDS.items()
        for token in dict.fromkeys(tokens[field.rpartition("_")[2]])
    ]


def any_of(queries: Iterable[str]) -> str:
    """What one of the queries admits; its score is their sum."""
    return f"({' '.join(queries)})"


def among(field: str, values: Iterable[str]) -> str:
    """Provisions whose ``field`` (``id`` or ``document``) is one of the values."""
    return any_of(term(field, value) for value in values)


def stating(phrases: Iterable[str], fields: Sequence[str] = (TEXT,)) -> str:
    """Provisions that hold one of the phrases, word for word, in one of these fields."""
    return any_of(phrase(field, one) for one in phrases for field in fields)


def within(query: str, must: Sequence[str], never: Sequence[str] = ()) -> str:
    """The query under conditions that add nothing to its score."""
    if not must and not never:
        return query
    return " ".join((f"+{query}", *(f"+{one}^0" for one in must), *(f"-{one}" for one in never)))


def may_match(node: Node) -> str:
    """Every provision that can match a Boolean query, and perhaps more."""
    match node:
        case Phrase(text):
            return _every([_run(run) for run in _RUNS.findall(text)])
        case All(parts):
            return _every([may_match(part) for part in parts if not isinstance(part, Without)])
        case Either(parts):
            return any_of(map(may_match, parts))
        case Near(left, right):
            return _every([may_match(left), may_match(right)])
    return EVERYTHING


def _run(run: str) -> str:
    return f"{TEXT}:/.?{run}.?/" if len(run) == 1 and not run.isascii() else phrase(TEXT, run)


def _every(queries: Sequence[str]) -> str:
    return any_of(f"+{query}" for query in queries) if queries else EVERYTHING
