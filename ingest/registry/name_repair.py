"""Typing errors in the names of bodies: the name that was meant, where it can be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ingest.registry.systems import OTHER, is_generic, system_of

_PLACE = re.compile(r"自治区|自治州|自治县|国家|全国|[省市县区旗盟州]")
_DOUBLED = re.compile(r"(?P<part>[\u4e00-\u9fff]{1,4})(?P=part)")
_SHORTEST = 5
"""Shorter names differ from each other by one character without being the same."""


def repair(name: str, peers: Counter[str]) -> str | None:
    """The name meant, or None when ``name`` is understood as it stands or nothing close to it is known.

    ``peers`` are the names of the same document by how often they occur.

    >>> repair("安自治区全监管局", Counter())
    '自治区安全监管局'
    """
    if system_of(name) != OTHER or is_generic(name):
        return None
    for candidate in (*_with_place_first(name), *_without_doubled(name)):
        if system_of(candidate) != OTHER and not is_generic(candidate):
            return candidate
    return _nearest(name, peers)


def _with_place_first(name: str) -> Iterable[str]:
    """安自治区全监管局: the place stands inside the function."""
    for match in _PLACE.finditer(name, 1):
        yield match.group() + name[: match.start()] + name[match.end() :]


def _without_doubled(name: str) -> Iterable[str]:
    for match in _DOUBLED.finditer(name):
        yield name[: match.start()] + name[match.start("part") + len(match.group("part")) :]


def _nearest(name: str, peers: Counter[str]) -> str | None:
    """A name of the same document that differs by one character, lost, added, changed or swapped."""
    if len(name) < _SHORTEST:
        return None
    close = [
        (-count, peer)
        for peer, count in peers.items()
        if peer != name and system_of(peer) != OTHER and OSA.distance(name, peer, score_cutoff=1) == 1
    ]
    return min(close)[1] if close else None
