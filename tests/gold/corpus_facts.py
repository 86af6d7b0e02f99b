"""What is found in documents that nobody has annotated: a table of facts by kind and genre, and random ones to read.

    python -m tests.gold.corpus_facts FOLDER [--sample responsibilities 100 --seed 7]

The table says how much is found; only a person who reads a sample can say how much of it is right.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ingest.extract import extract
from ingest.readers import ReadError, read_file
from ingest.records import FACTS, Extraction, Record

FEWEST = 5
"""A genre with fewer documents is counted under ``other``."""
PLACES = ("start", "end", "order")
"""How the fields that are not shown end."""
COLUMNS = ("documents", "provisions", *FACTS, "not_understood", "warnings")


def main() -> None:
    """Print the table, and the sample that was asked for."""
    parser = argparse.ArgumentParser(description="Facts found in a folder, by kind and genre.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", nargs=2, metavar=("KIND", "N"), help="also print N random records of this kind")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    console = Console(width=160, soft_wrap=True, highlight=False, markup=False)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    kept: list[tuple[Extraction, Record]] = []
    unread = 0
    for found in extractions(options.folder):
        if found is None:
            unread += 1
            continue
        counts[genre(found)].update(count(found))
        if options.sample:
            kept.extend((found, record) for record in getattr(found, options.sample[0]))
    console.print(table(merged(counts)))
    console.print(f"{unread} files that could not be read")
    if options.sample:
        chosen = random.Random(options.seed).sample(kept, min(int(options.sample[1]), len(kept)))
        for number, (found, record) in enumerate(chosen, 1):
            console.print(shown(number, found, record))


def extractions(folder: Path) -> Iterator[Extraction | None]:
    """Every file below the folder, extracted; None for one that cannot be read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield extract(read_file(path))
            except ReadError:
                yield None


def genre(found: Extraction) -> str:
    """The genre that the title names; texts that order nothing stand under what they are."""
    nature = found.document.nature
    return found.document.kind or "none" if nature in ("normative", "unknown") else f"({nature})"


def count(found: Extraction) -> Counter[str]:
    """How many of each column one document has."""
    return Counter({"documents": 1} | {name: len(getattr(found, name)) for name in COLUMNS if name != "documents"})


def merged(counts: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """The rows by their number of documents, rare genres as one, and a last row for all."""
    rows: dict[str, Counter[str]] = {}
    for name, row in sorted(counts.items(), key=lambda item: (-item[1]["documents"], item[0])):
        rows.setdefault(name if row["documents"] >= FEWEST else "other", Counter()).update(row)
    return rows | {"all": sum(counts.values(), Counter())}


def table(rows: dict[str, Counter[str]]) -> Table:
    """One row for each genre."""
    made = Table(box=None, pad_edge=False)
    made.add_column("genre")
    for name in COLUMNS:
        made.add_column(name, justify="right")
    for name, row in rows.items():
        made.add_row(name, *(str(row[column]) for column in COLUMNS))
    return made


def shown(number: int, found: Extraction, record: Record) -> str:
    """One record with the words around it."""
    text = found.source_text
    before, after = text[max(0, record.start - 60) : record.start], text[record.end : record.end + 80]
    quote = text[record.start : record.end][:160]
    fields: dict[str, Any] = {name: getattr(record, name) for name in record.__struct_fields__ if not name.endswith(PLACES)}
    said = " ".join(f"{name}={value}" for name, value in fields.items() if value not in (None, False))
    return f"{number}. {found.file} {said}\n   {before}【{quote}】{after}".replace("\n", "⏎").replace("⏎   ", "\n   ", 1)


if __name__ == "__main__":
    main()
