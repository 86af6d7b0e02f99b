"""Items whose marker the web page has lost (automatic numbering): a gap of one number, and one bare title in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.outline.layout import Row, is_name_line
from ingest.outline.markers import RANK, Marker, Style

_STYLES: frozenset[Style] = frozenset({"cn", "cn_paren"})
_LONGEST = 20
_WITHIN = 60
"""The gap must close within so many lines."""


def restore_markers(rows: Sequence[Row]) -> None:
    """Give the title that fills a gap of one number (一、 … 三、) the marker that it must have had, empty."""
    for upper, lower in _gaps(rows):
        alone = [i for i in range(upper + 1, lower) if _stands_alone(rows, i)]
        before = rows[upper].marker
        if len(alone) == 1 and before:
            row = rows[alone[0]]
            start = row.line.start
            row.kind = "item"
            row.marker = replace(before, value=before.value + 1, start=start, end=start, body=start, before=row.line.before)


def _gaps(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Pairs of rows whose markers, of one style and with nothing above them between, leave out one number."""
    latest: dict[Style, tuple[int, Marker]] = {}
    for i, row in enumerate(rows):
        marker = row.marker
        if row.kind in {"attachment", "date"}:
            latest.clear()
        if marker is None:
            continue
        before = latest.get(marker.style)
        if before and marker.style in _STYLES and before[1].value + 2 == marker.value and i - before[0] <= _WITHIN:
            yield before[0], i
        latest = {style: seen for style, seen in latest.items() if RANK[style] <= RANK[marker.style]}
        latest[marker.style] = (i, marker)


def _stands_alone(rows: Sequence[Row], at: int) -> bool:
    """Whether a line without marker is short and bare, after a sentence that has ended and before another."""
    text = rows[at].line.text
    if rows[at].kind not in {"prose", "title"} or len(text) > _LONGEST or not is_name_line(text):
        return False
    return rows[at - 1].line.text[-1] in "。;)" and any(c in rows[at + 1].line.text for c in "。,;")
