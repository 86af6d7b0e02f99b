"""Keys under which measures with the same words meet, so that not every text must be compared with every other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from rensa import RMinHash

from graph.lineage.units import LETTERS, Unit

SHINGLE = 4
PERMUTATIONS, BANDS = 24, 8
"""Measures that share seven pieces of ten meet in some band nineteen times of twenty, half of them two of three, three of ten
one of five."""
SHORTEST = 30
"""Letters from which a measure is looked up: 本条例自…起施行 stands everywhere."""
_SEED = 7


def unit_bands(unit: Unit) -> tuple[int, ...]:
    """The keys of one measure; none for a short one."""
    letters = "".join("".join(LETTERS.findall(sentence.words)) for sentence in unit.sentences)
    if len(letters) < SHORTEST:
        return ()
    pieces = sorted({letters[i : i + SHINGLE] for i in range(len(letters) - SHINGLE + 1)})
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(pieces)
    digest, rows = sketch.digest(), PERMUTATIONS // BANDS
    return tuple(_key(band, digest[band * rows : (band + 1) * rows]) for band in range(BANDS))


def _key(band: int, values: Sequence[int]) -> int:
    packed = b"".join(int(value).to_bytes(8, "big") for value in (band, *values))
    return int.from_bytes(hashlib.blake2b(packed, digest_size=6).digest(), "big")
