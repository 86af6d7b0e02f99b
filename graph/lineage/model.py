"""The two judgements of lineage, whether two units are linked and how, as weights in ``data/lineage/alignment.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from settings import ROOT

MODEL = ROOT / "data" / "lineage" / "alignment.toml"
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Judge:
    """A weighted sum of features."""

    intercept: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, Matrix]) -> Matrix:
        """The sum for each pair."""
        return self.intercept + sum((w * features[name] for name, w in self.weights.items()), start=np.zeros(()))


@dataclass(frozen=True)
class LineageModel:
    """``link`` gives the log odds that two units are linked, ``threshold`` the probability from which they are.

    ``new`` and ``left_out`` give those that a unit without a link really has no counterpart, with their thresholds: between
    the two nothing is claimed.
    """

    link: Judge
    threshold: float
    new: Judge
    new_threshold: float
    left_out: Judge
    left_out_threshold: float
    relations: Mapping[str, Judge]


@functools.cache
def lineage_model() -> LineageModel:
    """The model in force."""
    data = tomllib.loads(MODEL.read_text(encoding="utf-8"))
    relations = {name: _judge(table) for name, table in data["relation"].items()}
    judged = [(_judge(data[name]), float(data[name]["threshold"])) for name in ("link", "new", "left_out")]
    return LineageModel(*judged[0], *judged[1], *judged[2], relations)


def _judge(table: Mapping[str, float | Mapping[str, float]]) -> Judge:
    intercept, weights = table["intercept"], table["weights"]
    assert isinstance(intercept, float)
    assert isinstance(weights, Mapping)
    return Judge(intercept, dict(weights))


def probability(log_odds: Matrix) -> Matrix:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))
