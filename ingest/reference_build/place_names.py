"""Makes ``data/reference/place_names_en.csv``: the bare names of places in Latin letters, by the package pypinyin (MIT).

Run ``python -m ingest.reference_build.place_names data/reference/place_names_en.csv`` with pypinyin installed. Names of other
languages and readings that differ from the usual ones stand in ``place_names_irregular.csv``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from ingest.registry.jurisdictions import REFERENCE, spells


def main(target: Path) -> None:
    """Write the table."""
    with (REFERENCE / "place_names_irregular.csv").open(encoding="utf-8", newline="") as lines:
        irregular = {row["short"]: row["english"] for row in csv.DictReader(lines)}
    shorts = sorted({place.short for group in spells().values() for place in group if place.short})
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["short", "english"])
        table.writerows((short, irregular.get(short) or romanised(short)) for short in sorted({*shorts, *irregular}))


def romanised(name: str) -> str:
    """A name in pinyin, written as one word with the apostrophe where a syllable begins with a vowel.

    >>> romanised("吉安")
    "Ji'an"
    """
    from pypinyin import Style, lazy_pinyin

    word = ""
    for syllable in lazy_pinyin(name, style=Style.NORMAL, v_to_u=True):
        word += ("'" if word and syllable[0] in "aoe" else "") + syllable
    return word[:1].upper() + word[1:]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
