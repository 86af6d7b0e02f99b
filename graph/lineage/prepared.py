"""A text made ready for comparison, once for all comparisons: the two-letter grams and the vectors of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.lineage.units import LETTERS, Sentence, Side, Unit, units_of
from ingest.embedding.embedder import Embedder, Vectors, normalise

Codes = NDArray[np.int64]
SHIFT = 21
"""Bits of a code point."""


@dataclass(frozen=True)
class Prepared:
    """Units and their sentences, those of one unit side by side.

    ``owners[i]`` is the unit of sentence ``i``; ``grams[i]`` its distinct grams, sorted; ``vectors`` (sentences, d).
    """

    units: tuple[Unit, ...]
    owners: NDArray[np.intp]
    grams: tuple[Codes, ...]
    vectors: Vectors

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order."""
        return tuple(sentence for unit in self.units for sentence in unit.sentences)

    def sentences_of(self, unit: int) -> range:
        """The indexes of one unit's sentences."""
        first = int(self.firsts[unit])
        return range(first, first + len(self.units[unit].sentences))

    @cached_property
    def topic(self) -> NDArray[np.float32]:
        """The vector of the whole text, of length one; zeros where there is nothing to compare."""
        return np.asarray(normalise(self.vectors.sum(axis=0, keepdims=True))[0])

    @cached_property
    def firsts(self) -> NDArray[np.intp]:
        """The index of each unit's first sentence."""
        return np.searchsorted(self.owners, np.arange(len(self.units)))


def prepare(side: Side, embedder: Embedder) -> Prepared:
    """Cut a text into units and read their sentences."""
    units = units_of(side)
    sentences = [sentence.words for unit in units for sentence in unit.sentences]
    owners = np.repeat(np.arange(len(units)), [len(unit.sentences) for unit in units])
    return Prepared(
        units=units,
        owners=owners,
        grams=tuple(grams_of(words) for words in sentences),
        vectors=embedder.encode(sentences),
    )


def grams_of(words: str) -> Codes:
    """Each two neighbouring letters as one number, distinct and sorted; those across punctuation are left out."""
    codes = np.array([ord(c) if LETTERS.match(c) else 0 for c in words], dtype=np.int64)
    left, right = codes[:-1], codes[1:]
    return np.unique((left << SHIFT | right)[(left > 0) & (right > 0)])
