"""Which translation is meant: among the dictionary's words for an English one, those that fit the rest of the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ingest.embedding import Vectors

Encode = Callable[[Sequence[str]], Vectors]
KEPT = 4
"""How many translations are kept."""
LEAST_WEIGHT = 0.4
SHORT = 0.1
"""What a translation of one character loses: most of them are rare words of the classical language."""


def settle(terms: Sequence[str], context: Sequence[str], encode: Encode) -> list[tuple[str, float]]:
    """The translations that stand nearest to the other terms of the question, best first, with weights up to 1.

    Without a context the order of the dictionary stands.
    """
    if not terms:
        return []
    losses = np.array([SHORT if len(term) == 1 else 0.0 for term in terms])
    nearness = _nearness(terms, context, encode) - losses - 0.01 * np.arange(len(terms))
    order = np.argsort(-nearness, kind="stable")[:KEPT]
    weights = np.maximum(LEAST_WEIGHT, 1.0 + nearness[order] - nearness[order[0]])
    return [(terms[i], round(float(weight), 3)) for i, weight in zip(order, weights, strict=True)]


def _nearness(terms: Sequence[str], context: Sequence[str], encode: Encode) -> np.ndarray:
    if not context:
        return np.zeros(len(terms))
    centre = encode(context).sum(axis=0)
    length = float(np.linalg.norm(centre))
    return np.asarray(encode(terms) @ centre / length if length else np.zeros(len(terms)))
