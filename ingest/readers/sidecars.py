"""Records beside a text: ``notice.pdf`` and ``notice.pdf.json`` (or ``notice.json``), which tell what a crawler knew of it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.readers.json_record import fields_of, has_text, parse
from ingest.records import FieldCandidate

PLACE = "sidecar"
LARGEST = 1_000_000
"""Bytes; what is larger tells more than a few fields."""
RECORDS = (".json", ".jsonl")
"""Files of records lie beside no text: they are texts, or tell of one."""


def sidecar_of(path: Path) -> tuple[Path, tuple[FieldCandidate, ...]] | None:
    """The record beside a file and what it says of it; null where there is none (what holds a text is a text itself)."""
    if path.suffix.lower() in RECORDS:
        return None
    names = (f"{path.name}.json", f"{path.name}.meta.json", f"{path.stem}.json", f"{path.stem}.meta.json")
    for beside in map(path.with_name, names):
        if beside.is_file() and not beside.is_symlink() and (told := read_sidecar(beside)):
            return beside, told
    return None


def read_sidecar(path: Path) -> tuple[FieldCandidate, ...]:
    """What a record says of the text that it lies beside; nothing where it is no such record."""
    try:
        if path.stat().st_size > LARGEST:
            return ()
        record = parse(decode(path.read_bytes(), path.name)[0], path.name)
    except (OSError, ReadError):
        return ()
    if not isinstance(record, dict) or has_text(record):
        return ()
    return tuple(msgspec.structs.replace(found, place=PLACE) for found in fields_of(record))


def told_beside(candidates: Iterable[FieldCandidate]) -> tuple[FieldCandidate, ...]:
    """Those of a document's candidates that a record beside it gave."""
    return tuple(candidate for candidate in candidates if candidate.place == PLACE)


def stamped(version: str, candidates: Iterable[FieldCandidate]) -> str:
    """The extractor's version with what a record beside the text told it, which an extraction depends on, too.

    >>> stamped("0f", ())
    '0f'
    """
    told = told_beside(candidates)
    return f"{version}+{_digest(told)}" if told else version


def version_in(stamp: str) -> str:
    """The extractor's version in a stamp.

    >>> version_in("0f+12345678")
    '0f'
    """
    return stamp.partition("+")[0]


@functools.lru_cache(maxsize=64)
def _digest(candidates: tuple[FieldCandidate, ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(candidates)).hexdigest()[:8]
