"""Bytes → text: by byte-order mark, by what the file declares, else by trying what Chinese files are written in."""

from __future__ import annotations

import codecs
import re

from ingest.readers.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = re.compile("[的和有在人中为是不年国大地政工等行第条法部市]")
_LEAST_COMMON = 0.02
_SURE = 50
"""A text shorter than this has too few everyday characters to be judged by them."""
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
"""What pages declare → what they may really use: characters beyond the old standard are common."""
_MOST_DAMAGED = 0.002
"""A text with a larger share of bytes that cannot be read is refused."""


def decode(content: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """``content`` as text, with warnings. Raises ReadError where no encoding fits.

    A byte-order mark decides, then UTF-8, then what is declared, then UTF-16 without mark, GB18030 or Big5. A file that is
    damaged in few places is read with U+FFFD there, and a warning.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name), ()
    for encoding in ("utf-8", *_named(declared), *_without_mark(content)):
        try:
            return content.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    chosen = max(_chinese(content), default=None)
    if chosen is not None:
        return chosen[1], ()
    return _mended(content, name, declared)


def _named(declared: str | None) -> tuple[str, ...]:
    if not declared:
        return ()
    known = declared.strip().lower()
    return (_SUPERSETS.get(known, known),)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"says it is {encoding} but is damaged at byte {error.start}"
        raise ReadError(name, problem, "save it again in UTF-8") from error


def _without_mark(content: bytes) -> tuple[str, ...]:
    """UTF-16 shows itself by zero bytes in one half only (line ends, digits)."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if max(even, odd) < 2 or min(even, odd) * 4 > max(even, odd):
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _chinese(content: bytes) -> list[tuple[float, str]]:
    """The Chinese code pages that decode ``content`` to plausible text, each with its share of everyday characters."""
    found = []
    for encoding in ("gb18030", "big5"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _everyday(text)
        if share >= _LEAST_COMMON or len(text) < _SURE:
            found.append((share, text))
    return found


def _everyday(text: str) -> float:
    return len(_COMMON.findall(text)) / max(1, sum(map(str.isalpha, text)))


def _mended(content: bytes, name: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The reading with the fewest marks of damage, when they are few and the rest is everyday Chinese."""
    best: tuple[int, str, str] | None = None
    for encoding in ("utf-8", *_named(declared), "gb18030", "big5"):
        try:
            text = content.decode(encoding, errors="replace")
        except LookupError:
            continue
        damage = text.count("\ufffd")
        if best is None or damage < best[0]:
            best = damage, encoding, text
    if best is None or best[0] > max(2, _MOST_DAMAGED * len(content)) or _everyday(best[2]) < _LEAST_COMMON:
        raise ReadError(name, "is in no encoding that could be told", "save it in UTF-8 and try again")
    return best[2], (f"{best[0]} characters could not be read as {best[1]} and stand as \ufffd.",)
