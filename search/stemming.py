"""English words by their stems, as the Snowball stemmer of tantivy makes them."""

from __future__ import annotations

import functools
import re
from typing import Any

Stems = tuple[str, ...]
_WORD = re.compile(r"[a-z0-9]+")


def stems(text: str) -> Stems:
    """The stems of English words.

    >>> stems("Wage arrears")
    ('wage', 'arrear')
    """
    return tuple(map(stem, _WORD.findall(text.lower())))


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word in lower case."""
    return next(iter(_stemmer().analyze(word)), word)


@functools.cache
def _stemmer() -> Any:
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
