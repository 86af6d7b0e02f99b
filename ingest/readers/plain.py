"""Plain text: bytes → text, kept verbatim."""

from __future__ import annotations

import re

from ingest.readers.database_export import read_head
from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.source_text import SourceText

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.001


def read(content: bytes, name: str) -> SourceText:
    """The text of a plain file, decoded and otherwise untouched. Raises ReadError when it is no text."""
    text, warnings = decode(content, name)
    metadata, furniture = read_head(checked(text, name))
    return SourceText(name=name, text=text, metadata=metadata, boilerplate=furniture, warnings=warnings)


def checked(text: str, name: str) -> str:
    """``text`` when it is one. Raises ReadError for control characters or nothing but blanks."""
    if len(_CONTROL.findall(text)) > max(2, _MOST_CONTROL * len(text)):
        raise ReadError(name, "is not a text file (it has control characters)", "save the document as plain text in UTF-8")
    if not text.strip():
        raise ReadError(name, "has no text, only blanks", "leave it out, or save the document's text in it")
    return text
