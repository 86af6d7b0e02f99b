"""The head of a document: the lines before its first item, cut where its addressees stand, and what each line is."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.lines import Line, lines_of
from ingest.masthead.unbroken import with_breaks
from ingest.records import Passage, Provision
from ingest.registry.jurisdictions import REFERENCE
from ingest.source_text import SourceText

FURNITURE = {"navigation", "login", "share", "footer", "link"}
"""Labels of boilerplate that says nothing of the document; ``metadata`` does."""
ADDRESSEES = re.compile(r"^(?:主\s*送\s*:)?\s*(?P<whom>[^。;《》*#|:]{2,300}):$")
_ADDRESSED = re.compile(
    r"^各.|[省市县区州盟旗镇乡厅局委办部院校会处所社行署]$"
    r"|(?:政府|机关|单位|部门|机构|企业|公司|街道|社区|学校|中心|科室|支部|同志|代表|委员|常委会)(?:\([^()]*\))?$"
)
_INTRODUCES = re.compile(
    r"\d{4}年|如下|以下|下列|(?:通知|内容|问题?|答|注|说明|包括|其中|要求):$|^[一二三四五六七八九十\d(]"
    r"|^(?:职责|成员|机构|单位名称|组成单位):$"
)
_OF_STATUTES = re.compile(r"^[(\s]*(?:根据)?\S{0,6}\d{4}年 ?\d{1,2}月|^\(.*(?:通过|公布|批准)|^\(?《.{2,80}》已")
"""A long line that belongs to a statute's head: the note of who passed it, the sentence that promulgates it."""
_LONGEST_HEAD = 250


@functools.cache
def reference() -> dict[str, Any]:
    """The tables of ``masthead.toml``."""
    return tomllib.loads((REFERENCE / "masthead.toml").read_text(encoding="utf-8"))


@functools.cache
def _labels() -> frozenset[str]:
    """The labels of metadata tables."""
    return frozenset(itertools.chain.from_iterable(reference()["labels"].values()))


@dataclass(frozen=True)
class Head:
    """``lines`` from the top to the addressees (null when none) or the first item; ``after`` all lines that follow."""

    lines: tuple[Line, ...]
    addressees: Line | None
    after: tuple[Line, ...]


def read_head(source: SourceText, provisions: Sequence[Provision], boilerplate: Sequence[Passage]) -> Head:
    """Cut the document into head and rest. Without items the head is what stands before the first long paragraph."""
    furniture = [p for p in boilerplate if p.label in FURNITURE]
    lines = with_breaks(lines_of(source, furniture))
    first = next((p.start for p in provisions if p.marker), len(source.text))
    end = next((i for i, line in enumerate(lines) if line.start >= first or i >= _LONGEST_HEAD), len(lines))
    for i, line in enumerate(lines[:end]):
        if is_addressees(line.text):
            return Head(tuple(lines[:i]), line, tuple(lines[i + 1 :]))
    end = next((i for i, line in enumerate(lines[:end]) if _is_paragraph(line.text)), end)
    return Head(tuple(lines[:end]), None, tuple(lines[end:]))


def restarted(head: Head, title: str, provisions: Sequence[Provision]) -> Head | None:
    """The head of a text carried further down, from the line that is its title to its first item; null where no line is."""
    lines = [*head.lines, *head.after]
    plain = "".join(title.split())
    at = next((i for i, line in enumerate(lines) if "".join(line.text.split()) == plain), None)
    if at is None:
        return None
    first = next((p.start for p in provisions if p.marker and p.start > lines[at].start), None)
    end = next((i for i in range(at, len(lines)) if first is not None and lines[i].start >= first), len(lines))
    end = min(end, at + _LONGEST_HEAD)
    return Head(tuple(lines[at:end]), None, tuple(lines[end:]))


def is_addressees(text: str) -> bool:
    """Whether a folded line is the 主送机关 line: organisations, then a colon, and nothing else."""
    match = ADDRESSEES.match(text)
    if match is None or "".join(match["whom"].split()) in _labels():
        return False
    return bool(_ADDRESSED.search(match["whom"])) and not _INTRODUCES.search(text)


def _is_paragraph(text: str) -> bool:
    return len(text) > 60 and text.endswith(("。", ":", ";")) and not _OF_STATUTES.match(text)
