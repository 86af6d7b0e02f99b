"""Alignments against pairs aligned by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from graph.lineage.alignment import Alignment
from graph.lineage.model import LineageModel
from graph.lineage.relations import relation_of
from tests.gold.lineage_cases import PairCase


class Score(NamedTuple):
    """F1 of the pairs; the share of the pairs found whose relation is right; precision of "new" and "left out", and how many
    units were called so.
    """

    f1: float
    relation: float
    new: float
    left_out: float
    called_new: int = 0
    called_left_out: int = 0

    def __str__(self) -> str:
        return f"pairs {self.f1:.3f}  relation {self.relation:.3f}  new {self.new:.3f}  left out {self.left_out:.3f}"


def compare(case: PairCase, found: Alignment, model: LineageModel | None = None) -> Score:
    """Score one alignment."""
    wanted = case.linked
    local, source = [unit.path for unit in found.lower.units], [unit.path for unit in found.higher.units]
    relations = {(local[link.lower], source[link.higher]): relation_of(found, link, model) for link in found.links}
    right = [pair for pair in relations if pair in wanted]
    new = {local[i] for i in found.new}
    left_out = {source[j] for j in found.left_out}
    return Score(
        f1(set(relations), set(wanted)),
        _share(sum(relations[pair] == wanted[pair] for pair in right), len(right)),
        _share(len(new - {path for path, _ in wanted}), len(new)),
        _share(len(left_out - {path for _, path in wanted}), len(left_out)),
        len(new),
        len(left_out),
    )


def f1(found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * len(found & wanted) / max(1, len(found) + len(wanted))


def mean(scores: Iterable[Score]) -> Score:
    """The mean of each figure over the pairs; of "new" and "left out", which are few, over all units called so."""
    every = list(scores)
    new = sum(score.new * score.called_new for score in every if score.called_new)
    left_out = sum(score.left_out * score.called_left_out for score in every if score.called_left_out)
    called = sum(score.called_new for score in every), sum(score.called_left_out for score in every)
    relations = [score.relation for score in every if not np.isnan(score.relation)]
    return Score(
        sum(score.f1 for score in every) / max(1, len(every)),
        sum(relations) / max(1, len(relations)),
        new / called[0] if called[0] else float("nan"),
        left_out / called[1] if called[1] else float("nan"),
        *called,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
