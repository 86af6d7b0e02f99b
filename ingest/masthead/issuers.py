"""Organisations in the head and the foot: whether a line is one, several in a row, the signature with its date."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.masthead.dates import DateMention, find_dates
from ingest.masthead.head import reference
from ingest.registry.bodies import resolve
from ingest.registry.body_functions import is_known
from ingest.registry.jurisdictions import Place
from ingest.source_text import fold

_LOCAL = re.compile(r"[省市县区州盟旗镇乡]|[一-龥]{1,6}(?:镇|乡|街道|苏木)")
_BARE_LEVEL = re.compile(r"^(?:自治[区州县旗]|[省市县区州盟旗](?!场|区|域|容|民|政(?!府)))(?P<rest>.{2,})$")
_SEPARATOR = re.compile(r"[\s、,/]+|(?<=[一-龥])(?=中华人民共和国[一-龥]{2})")
_AND_OTHERS = re.compile(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委|委局办|厅局|部委局)$")
_SENTENCE = re.compile(r"[。;:《》?!]|\d{4}年|\d[月日号]|\d$")
HIGHEST = frozenset({"国务院", "中共中央"})
"""Issuers whose names end with no word for a body."""
_LONGEST = 60
_BACK = 8
_DATE_ENDS = frozenset("日0123456789)。")


@functools.cache
def _ending() -> re.Pattern[str]:
    endings = sorted(reference()["organisations"]["endings"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(endings)})(?:\([^()]{{1,12}}\))?$")


def is_organisation(name: str) -> bool:
    """Whether a folded text is the name of one organisation.

    >>> is_organisation("吉安市农民工工作领导小组办公室"), is_organisation("主要任务")
    (True, False)
    """
    if not 2 < len(name) <= _LONGEST or _SENTENCE.search(name) or name in HIGHEST:
        return name in HIGHEST
    return is_known(name) or bool(_ending().search(name) and resolve(name).jurisdiction) or _is_local(name)


def _is_local(name: str) -> bool:
    """市人民政府, 茂林镇党政办公室: of no place that the table holds, but a body by its form."""
    return bool(_LOCAL.match(name)) and bool(_ending().search(name)) and len(name) > 3


def read_issuers(text: str) -> tuple[str, ...]:
    """The organisations listed in a stretch of text; empty unless every piece is one."""
    names = [name for name in _SEPARATOR.split(_AND_OTHERS.sub("", fold(text).strip(" 《"))) if name]
    found: list[str] = []
    for name in names:
        pieces = _central_pieces(name) or ([name] if is_organisation(name) else _unglued(name))
        if not pieces:
            return ()
        found.extend(pieces)
    return tuple(found)


def starts_with_level(name: str) -> bool:
    """Whether a name says its level and leaves the place to be understood (市人社局)."""
    return bool(_BARE_LEVEL.match(name))


def with_place(name: str, here: Place | None) -> str:
    """A local body's name with its place written out, where it begins with a bare level (市人社局); else as it stands."""
    match = _BARE_LEVEL.match(name)
    body = resolve(name, here) if match and here else None
    if match is None or body is None or not body.jurisdiction or not set(body.systems) & set(resolve(match["rest"]).systems):
        return name
    return body.jurisdiction + match["rest"]


def _central_pieces(name: str) -> list[str]:
    """Central bodies set one after the other without any mark (中共中央组织部人力资源社会保障部公安部); empty for one body."""
    if len(name) < 6 or resolve(name).status:
        return []
    for cut in range(3, len(name) - 2):
        if _is_central(name[:cut]):
            rest = [name[cut:]] if _is_central(name[cut:]) else _central_pieces(name[cut:])
            if rest:
                return [name[:cut], *rest]
    return []


def _is_central(name: str) -> bool:
    body = resolve(name)
    return body.level == "national" and body.status is not None


def _unglued(name: str) -> list[str]:
    """Names set one after the other without any mark (吉安市财政局吉安市教育局)."""
    for cut in range(4, len(name) - 3):
        if is_organisation(name[:cut]) and _ending().search(name[:cut]) and resolve(name[cut:]).jurisdiction:
            rest = [name[cut:]] if is_organisation(name[cut:]) else _unglued(name[cut:])
            if rest and resolve(name[:cut]).kind is None and is_known(_without_place(name[:cut])):
                return [name[:cut], *rest]
    return []


def _without_place(name: str) -> str:
    body = resolve(name)
    return name.removeprefix(body.jurisdiction or "") if body.jurisdiction else name


@dataclass(frozen=True, slots=True)
class Signature:
    """The organisations that sign, each with its place in the text, and the date below them."""

    issuers: tuple[tuple[str, int, int], ...]
    date: DateMention


def read_signatures(lines: Sequence[Line]) -> Iterator[Signature]:
    """Every line that is only a date (an organisation may stand before it), with the organisations on the lines above."""
    for i, line in enumerate(lines):
        if len(line.text) > _LONGEST + 20 or line.text[-1] not in _DATE_ENDS:
            continue
        date = next((d for d in find_dates(line.text) if _ends_line(line.text, d)), None)
        if date is None or date.timed:
            continue
        before = line.text[: date.start].strip(" (")
        if before and not read_issuers(before):
            continue
        own = _located(before, line) if before else []
        above = _above(lines, i) if not own else []
        yield Signature(tuple(above or own), DateMention(line.start + date.start, line.start + date.end, date.value, False))


def _ends_line(text: str, date: DateMention) -> bool:
    return not text[date.end :].strip(" )。")


def _above(lines: Sequence[Line], i: int) -> list[tuple[str, int, int]]:
    """The organisations on the lines above, read upwards until a line is something else."""
    found: list[tuple[str, int, int]] = []
    for line in reversed(lines[max(0, i - _BACK) : i]):
        if len(line.text) > _LONGEST * 2 or not read_issuers(line.text):
            break
        found = [*_located(line.text, line), *found]
    return found or (_run_in(lines[i - 1]) if i else [])


def _run_in(line: Line) -> list[tuple[str, int, int]]:
    """The organisation that signs behind the last sentence of a paragraph, without a line of its own."""
    start = line.text.rfind("。") + 1
    name = line.text[start:]
    return [(name, line.start + start, line.end)] if start and is_organisation(name) else []


def _located(text: str, line: Line) -> list[tuple[str, int, int]]:
    found = []
    for name in read_issuers(text):
        at = line.text.find(name)
        if at >= 0:
            found.append((name, line.start + at, line.start + at + len(name)))
    return found
