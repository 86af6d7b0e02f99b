"""Text exports of legal databases, with a head of labels in brackets: 【发布部门】国务院 【发文字号】国发〔2019〕3号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.json_record import field_named
from ingest.readers.values import candidate
from ingest.records import FieldCandidate, Passage

_CELL = re.compile(r"【\s*(?P<label>[^【】\n]{2,12}?)\s*】[ \t\u3000]*[:：]?[ \t\u3000]*(?P<value>[^【】\n]*)")
_SURE = re.compile(r"【\s*(?:法宝引证码|引证码|时效性|效力级别|法规类别)\s*】")
_FOOT = re.compile(r"(?m)^.*(?:北大法宝|pkulaw\.(?:com|cn)|北大法律信息网).*$")
_HEAD = 3_000


def read_head(text: str) -> tuple[tuple[FieldCandidate, ...], tuple[Passage, ...]]:
    """What the head of an export says of the fields, and the spans of it that are no part of the document."""
    if not _SURE.search(text[:_HEAD]):
        return (), ()
    cells = list(_CELL.finditer(text, 0, _HEAD))
    head = [Passage(start=cell.start(), end=cell.end(), label="metadata") for cell in cells]
    foot = [Passage(start=line.start(), end=line.end(), label="footer") for line in _FOOT.finditer(text)]
    inside = [one for one in foot if all(one.end <= cell.start or one.start >= cell.end for cell in head)]
    return tuple(found for cell in cells for found in _candidates(cell)), tuple(sorted((*head, *inside), key=lambda p: p.start))


def _candidates(cell: re.Match[str]) -> Iterator[FieldCandidate]:
    field = field_named(cell["label"])
    if field and field != "text":
        for found in candidate(field, cell["value"], "metadata", f"readers.export_label:{cell['label']}"):
            start = cell.start("value")
            yield FieldCandidate(
                field=found.field,
                value=found.value,
                place=found.place,
                rule=found.rule,
                start=start,
                end=start + len(cell["value"].rstrip()),
            )
