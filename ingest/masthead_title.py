"""The title of a document: printed over one or several lines, or told by a metadata table; its genre; who it names as issuer."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from ingest.doc_numbers import find_doc_numbers
from ingest.jurisdictions import Place
from ingest.lines import Line
from ingest.masthead_head import reference
from ingest.masthead_issuers import read_issuers
from ingest.patterns import load_patterns
from ingest.records import FieldCandidate

FILE = "masthead.toml"
_LINES, _LONGEST, _SHORTEST = 6, 200, 4
_BEHIND = r"(?:\((?![^()]*通过)[^()]{1,30}\)|[-—–]+\d{4}年\)|》)?"
_RUNNING = re.compile(r"[。;!]|[,:].*[,:]|^(?:第[一二三四五六七八九十百]+[章条]|[一二三四五六七八九十]+、|\(|附件|来源|打印|上一篇|下一篇|您|当前)")
_NOT_TITLE = re.compile(r"文件$|\.\w{3,4}$|https?://|>>|[:：]$|^\d|政策法规$")
_MARKS = re.compile(r"^[#*>\s-]+|[#*\s]+$")


@functools.cache
def genres() -> tuple[str, ...]:
    """The words a title ends with, longest first."""
    table = reference()["genres"]
    return tuple(sorted((*table["statutes"], *table["policies"]), key=len, reverse=True))


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?P<genre>{'|'.join(genres())}){_BEHIND}$")


def read_kind(title: str) -> str | None:
    """The genre a folded title names; for a notice that only carries a text, that text's.

    >>> read_kind("国务院办公厅关于印发突发事件应急预案管理办法的通知")
    '管理办法'
    """
    for pattern in load_patterns(FILE, "carries"):
        if (match := pattern.regex.search(title)) and (kind := _genre(match["carried"].strip("《》"))):
            return kind
    return _genre(title)


def _genre(title: str) -> str | None:
    match = _ending().search(title.rstrip("》 "))
    return match["genre"] if match else None


def printed_titles(lines: Sequence[Line], text: str) -> Iterator[FieldCandidate]:
    """Titles printed in the head, best first: those with issuer or matter before those that only end in a genre."""
    found = [found for i in range(len(lines)) if (found := _title_at(lines, i, text))]
    found.sort(key=lambda pair: pair[0])
    yield from (candidate for _, candidate in found)


def _title_at(lines: Sequence[Line], i: int, text: str) -> tuple[int, FieldCandidate] | None:
    """The longest run of lines from ``i`` that reads as one title, with its rank."""
    best = None
    joined = ""
    for line in lines[i : i + _LINES]:
        piece, start = _bare(line)
        if not piece or _RUNNING.search(piece) or (joined and _starts_anew(piece, joined)):
            break
        first = start if not joined else first  # noqa: F821
        joined += piece
        if len(joined) > _LONGEST:
            break
        rank = _rank(joined)
        if rank is not None and not _NOT_TITLE.search(joined):
            best = rank, _candidate(text, first, line.start + _end_in(line))
            if rank == 0:
                break
    return best


def _bare(line: Line) -> tuple[str, int]:
    """A line without Markdown marks and without a document number in front, and where that begins."""
    stripped = _MARKS.sub("", line.text)
    start = line.text.find(stripped) if stripped else 0
    number = next(iter(find_doc_numbers(stripped)), None)
    if number and number.start == 0:
        rest = stripped[number.end :].strip()
        return rest, line.start + start + stripped.find(rest, number.end)
    return stripped, line.start + start


def _end_in(line: Line) -> int:
    return len(line.text) - (len(line.text) - len(line.text.rstrip("#* ")))


def _starts_anew(piece: str, joined: str) -> bool:
    """Whether a line begins a title of its own rather than going on with the one above."""
    return piece == joined or (len(piece) > 12 and _rank(piece) == 0) or bool(_rank(joined) == 0)


def _rank(title: str) -> int | None:
    """0: issuer or matter and a genre; 1: matter without a genre word; 2: only a genre; null: no title."""
    plain = title.replace(" ", "")
    if len(plain) < _SHORTEST:
        return None
    about = load_patterns(FILE, "matter")[0].regex.search(plain)
    ends = _ending().search(plain)
    if about and ends:
        return 0
    return 2 if ends and len(plain) > 5 and "," not in plain else None


def _candidate(text: str, start: int, end: int) -> FieldCandidate:
    value = " ".join(text[start:end].split())
    return FieldCandidate(field="title", value=_close(value), place="masthead", rule="masthead.title_line", start=start, end=end)


def _close(value: str) -> str:
    """A title whose lines break between two Chinese characters is written without the break."""
    return re.sub(r"(?<=[一-龥》」”])\s+(?=[一-龥《「“])", " ", value)


def title_issuers(title: str, here: Place | None) -> tuple[str, ...]:
    """The organisations that a title names before its matter; empty when it begins with the matter."""
    match = load_patterns(FILE, "matter")[0].regex.search(title)
    return read_issuers(title[: match.start()], here) if match else ()
