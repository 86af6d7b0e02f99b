"""How alike two texts are, and where they differ. Pure functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel
from rensa import RMinHash

from graph.identity import similarity
from graph.rows import Row
from ingest.source_text import squeeze

SHINGLE = 5
"""Characters in each piece by which texts are looked up."""
PERMUTATIONS, BANDS = 128, 32
"""Texts that share six pieces of ten meet in some band 99 times of 100, those that share two of ten once in 20 times."""
NEARLY_SAME = 0.9
"""Likeness from which two texts are listed.

Measured on 2,566 statutes: of the 53 pairs from .9 on nearly all are a text and its amended version, the 28 from .8 to .9 are
laws written anew after the former one, or of sister bodies and neighbouring places after one model.
"""
_SEED = 1
_PIECE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_GAP = 2
"""Equal characters between two changes that are shown as one."""
_MOST_CELLS = 4_000_000
"""Larger stretches are not compared letter by letter."""
_BESIDE = 12
"""Characters shown on either side of a difference."""

Kind = Literal["changed", "dropped", "added"]


class Difference(Row, frozen=True, kw_only=True):
    """A stretch in which two texts differ; offsets are those of their source texts, texts are quoted as they stand.

    ``before`` and ``after``: what stands beside it on its line, in the first text where that has something there.
    """

    kind: Kind
    one: str
    other: str
    one_start: int
    one_end: int
    other_start: int
    other_end: int
    before: str = ""
    after: str = ""


def bands(content: str) -> tuple[int, ...]:
    """Keys under which a text is found by those like it."""
    pieces = list({content[i : i + SHINGLE] for i in range(max(1, len(content) - SHINGLE + 1))})
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(pieces)
    digest, rows = sketch.digest(), PERMUTATIONS // BANDS
    return tuple(_key(band, digest[band * rows : (band + 1) * rows]) for band in range(BANDS))


def _key(band: int, values: Sequence[int]) -> int:
    packed = b"".join(value.to_bytes(8, "big") for value in (band, *values))
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big") >> 1


def likeness(one: str, other: str) -> float:
    """How alike two contents are, 0 to 1; 0 where their lengths alone keep them from being nearly the same."""
    shorter, longer = sorted((len(one), len(other)))
    if 2 * shorter < NEARLY_SAME * (shorter + longer):
        return 0.0
    return similarity(one, other)


class _Stretch(NamedTuple):
    start: int
    end: int


def differences(one: str, other: str) -> Iterator[Difference]:
    """Where two source texts differ, in order; white space does not count. Sentences are aligned first, then letters."""
    left, right = list(_pieces(one)), list(_pieces(other))
    keys = [squeeze(one[a:b]) for a, b in left], [squeeze(other[a:b]) for a, b in right]
    for i, j, k, m in _changed(*keys):
        yield from _within(one, other, _span(left, i, j, len(one)), _span(right, k, m, len(other)))


def _changed(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ: half-open stretches of the one and of the other."""
    i = k = 0
    for same in (code for code in Indel.opcodes(one, other) if code.tag == "equal"):
        if (i, k) != (same.src_start, same.dest_start):
            yield i, same.src_start, k, same.dest_start
        i, k = same.src_end, same.dest_end
    if (i, k) != (len(one), len(other)):
        yield i, len(one), k, len(other)


def _pieces(text: str) -> Iterator[_Stretch]:
    for match in _PIECE.finditer(text):
        if match[0].strip():
            yield _Stretch(match.start(), match.end())


def _span(pieces: Sequence[_Stretch], first: int, last: int, end: int) -> _Stretch:
    if first == last:
        at = pieces[first].start if first < len(pieces) else end
        return _Stretch(at, at)
    return _Stretch(pieces[first].start, pieces[last - 1].end)


def _within(one: str, other: str, left: _Stretch, right: _Stretch) -> Iterator[Difference]:
    """The changes inside two stretches that answer each other."""
    places = _solid(one, left), _solid(other, right)
    if len(places[0]) * len(places[1]) > _MOST_CELLS:
        yield _difference(one, other, left, right)
        return
    letters = ["".join(text[i] for i in at) for text, at in ((one, places[0]), (other, places[1]))]
    for i, j, k, m in _grouped(letters[0], letters[1]):
        yield _difference(one, other, _located(places[0], i, j, left), _located(places[1], k, m, right))


def _solid(text: str, stretch: _Stretch) -> list[int]:
    """The places of the characters that are no white space."""
    return [i for i in range(stretch.start, stretch.end) if not text[i].isspace()]


def _grouped(one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    """Changes between two strings; those with hardly anything between them are one."""
    held: tuple[int, int, int, int] | None = None
    for i, j, k, m in _changed(one, other):
        if held and i - held[1] <= _GAP and k - held[3] <= _GAP:
            held = held[0], j, held[2], m
            continue
        if held:
            yield held
        held = i, j, k, m
    if held:
        yield held


def _located(places: Sequence[int], first: int, last: int, whole: _Stretch) -> _Stretch:
    if first == last:
        at = places[first] if first < len(places) else whole.end
        return _Stretch(at, at)
    return _Stretch(places[first], places[last - 1] + 1)


def _difference(one: str, other: str, left: _Stretch, right: _Stretch) -> Difference:
    was, now = one[left.start : left.end], other[right.start : right.end]
    kind: Kind = "changed" if was and now else "dropped" if was else "added"
    before, after = _beside(one, left) if was else _beside(other, right)
    return Difference(
        before=before,
        after=after,
        kind=kind,
        one=was,
        other=now,
        one_start=left.start,
        one_end=left.end,
        other_start=right.start,
        other_end=right.end,
    )


def _beside(text: str, stretch: _Stretch) -> tuple[str, str]:
    """A few characters on either side of a stretch, no further than its line."""
    before = text[max(0, stretch.start - _BESIDE) : stretch.start].rpartition("\n")[2]
    after = text[stretch.end : stretch.end + _BESIDE].partition("\n")[0]
    return before.lstrip(), after.rstrip()
