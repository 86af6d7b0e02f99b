"""How alike the units of two texts are, in several respects: the features from which a link is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.lineage.prepared import Codes, Prepared
from graph.lineage.units import Unit
from ingest.embedding.embedder import Vectors, normalise

Matrix = NDArray[np.float64]

LIABILITY = re.compile(
    r"违反(?:本|《)|依法(?:给予|追究).{0,6}(?:处分|责任)|处以?[^,。]{0,12}罚款|责令(?:限期)?改正|承担(?:赔偿|民事|法律)责任"
)
"""违反本法规定, 依法给予处分, 处五千元罚款: an article that punishes is not the article that orders."""
MEANING = 0.4
"""How much meaning counts beside wording when two sentences are compared (.2 to .5 score alike, .65 three points less)."""
CONTAINED = 0.5
"""How much of the wording counts one way only: a sentence wholly taken into a longer one."""
TELLING = 20.0
"""Weight of the grams that a sentence needs before its containment counts in full: about four rare words."""


@dataclass(frozen=True)
class Likeness:
    """All that was measured between the sentences and units of two texts.

    ``sentences`` (n, m) is the likeness of each pair of sentences, 0 to 1; ``features`` name → (units, units). ``alone`` and
    ``alone_back`` tell of each unit of the lower and of the higher text, name → (units,): ``nearest`` how like its sentences
    are to the nearest of the other text on average, ``covered`` the largest share of a sentence's words that one sentence
    there has, ``mass`` the weight of all its words (logarithm), ``sentences`` their number.
    """

    sentences: Matrix
    features: dict[str, Matrix]
    alone: dict[str, Matrix]
    alone_back: dict[str, Matrix]


def likeness(lower: Prepared, higher: Prepared) -> Likeness:
    """Compare two texts. What all their units share (the topic itself) counts for nothing in either respect."""
    overlap, own, other = _shared_grams(lower, higher)
    sentences = (1 - MEANING) * _wording(overlap, own, other) + MEANING * np.maximum(_cosines(lower.vectors, higher.vectors), 0)
    best_source = np.maximum.reduceat(sentences, higher.firsts, axis=1)
    best_local = np.maximum.reduceat(sentences, lower.firsts, axis=0)
    features = {
        "claimed": _claimed(best_source, lower, own),
        "claimed_back": _claimed(best_local.T, higher, other).T,
        "winner": _winner(best_source, lower),
        "winner_back": _winner(best_local.T, higher).T,
    }
    features["near"] = _near(sum(features.values(), start=np.zeros(())))
    features["other_kind"] = _other_kind(lower.units, higher.units)
    features["named"] = _named(lower.units, higher.units)
    return Likeness(
        sentences,
        features,
        alone=_alone(sentences, overlap, lower, own),
        alone_back=_alone(sentences.T, overlap.T, higher, other),
    )


def _alone(sentences: Matrix, overlap: Matrix, text: Prepared, mass: Matrix) -> dict[str, Matrix]:
    number = np.bincount(text.owners, minlength=len(text.units)).astype(float)
    shares = (overlap / np.maximum(mass[:, None], 1e-9)).max(axis=1)
    return {
        "nearest": np.bincount(text.owners, sentences.max(axis=1), len(text.units)) / number,
        "covered": np.asarray(np.maximum.reduceat(shares, text.firsts)),
        "mass": np.log1p(np.bincount(text.owners, mass, len(text.units))),
        "sentences": number,
    }


STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
"""How far apart the neighbours of linked units are: mostly one each, none where one was split, two where one is new."""


def _near(likeness_of_units: Matrix) -> Matrix:
    """How alike the best pair of neighbours is, above or below: what follows each other in one text does so in the other."""
    rows, columns = likeness_of_units.shape
    wide = np.zeros((rows + 4, columns + 4))
    wide[2:-2, 2:-2] = likeness_of_units
    ways = [(way * i, way * j) for i, j in STEPS for way in (1, -1)]
    return np.asarray(np.max([wide[2 + i : 2 + i + rows, 2 + j : 2 + j + columns] for i, j in ways], axis=0))


def _wording(overlap: Matrix, own: Matrix, other: Matrix) -> Matrix:
    """How far each two sentences share their words, both ways and one way."""
    both = overlap / np.sqrt(np.maximum(own[:, None] * other[None, :], 1e-9))
    shorter = np.maximum(np.minimum(own[:, None], other[None, :]), 1e-9)
    one_way = overlap / shorter * np.minimum(1, shorter / TELLING)
    return np.asarray((1 - CONTAINED) * both + CONTAINED * one_way)


def _shared_grams(lower: Prepared, higher: Prepared) -> tuple[Matrix, Matrix, Matrix]:
    """The weight of the grams that two sentences share, and of all the grams of each sentence; rare grams weigh more."""
    known, weights = _weights(lower, higher)
    common = np.intersect1d(np.concatenate(lower.grams), np.concatenate(higher.grams))
    scale = weights[np.searchsorted(known, common)]
    left, right = _bag(lower.grams, common), _bag(higher.grams, common)
    overlap = (left * scale.astype(np.float32)) @ right.T
    return overlap.astype(float), _mass(lower.grams, known, weights), _mass(higher.grams, known, weights)


def _weights(lower: Prepared, higher: Prepared) -> tuple[Codes, Matrix]:
    """Each gram of both texts, and how rare it is among their units: near 0 for what every unit says."""
    each = [_by_unit(text) for text in (lower, higher)]
    known, counts = np.unique(np.concatenate([grams for units in each for grams in units]), return_counts=True)
    units = len(lower.units) + len(higher.units)
    return known, np.maximum(np.log((units + 1) / (counts + 0.5)), 0)


def _by_unit(text: Prepared) -> list[Codes]:
    grams: list[list[Codes]] = [[] for _ in text.units]
    for owner, of_sentence in zip(text.owners, text.grams, strict=True):
        grams[owner].append(of_sentence)
    return [np.unique(np.concatenate(of_unit)) for of_unit in grams]


def _bag(grams: tuple[Codes, ...], among: Codes) -> NDArray[np.float32]:
    bag = np.zeros((len(grams), len(among)), dtype=np.float32)
    last = len(among) - 1
    if last < 0:
        return bag
    for row, of_sentence in enumerate(grams):
        places = np.minimum(np.searchsorted(among, of_sentence), last)
        bag[row, places[among[places] == of_sentence]] = 1
    return bag


def _mass(grams: tuple[Codes, ...], known: Codes, weights: Matrix) -> Matrix:
    return np.array([weights[np.searchsorted(known, of_sentence)].sum() for of_sentence in grams])


def _cosines(left: Vectors, right: Vectors) -> Matrix:
    """Cosines after the mean of both texts is taken away: what they have in common tells nothing of a pair."""
    mean = np.concatenate([left, right]).mean(axis=0)
    return (normalise(left - mean) @ normalise(right - mean).T).astype(float)


def _claimed(best: Matrix, text: Prepared, mass: Matrix) -> Matrix:
    """For each unit, the share of its words in sentences whose best counterpart stands in the other unit."""
    won = np.zeros((len(text.units), best.shape[1]))
    np.add.at(won, (text.owners, best.argmax(axis=1)), mass)
    total = np.bincount(text.owners, mass, len(text.units))
    return won / np.maximum(total[:, None], 1e-9)


def _winner(best: Matrix, text: Prepared) -> Matrix:
    """For each pair of units, the likeness of the closest of those sentences; 0 when there is none."""
    won = np.zeros((len(text.units), best.shape[1]))
    winners = best.argmax(axis=1)
    np.maximum.at(won, (text.owners, winners), best[np.arange(len(best)), winners])
    return won


def _other_kind(lower: tuple[Unit, ...], higher: tuple[Unit, ...]) -> Matrix:
    """1 where one of the two punishes and the other does not."""
    left, right = ([_punishes(unit) for unit in units] for units in (lower, higher))
    return np.asarray(np.array(left)[:, None] != np.array(right)[None, :], dtype=float)


def _punishes(unit: Unit) -> bool:
    return any(LIABILITY.search(sentence.words) for sentence in unit.sentences)


def _named(lower: tuple[Unit, ...], higher: tuple[Unit, ...]) -> Matrix:
    """How telling the names are that both units give: 1 for a name that each text gives once."""
    found = np.zeros((len(lower), len(higher)))
    for name in {name for unit in lower for name in unit.named} & {name for unit in higher for name in unit.named}:
        rows = [i for i, unit in enumerate(lower) if name in unit.named]
        columns = [j for j, unit in enumerate(higher) if name in unit.named]
        cells = np.ix_(rows, columns)
        found[cells] = np.maximum(found[cells], 1 / max(len(rows), len(columns)))
    return found
