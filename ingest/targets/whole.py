"""全部 and 所有: a result that holds for every one of what it names, read as 100 %."""

from __future__ import annotations

import re

from ingest.targets.clauses import Span
from ingest.targets.quantities import Quantity

_WHOLE = re.compile(r"全部(?!门|力量)|(?:^|(?<=[,、使]))所有(?!权|制|者|人)")
_AIM = re.compile(r"努力实现|力争|确保|实现(?!双)|争取|目标")


def find_wholes(folded: str, clause: Span, aimed: bool) -> list[Quantity]:
    """The first 全部 or 所有 of a clause that sets a result; ``aimed`` when a goal or a date says that it is one."""
    words = folded[clause.start : clause.end]
    match = _WHOLE.search(words)
    if match is None or not (aimed or (match[0] == "全部" and _AIM.search(words))):
        return []
    start = clause.start + match.start()
    return [Quantity(start, start + 2, 100, 100, "%", "=", whole=True)]
