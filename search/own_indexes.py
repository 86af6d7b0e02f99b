"""A store's own full text and vectors as the maker of candidates: nothing is kept beside it but word counts of this version."""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from graph.full_text import FullText, Scores
from graph.protocol import Filter, Reader
from ingest.tokens import bigrams, words
from search import lucene
from search.boolean.parsing import Node
from search.candidates import EVERYTHING, HOLDING, Group, Proposed, Scope, Stream, Vocabulary, Wanted
from search.places import NamedPlace

EXACT_LIMIT = 20_000
"""Provisions up to which all that a scope admits are scored: the vector index takes no conditions."""
LEAST = 200
"""How many candidates at least are scored again where the server's own score is not the one wanted."""
WIDER = 4
"""How many times as many are asked for when conditions have left too few."""
REMEMBERED, SCOPES_KEPT = 100_000, 8


class OwnStore(Reader, FullText, Protocol):
    """A store that can be searched without indexes beside it."""


class OwnKeeper:
    """Hands out the candidates of the version that the store has now."""

    def __init__(self, store: OwnStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._current: OwnIndexes | None = None

    def current(self, model: str) -> OwnIndexes:
        """With the vectors of that model."""
        version = self._store.version()
        with self._lock:
            if self._current is None or (self._current.version, self._current.model) != (version, model):
                self._current = OwnIndexes(self._store, version, model)
            return self._current


class OwnVocabulary(Vocabulary):
    """The words that a store holds, counted when they are first asked for."""

    def __init__(self, store: OwnStore) -> None:
        self._store = store
        self._counts: dict[tuple[str, str], int] = {}
        self._occurring = functools.lru_cache(REMEMBERED)(self._stands)

    @functools.cached_property
    def size(self) -> int:
        """How many provisions there are."""
        return self._store.counted([lucene.EVERYTHING])[0]

    def count(self, texts: Sequence[str]) -> None:
        """Count all words of these texts in one round trip."""
        self._seen([(stream, token) for text in texts for stream, token in _tokens(text)])

    def rarity(self, token: str, stream: Stream) -> float:
        [seen] = self._seen([(stream, token)])
        return math.log(1 + (self.size - seen + 0.5) / (seen + 0.5))

    def occurs(self, phrase: str) -> bool:
        return self._occurring(phrase)

    def _stands(self, phrase: str) -> bool:
        parts = list(dict.fromkeys(bigrams(phrase)))
        return bool(parts) and all(self._store.ranked([lucene.term(lucene.TEXT, part) for part in parts], 1))

    def _seen(self, asked: Sequence[tuple[str, str]]) -> list[int]:
        new = [one for one in dict.fromkeys(asked) if one not in self._counts]
        found = self._store.counted([lucene.term(*one) for one in new])
        self._counts |= dict(zip(new, found, strict=True))
        return [self._counts[one] for one in asked]


class OwnIndexes:
    """``Candidates`` over a store's own indexes."""

    def __init__(self, store: OwnStore, version: int, model: str) -> None:
        self.version, self.model = version, model
        self.words = OwnVocabulary(store)
        self._store = store
        self._admitted = functools.lru_cache(SCOPES_KEPT)(self._admit)

    def propose(self, wanted: Wanted, k: int, scope: Scope = EVERYTHING) -> Proposed:
        """As ``Candidates`` says, and so for the methods below."""
        admitted = self._admitted(scope)
        if admitted.nothing:
            return Proposed({}, {})
        self.words.count([alternative.text for group in wanted.groups for alternative in group.alternatives])
        near = self._near(wanted, k, admitted)
        holding = self._holding(wanted, admitted)
        words = self._ranked(wanted.groups, k, admitted) | holding
        words |= self._score(wanted.groups, [one for one in near if one not in words])
        if near:
            near |= self._store.cosines(self.model, wanted.vector, [one for one in words if one not in near])
        return Proposed(words, near, frozenset(holding))

    def measure(self, wanted: Wanted, ids: Collection[str]) -> Proposed:
        near = self._store.cosines(self.model, wanted.vector, ids) if wanted.vector.any() else {}
        holding = self._holding(wanted, _admitted(frozenset(ids)))
        return Proposed(self._score(wanted.groups, ids), near, frozenset(holding))

    def top(self, groups: Sequence[Group]) -> float:
        return max(self._ranked(groups, 1, _admitted()).values(), default=0.0)

    def meets(self, identifier: str, scope: Scope) -> bool:
        admitted = self._admitted(scope)
        query = lucene.within(lucene.among("id", [identifier]), admitted.must, admitted.never)
        return admitted.has(identifier) and bool(self._store.ranked([query], 1)[0])

    def matching(self, node: Node) -> frozenset[str]:
        return self._all(lucene.may_match(node))

    def _all(self, query: str) -> frozenset[str]:
        return frozenset(self._store.ranked([query], self.words.size)[0])

    def _near(self, wanted: Wanted, k: int, admitted: _Admitted) -> Scores:
        """The ``k`` nearest in meaning: few that are admitted are all scored, of many the nearest are asked for until there are
        ``k`` that are."""
        if not wanted.vector.any():
            return {}
        meeting = self._all(lucene.within(lucene.EVERYTHING, admitted.must)) if admitted.must else None
        barred = self._all(lucene.any_of(admitted.never)) if admitted.never else frozenset[str]()
        if meeting is not None and len(meeting) <= EXACT_LIMIT:
            ids = [one for one in meeting if admitted.has(one) and one not in barred]
            return best(self._store.cosines(self.model, wanted.vector, ids), k)
        limit = k + len(barred)
        while True:
            found = self._store.nearest(self.model, wanted.vector, limit)
            kept = {
                one: near
                for one, near in found.items()
                if admitted.has(one) and one not in barred and (meeting is None or one in meeting)
            }
            if len(kept) >= k or len(found) < limit:
                return best(kept, k)
            limit *= WIDER

    def _ranked(self, groups: Sequence[Group], k: int, admitted: _Admitted) -> Scores:
        """The ``k`` best by words with their scores.

        The server adds scores up, but does not take the best of several phrases: then more than ``k`` are scored again.
        """
        asked = options(groups)
        terms = [term for _, some in asked for term in some]
        summed = len(asked) == 1 and len(terms) <= lucene.MOST_TERMS
        found = self._found(terms, k if summed else max(2 * k, LEAST), admitted)
        if summed:
            return best({one: lucene.SATURATION * score for one, score in found.items()}, k)
        return best(self._score(groups, found), k)

    def _found(self, terms: Sequence[str], k: int, admitted: _Admitted) -> Scores:
        """At least the ``k`` best by any of the terms that are admitted, where there are so many."""
        queries = [
            lucene.within(lucene.any_of(some), admitted.must, admitted.never) for some in _pieces(terms, lucene.MOST_TERMS)
        ]
        limit = k
        while queries:
            found = self._store.ranked(queries, limit)
            kept = {one: score for scores in found for one, score in scores.items() if admitted.has(one)}
            if len(kept) >= k or max(map(len, found)) < limit:
                return kept
            limit *= WIDER
        return {}

    def _score(self, groups: Sequence[Group], ids: Collection[str]) -> Scores:
        """The BM25 score of each of these provisions: the best phrase of each group, and the sum of the groups."""
        asked = options(groups)
        pieces = [(n, some) for n, (_, terms) in enumerate(asked) for some in _pieces(terms, lucene.MOST_TERMS)]
        conditions = [lucene.among("id", some) for some in _pieces(sorted(ids), lucene.MOST_VALUES)]
        queries = [lucene.within(lucene.any_of(some), [one]) for _, some in pieces for one in conditions]
        of_option: list[Scores] = [{} for _ in asked]
        for number, found in enumerate(self._store.ranked(queries, lucene.MOST_VALUES)):
            add(of_option[pieces[number // len(conditions)][0]], found)
        total: Scores = {}
        for number in dict.fromkeys(group for group, _ in asked):
            of_group: Scores = {}
            for (group, _), found in zip(asked, of_option, strict=True):
                of_group |= {one: max(score, of_group.get(one, 0.0)) for one, score in found.items() if group == number}
            add(total, of_group)
        return {one: lucene.SATURATION * score for one, score in total.items()}

    def _holding(self, wanted: Wanted, admitted: _Admitted) -> Scores:
        """What holds the question word for word, with its scores."""
        if not wanted.verbatim:
            return {}
        must = (*admitted.must, lucene.stating([wanted.verbatim]))
        return self._ranked(wanted.groups, HOLDING, replace(admitted, must=must))

    def _admit(self, scope: Scope) -> _Admitted:
        """The conditions of a scope."""
        where, narrower = scope.where, []
        if where != Filter():
            narrower.append(self._store.provision_ids(where))
        if scope.places and where.jurisdiction is None:
            narrower.append(self._of_places(scope.places))
        holding = tuple(lucene.stating([phrase]) for phrase in scope.phrases)
        barring = (lucene.stating(scope.excluded),) if scope.excluded else ()
        return _admitted(frozenset.intersection(*narrower) if narrower else None, holding, barring)

    def _of_places(self, places: Sequence[NamedPlace]) -> frozenset[str]:
        """Provisions of a place's documents and of those titled with it; where none is held, those that name it."""
        held = [place for place in places if place.held]
        of_documents = [self._store.provision_ids(Filter(jurisdiction=place.name)) for place in held]
        phrases = [lucene.stating([place.short], [lucene.TITLE]) for place in held]
        phrases += [lucene.stating([place.short], [lucene.TEXT, lucene.CONTEXT]) for place in places if not place.held]
        return frozenset[str]().union(*of_documents, self._all(lucene.any_of(phrases)))


@dataclass(frozen=True)
class _Admitted:
    """What a search may find: one of ``ids`` (null: anything) that meets every query of ``must`` and none of ``never``."""

    ids: frozenset[str] | None
    must: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return self.ids is not None and not self.ids

    def has(self, identifier: str) -> bool:
        """Whether it is one of the ids."""
        return self.ids is None or identifier in self.ids


def _admitted(ids: frozenset[str] | None = None, must: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> _Admitted:
    """Conditions with the ids among them as far as a query can hold them: one by one, or by their documents."""
    if ids is None:
        return _Admitted(None, must, never)
    documents = {one.partition(":")[0] for one in ids}
    for field, values in (("id", ids), ("document", documents)):
        if len(values) <= lucene.MOST_VALUES:
            return _Admitted(ids, (*must, lucene.among(field, sorted(values))), never)
    return _Admitted(ids, must, never)


def options(groups: Sequence[Group]) -> list[tuple[int, list[str]]]:
    """The terms of each phrase, with a number for the group whose best one counts; groups of one phrase are one sum."""
    alone: list[str] = []
    found: list[tuple[int, list[str]]] = []
    for number, group in enumerate(groups):
        phrases = [lucene.terms(one, group.weight) for one in group.alternatives if bigrams(one.text)]
        if len(phrases) == 1:
            alone += phrases[0]
        else:
            found += [(number, terms) for terms in phrases]
    return [(-1, alone), *found] if alone else found


def add(total: Scores, more: Scores) -> None:
    """Add scores to those there are."""
    for one, score in more.items():
        total[one] = total.get(one, 0.0) + score


def best(scores: Scores, k: int) -> Scores:
    """The ``k`` best, best first, equal ones by id."""
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k])


def _pieces(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _tokens(text: str) -> Iterator[tuple[Stream, str]]:
    yield from (("words", token) for token in words(text))
    yield from (("bigrams", token) for token in bigrams(text))
