"""Document fields of local files as found, against two samples annotated by hand: the share of files in which each is right.

Every third line of the first sample and every second of the other are held out, looked at by nobody and scored apart, so that
their figures tell what to expect of files not seen; the rest is there to learn from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ingest.extract import Reading
from ingest.readers import ReadError, read_file
from ingest.records import DocumentFields
from tests.gold.cases import shared
from tests.gold.scoring import FIELDS, plain

CORE = "the seven fields"
OTHERS = ("kind", "addressees", "nature")


class Sample(NamedTuple):
    """Annotations, one file a line, of which every n-th is held out."""

    file: Path
    held_out_every: int


FIRST = Sample(Path(__file__).parent / "fields" / "local.jsonl", 3)
MORE = Sample(Path(__file__).parent / "fields" / "local_more.jsonl", 2)


class Scored(NamedTuple):
    """One file: what its annotation and its extraction say of each field; a file that cannot be read tells no field."""

    file: str
    wanted: dict[str, Any]
    found: dict[str, Any]

    def right(self, field: str) -> bool:
        return bool(plain(self.wanted[field]) == plain(self.found[field]))


def rows(sample: Sample, held_out: bool) -> list[dict[str, Any]]:
    """The annotations to learn from, or those held out."""
    lines = sample.file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for i, line in enumerate(lines, 1) if (i % sample.held_out_every == 0) == held_out]


def scored(sample: Sample, held_out: bool) -> Iterator[Scored]:
    """Each file with its fields; none where the corpus is not there."""
    for row in rows(sample, held_out):
        file = shared() / row["file"]
        if file.is_file():
            yield Scored(row["file"], row["document"], _fields(file))


def _fields(file: Path) -> dict[str, Any]:
    try:
        found = Reading.of(read_file(file)).fields
    except ReadError:
        found = DocumentFields()
    return {name: getattr(found, name) for name in (*FIELDS, *OTHERS)}


def figures(sample: Sample, held_out: bool) -> dict[str, float]:
    """The share that is right, by field and over the seven together; empty where the corpus is not there."""
    files = list(scored(sample, held_out))
    if not files:
        return {}
    right = {field: sum(one.right(field) for one in files) / len(files) for field in (*FIELDS, *OTHERS)}
    return {CORE: sum(right[field] for field in FIELDS) / len(FIELDS), **right}


def misses() -> Iterator[str]:
    """What is wrong in the files to learn from, a line each."""
    for one in (one for sample in (FIRST, MORE) for one in scored(sample, held_out=False)):
        for field in (*FIELDS, *OTHERS):
            if not one.right(field):
                yield f"{one.file} {field}: {one.wanted[field]!r} != {one.found[field]!r}"
