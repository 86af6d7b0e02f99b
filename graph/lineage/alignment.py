"""The alignment of two texts: which unit of the lower comes from which of the higher, and which sentences say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.lineage.features import Matrix, likeness
from graph.lineage.frames import frames_of
from graph.lineage.model import Judge, LineageModel, lineage_model, probability
from graph.lineage.prepared import Prepared

Indexes = NDArray[np.intp]
Mask = NDArray[np.bool_]
RELATED = 0.6
"""Cosine of two whole texts from which they are about one matter, and their measures are compared at all. Measured: laws and
the regulations that carry them out .76 to 1 (80 pairs), the gold pairs .76 to 1, two statutes by chance .32 or less in
nineteen cases of twenty. Without it the articles that every statute has (aim, liability, commencement) would link them all."""
SAME = 0.3
"""Likeness from which a sentence is taken for a rewording of another: nine in ten of the linked pairs of the gold files."""


@dataclass(frozen=True)
class UnitLink:
    """Unit ``lower`` comes from unit ``higher``; ``score`` is the probability, 0 to 1."""

    lower: int
    higher: int
    score: float


@dataclass(frozen=True)
class Share:
    """The sentences of one link: of the lower unit those that belong to this link and to no other of its links (``own``), of
    the higher unit likewise (``theirs``), and ``pairs`` of sentences, lower and higher, that say the same.
    """

    own: tuple[int, ...]
    theirs: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Alignment:
    """Two texts and the links between their units, in the order of the lower text.

    ``new`` are units of the lower text without a counterpart, ``left_out`` those of the higher that nothing comes from; units
    in no list are in doubt: too unlike to be linked, too like to be called new. ``closeness`` is the cosine of the whole texts.
    """

    lower: Prepared
    higher: Prepared
    sentences: Matrix
    links: tuple[UnitLink, ...]
    new: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    closeness: float = 1.0

    @property
    def related(self) -> bool:
        """Whether the texts are about one matter; if not, nothing was compared."""
        return self.closeness >= RELATED

    @cached_property
    def doubtful(self) -> tuple[int, ...]:
        """Units of the lower text of which nothing is claimed."""
        settled = {link.lower for link in self.links} | set(self.new)
        return tuple(i for i in range(len(self.lower.units)) if i not in settled)

    @cached_property
    def doubtful_sources(self) -> tuple[int, ...]:
        """Units of the higher text of which nothing is claimed."""
        settled = {link.higher for link in self.links} | set(self.left_out)
        return tuple(j for j in range(len(self.higher.units)) if j not in settled)

    def share(self, link: UnitLink) -> Share:
        """Tell the sentences of one link from those of the other links of the same units."""
        rows, columns = self._sentences(link)
        here = self.sentences[np.ix_(rows, columns)]
        rivals = [other.higher for other in self.links if other.lower == link.lower and other != link]
        own = here.max(axis=1) >= self._best(rows, np.isin(self.higher.owners, rivals), axis=1)
        rivals = [other.lower for other in self.links if other.higher == link.higher and other != link]
        theirs = here.max(axis=0) >= self._best(columns, np.isin(self.lower.owners, rivals), axis=0)
        return Share(tuple(rows[own]), tuple(columns[theirs]), _pairs(here, rows, columns, own, theirs))

    def _sentences(self, link: UnitLink) -> tuple[Indexes, Indexes]:
        return np.flatnonzero(self.lower.owners == link.lower), np.flatnonzero(self.higher.owners == link.higher)

    def _best(self, at: Indexes, rivals: Mask, axis: int) -> Matrix:
        """The likeness of each sentence to its best counterpart in the rival units; -1 where there are none."""
        if not rivals.any():
            return np.full(len(at), -1.0)
        table = self.sentences[at][:, rivals] if axis == 1 else self.sentences[rivals][:, at]
        return np.asarray(table.max(axis=axis))


def _pairs(here: Matrix, rows: Indexes, columns: Indexes, own: Mask, theirs: Mask) -> tuple[tuple[int, int], ...]:
    """Each sentence with its best counterpart, seen from either side, where they are alike enough."""
    found = {(int(rows[i]), int(columns[here[i].argmax()])) for i in np.flatnonzero(own & (here.max(axis=1) >= SAME))}
    found |= {(int(rows[here[:, j].argmax()]), int(columns[j])) for j in np.flatnonzero(theirs & (here.max(axis=0) >= SAME))}
    return tuple(sorted(found))


def align(lower: Prepared, higher: Prepared, model: LineageModel | None = None) -> Alignment:
    """Link the units of two texts. Doubt makes no link: a pair under the model's threshold stays apart."""
    closeness = round(float(lower.topic @ higher.topic), 4)
    if closeness < RELATED:
        return Alignment(lower, higher, np.zeros((len(lower.owners), len(higher.owners))), (), closeness=closeness)
    model = model or lineage_model()
    measured = likeness(lower, higher)
    chances = probability(model.link.score(measured.features))
    links = [UnitLink(int(i), int(j), round(float(chances[i, j]), 4)) for i, j in np.argwhere(chances >= model.threshold)]
    settled = {link.lower for link in links} | _framing(lower, higher)
    new = _absent(model.new, model.new_threshold, measured.alone, settled)
    settled = {link.higher for link in links} | _framing(higher, lower)
    left_out = _absent(model.left_out, model.left_out_threshold, measured.alone_back, settled)
    return Alignment(lower, higher, measured.sentences, tuple(links), new, left_out, closeness)


def _absent(judge: Judge, threshold: float, features: dict[str, Matrix], settled: set[int]) -> tuple[int, ...]:
    chances = probability(judge.score(features))
    return tuple(int(i) for i in np.flatnonzero(chances >= threshold) if int(i) not in settled)


def _framing(text: Prepared, other: Prepared) -> set[int]:
    """Units that only frame a text as some unit of the other does: a purpose of its own is nothing new."""
    there = frozenset[str]().union(*map(frames_of, other.units))
    return {i for i, unit in enumerate(text.units) if frames_of(unit) & there}
