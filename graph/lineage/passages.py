"""Which words of a linked unit were kept, dropped, added or replaced: spans of both texts, compared word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from rapidfuzz.distance import Indel

from graph.lineage.alignment import Alignment, UnitLink
from graph.lineage.units import LETTERS, Sentence

PassageKind = Literal["kept", "dropped", "added", "replaced"]
SHORT = 1
"""Letters that stand alone between two changes and are then part of them (的, 和)."""


class PassageChange(msgspec.Struct, frozen=True, kw_only=True):
    """Text ``start``:``end`` of the lower document and ``source_start``:``source_end`` of the higher.

    What was dropped has ``start`` = ``end``, the place where it is missing, or null where its whole sentence is; what was
    added has no source.
    """

    kind: PassageKind
    start: int | None = None
    end: int | None = None
    source_start: int | None = None
    source_end: int | None = None


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str


def passages_of(alignment: Alignment, link: UnitLink) -> tuple[PassageChange, ...]:
    """The passages of one link in the order of the lower text; what was dropped stands where it would have followed."""
    share = alignment.share(link)
    lower, higher = alignment.lower.sentences, alignment.higher.sentences
    found: list[PassageChange] = []
    for rows, columns in _groups(share.pairs):
        found += _compare([lower[i] for i in rows], [higher[j] for j in columns])
    paired = {i for i, _ in share.pairs}, {j for _, j in share.pairs}
    found += [_only("added", lower[i].start, lower[i].end) for i in share.own if i not in paired[0]]
    found.sort(key=lambda change: (change.start if change.start is not None else 0, change.source_start or 0))
    gone = [higher[j] for j in share.theirs if j not in paired[1]]
    return (*found, *(PassageChange(kind="dropped", source_start=s.start, source_end=s.end) for s in gone))


def _groups(pairs: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Sentences that belong together because one was split into several, or several were merged into one."""
    groups: list[tuple[set[int], set[int]]] = []
    for row, column in pairs:
        near = [group for group in groups if row in group[0] or column in group[1]]
        groups = [group for group in groups if group not in near]
        groups.append(({row}.union(*(g[0] for g in near)), {column}.union(*(g[1] for g in near))))
    return [(sorted(rows), sorted(columns)) for rows, columns in groups]


def _compare(lower: Sequence[Sentence], higher: Sequence[Sentence]) -> list[PassageChange]:
    left, right = list(_words(lower)), list(_words(higher))
    steps = Indel.opcodes([word.text for word in right], [word.text for word in left])
    parts = [
        (step.tag == "equal", left[step.dest_start : step.dest_end], right[step.src_start : step.src_end]) for step in steps
    ]
    changes, at = [], left[0].start
    for same, own, theirs in _merged(parts):
        at = own[-1].end if own else at
        if change := _change(same, own, theirs, at):
            changes.append(change)
    return changes


_Part = tuple[bool, list[_Word], list[_Word]]


def _merged(parts: Iterable[_Part]) -> list[_Part]:
    """Neighbouring changes as one, with the lone letters between them."""
    merged: list[_Part] = []
    for same, own, theirs in parts:
        alone = same and merged and not merged[-1][0] and sum(len(word.text) for word in own) <= SHORT
        if merged and not merged[-1][0] and (not same or alone):
            merged[-1] = (False, merged[-1][1] + own, merged[-1][2] + theirs)
        else:
            merged.append((same, own, theirs))
    return merged


def _change(same: bool, own: Sequence[_Word], theirs: Sequence[_Word], at: int) -> PassageChange | None:
    """One part as a change; ``at`` is the place in the lower text where it ends. Marks alone are no change."""
    has_own, has_theirs = (any(LETTERS.search(word.text) for word in side) for side in (own, theirs))
    if not has_own and not has_theirs:
        return None
    kind: PassageKind = "kept" if same else "replaced" if has_own and has_theirs else "added" if has_own else "dropped"
    return PassageChange(
        kind=kind,
        start=own[0].start if kind != "dropped" else at,
        end=own[-1].end if kind != "dropped" else at,
        source_start=theirs[0].start if kind != "added" else None,
        source_end=theirs[-1].end if kind != "added" else None,
    )


def _only(kind: PassageKind, start: int, end: int) -> PassageChange:
    return PassageChange(kind=kind, start=start, end=end)


def _words(sentences: Iterable[Sentence]) -> Iterable[_Word]:
    import rjieba

    for sentence in sentences:
        at = sentence.start
        for text in rjieba.cut(sentence.words, False):
            yield _Word(at, at + len(text), text)
            at += len(text)
