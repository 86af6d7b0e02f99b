"""Which documents are scored: the shipped ones, and further ones that lie in a folder beside the checkout.

``ZHENGMAI_SHARED`` names that folder (default ``../shared``); without it only the shipped documents are scored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ingest.extract import extract
from ingest.readers import SUFFIXES, ReadError, read_file
from settings import ROOT

ANNOTATIONS = Path(__file__).parent / "annotations"
POLICIES = ROOT / "data" / "policies"


class Case(NamedTuple):
    """One annotated document: its short name, its annotation, and the file it was made from."""

    name: str
    annotation: dict[str, Any]
    file: Path


def shared() -> Path:
    """The folder of further annotations and the corpus; it need not exist."""
    return Path(os.environ.get("ZHENGMAI_SHARED", ROOT.parent / "shared"))


def shipped() -> list[Case]:
    """The documents of data/policies with their annotations."""
    return [case for case in _annotated(ANNOTATIONS) if case.file.parent == POLICIES]


def further() -> list[Case]:
    """Annotated documents whose files lie outside the repository, none where they are not there."""
    cases = (*_annotated(shared() / "gold"), *_annotated(ANNOTATIONS))
    return [case for case in cases if case.file.parent != POLICIES and case.file.is_file()]


def _annotated(folder: Path) -> Iterator[Case]:
    """The annotations in a folder. A file without a folder of its own is shipped, any other lies beside the checkout."""
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(value, dict) and "file" in value:
            yield Case(path.stem, value, (shared() if "/" in value["file"] else POLICIES) / value["file"])


def extraction(case: Case) -> dict[str, Any]:
    """What the extractor says of a case's file, as plain data; raises ReadError for a format without a reader."""
    value = msgspec.to_builtins(extract(read_file(case.file)))
    assert isinstance(value, dict)
    return value


def has_reader(file: Path) -> bool:
    """False for a format that no reader claims by name: it would only be taken for plain text."""
    return file.suffix.lower() in SUFFIXES


def readable(cases: list[Case]) -> Iterator[tuple[Case, dict[str, Any] | ReadError]]:
    """Each case with its extraction, or with the reason why its file cannot be read."""
    for case in cases:
        try:
            yield case, extraction(case) if has_reader(case.file) else _no_reader(case)
        except ReadError as error:
            yield case, error


def _no_reader(case: Case) -> ReadError:
    return ReadError(case.file.name, "has no reader", f"formats read now: {', '.join(filter(None, SUFFIXES))}")
