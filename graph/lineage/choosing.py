"""Which pairs of documents are worth comparing, whatever the engine: those that a text states and those that share words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from graph.document_links import carried_out, founds
from graph.lineage.rows import Candidate

COMMON = 100
"""Documents in one band above which it tells nothing: everybody's words."""
SHARED = 3
"""Measures with the same words from which two documents are compared though neither says that it knows the other."""
NEAREST = 3
"""Documents at most that one is compared with for its words alone, and as many for an instrument that both stand under."""
FEW = 60
"""Documents at most under one instrument that are compared with each other; under 立法法 stand all."""


class Standpoint(NamedTuple):
    """What the order of two documents depends on: the later, or the one sorted later, is the lower. Its title, as it stands."""

    dated: str
    sort_key: str
    title: str


class Basis(NamedTuple):
    """``lower`` says at ``path`` that it was made under an instrument of which ``higher`` is the text it means."""

    lower: str
    higher: str
    path: str | None


class Surroundings(Protocol):
    """What an engine tells of the documents around one; documents are ids."""

    def standpoints(self) -> Mapping[str, Standpoint]:
        """Every document held."""

    def bases(self, one: str) -> Iterable[Basis]:
        """The statements that this document makes or that are made of its instrument."""

    def meant(self, title: str, lower: str) -> str | None:
        """The text of the instrument with this title that ``lower`` means; null when none is held."""

    def own_title(self, one: str) -> str | None:
        """The title, as compared, of the instrument that a document is a text of."""

    def sharing(self, one: str) -> Iterable[tuple[int, Collection[str]]]:
        """The number of one of its measures, and up to ``COMMON`` + 1 documents that meet it in a band."""

    def beside(self, one: str) -> Sequence[str]:
        """Up to ``NEAREST`` documents under the least common instruments under which this one stands."""

    def known(self, method: str) -> Collection[tuple[str, str]]:
        """Pairs that this method compared in the texts as they are now."""


def choose(around: Surroundings, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
    """The pairs in which one of these documents takes part and that were not compared yet, in order of their ids."""
    every = around.standpoints()
    carriers = _carriers(every)
    found: dict[tuple[str, str], Candidate] = {}
    for one in ids:
        for lower, higher in _stated(around, one, every[one].title, carriers):
            found[lower, higher] = Candidate(lower=lower, higher=higher, stated=True)
    for one in ids:
        beside = around.beside(one)
        for other in [*_alike(around, one), *beside]:
            lower, higher = sorted((one, other), key=lambda each: every[each], reverse=True)
            if (lower, higher) not in found and (higher, lower) not in found:
                found[lower, higher] = Candidate(lower=lower, higher=higher, beside=other in beside)
    known = around.known(method)
    return tuple(found[pair] for pair in sorted(found) if pair not in known)


def _carriers(every: Mapping[str, Standpoint]) -> Mapping[str, Sequence[str]]:
    """Title of an instrument, as compared → the documents whose own titles say that they carry it out."""
    carriers: dict[str, list[str]] = defaultdict(list)
    for one, (_, _, title) in every.items():
        if named := carried_out(title):
            carriers[named].append(one)
    return carriers


def _stated(around: Surroundings, one: str, title: str, carriers: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Pairs in which the one says that it was made under the other, this document on either side."""
    pairs = {(basis.lower, basis.higher) for basis in around.bases(one) if founds(basis.path)}
    named, own = carried_out(title), around.own_title(one)
    by_title = [(one, named)] if named else []
    by_title += [(lower, own) for lower in carriers.get(own or "", ()) if own]
    for lower, law in by_title:
        higher = around.meant(law, lower)
        if higher is not None:
            pairs.add((lower, higher))
    return {pair for pair in pairs if one in pair and pair[0] != pair[1]}


def _alike(around: Surroundings, one: str) -> list[str]:
    """The documents that share most measures with this one."""
    of_unit: dict[int, set[str]] = defaultdict(set)
    for unit, others in around.sharing(one):
        if len(others) <= COMMON:
            of_unit[unit].update(others)
    shared: Counter[str] = Counter()
    for others in of_unit.values():
        shared.update(others - {one})
    near = [other for other, count in shared.items() if count >= SHARED]
    return sorted(near, key=lambda other: (-shared[other], other))[:NEAREST]
