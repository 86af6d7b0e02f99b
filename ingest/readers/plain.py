"""Plain text and Markdown: bytes → text, kept verbatim."""

from __future__ import annotations

import codecs
import re

from ingest.readers.errors import ReadError
from ingest.source_text import SourceText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_COMMON = re.compile("[的和有在人中为是不年国大地政工等行第条法部市]")
_MOST_CONTROL = 0.001
_LEAST_COMMON = 0.02


def read(content: bytes, name: str) -> SourceText:
    """The text of a plain file, decoded and otherwise untouched. Raises ReadError when it is no text."""
    text = decode(content, name)
    if len(_CONTROL.findall(text)) > max(2, _MOST_CONTROL * len(text)):
        raise ReadError(name, "is not a text file (it has control characters)", "save the document as plain text in UTF-8")
    if not text.strip():
        raise ReadError(name, "has no text, only blanks", "leave it out, or save the document's text in it")
    return SourceText(name=name, text=text)


def decode(content: bytes, name: str) -> str:
    """``content`` as text: a byte-order mark decides, then UTF-8, then UTF-16 without mark, GB18030 or Big5."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    for encoding in ("utf-8", *_without_mark(content)):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    chosen = max(_chinese(content), default=None)
    if chosen is None:
        raise ReadError(name, "is in no encoding that could be told", "save it in UTF-8 and try again")
    return chosen[1]


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
        share = len(_COMMON.findall(text)) / max(1, sum(map(str.isalpha, text)))
        if share >= _LEAST_COMMON or len(text) < 50:
            found.append((share, text))
    return found
