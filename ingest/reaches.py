"""The stretch of text in which a provision's facts are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.records import Provision


def reaches(provisions: Sequence[Provision]) -> Iterator[tuple[Provision, int, int]]:
    """Each provision with the offsets of its own text, in the order of the text.

    A preamble reaches to the first item: a notice that prints a single text has its own words before that text's title and
    the text's preamble after it, both path 0.
    """
    ordered = sorted(provisions, key=lambda provision: provision.start)
    for provision, following in pairwise([*ordered, None]):
        if provision is None:
            continue
        end = provision.end
        if provision.path.rpartition("/")[2] == "0" and following is not None:
            end = max(end, following.start)
        yield provision, provision.start, end
