"""Figures of lineage for ``make gold``: pairs of measures, their relations, what is new and left out, and two baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graph.lineage.alignment import align
from graph.lineage.features import _cosines, _shared_grams
from graph.lineage.prepared import Prepared
from ingest.embedding.loading import load
from tests.gold.lineage_cases import PairCase, pair_cases, prepared
from tests.gold.lineage_scoring import Score, compare, f1, mean

KINDS = {"policies": "lower policy", "statutes": "local regulation", "siblings": "siblings"}
COSINE, REUSE = 0.4, 0.2
"""Thresholds at which the baselines do best on these very pairs."""


def figures() -> dict[str, float]:
    """One figure for each kind of pair; empty where the texts are not there."""
    cases = pair_cases()
    scores = {case.name: compare(case, align(prepared(case.local), prepared(case.source))) for case in cases}
    found: dict[str, float] = {}
    for kind, name in KINDS.items():
        of_kind = [case for case in cases if case.kind == kind]
        if of_kind:
            found[f"{name}: F1"] = mean(scores[case.name] for case in of_kind).f1
    if scores:
        found |= _shares(list(scores.values()))
    return found


def baselines() -> dict[str, float]:
    """The same pairs by two simpler means, to compare with: they are no aim of ours, so they may fall."""
    cases = pair_cases()
    found: dict[str, float] = {}
    for kind, name in KINDS.items():
        of_kind = [case for case in cases if case.kind == kind]
        if of_kind:
            found[f"{name}: F1, best cosine"] = _baseline(of_kind, _by_cosine)
            found[f"{name}: F1, n-gram reuse"] = _baseline(of_kind, _by_reuse)
    return found


def _shares(scores: Sequence[Score]) -> dict[str, float]:
    overall = mean(scores)
    return {"relation right": overall.relation, "new: precision": overall.new, "left out: precision": overall.left_out}


def _baseline(cases: Sequence[PairCase], links: Callable[[Prepared, Prepared], set[tuple[str, str]]]) -> float:
    return float(np.mean([f1(links(prepared(case.local), prepared(case.source)), set(case.linked)) for case in cases]))


def _by_cosine(lower: Prepared, higher: Prepared) -> set[tuple[str, str]]:
    """Each unit with the one nearest in meaning."""
    vectors = [load().encode([" ".join(s.words for s in unit.sentences) for unit in text.units]) for text in (lower, higher)]
    return _best(lower, higher, _cosines(*vectors), COSINE)


def _by_reuse(lower: Prepared, higher: Prepared) -> set[tuple[str, str]]:
    """Each unit with the one that holds most of a sentence's rare grams, either way."""
    overlap, own, other = _shared_grams(lower, higher)
    shared = np.maximum.reduceat(np.maximum.reduceat(overlap, higher.firsts, axis=1), lower.firsts, axis=0)
    masses = [np.bincount(text.owners, mass, len(text.units)) for text, mass in ((lower, own), (higher, other))]
    return _best(lower, higher, shared / np.maximum(np.minimum.outer(*masses), 1e-9), REUSE)


def _best(lower: Prepared, higher: Prepared, table: np.ndarray, threshold: float) -> set[tuple[str, str]]:
    rows = enumerate(table.argmax(axis=1))
    return {(lower.units[i].path, higher.units[j].path) for i, j in rows if table[i, j] >= threshold}
