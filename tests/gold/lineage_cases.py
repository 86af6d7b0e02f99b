"""Pairs of texts aligned by hand: those of this repository, and further ones that lie beside the checkout."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graph.lineage.prepared import Prepared, prepare
from graph.lineage.units import Side
from ingest.embedding.loading import load
from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import FACTS
from tests.gold.cases import POLICIES, shared

PAIRS = Path(__file__).parent / "lineage"
FOUNDING = {
    "inner_mongolia": "000_98ded61baaf3bf65.txt",
    "erenhot": "001_fb8999b9bcbab4cd.txt",
    "kunming": "003_f4e0b28050fd7483.txt",
    "jian": "004_072fc4f3acfcdbfd.txt",
}
"""What a file of pairs that does not name its texts calls the founding documents."""


class PairCase(NamedTuple):
    """Two texts and the records that say which part of ``local`` comes from which of ``source``."""

    name: str
    local: Path
    source: Path
    records: tuple[dict[str, Any], ...]

    @property
    def kind(self) -> str:
        """``siblings``, ``statutes`` or ``policies``."""
        return "siblings" if self.name.endswith("siblings") else "statutes" if self.local.suffix == ".md" else "policies"

    @property
    def linked(self) -> dict[tuple[str, str], str]:
        """(path, source path) → relation, of what has a counterpart."""
        return {(r["path"], r["source_path"]): r["relation"] for r in self.records if r["source_path"]}


def pair_cases() -> list[PairCase]:
    """All pairs whose texts are there."""
    files = sorted([*PAIRS.glob("*.json"), *(shared() / "gold" / "lineage").glob("*.json")], key=lambda path: path.stem)
    cases = [_case(path) for path in files]
    return [case for case in cases if case.local.is_file() and case.source.is_file()]


def _case(path: Path) -> PairCase:
    value = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(value, list):
        local = path.stem.split("_")[0]
        return PairCase(path.stem, POLICIES / FOUNDING[local], POLICIES / FOUNDING["inner_mongolia"], tuple(value))
    local, source = (_statute(value[side]) for side in ("local", "source"))
    return PairCase(path.stem, local, source, tuple(value["records"]))


def _statute(name: str) -> Path:
    return next(_found(name), shared() / name)


def _found(name: str) -> Iterator[Path]:
    return (path for path in _laws() if path.name == name)


@functools.cache
def _laws() -> tuple[Path, ...]:
    return tuple(sorted((shared() / "corpus" / "laws").rglob("*.md")))


@functools.cache
def prepared(file: Path) -> Prepared:
    """A file made ready for comparison."""
    found = extract(read_file(file))
    facts = {kind: getattr(found, kind) for kind in FACTS}
    return prepare(Side(found.source_text, found.provisions, facts), load())
