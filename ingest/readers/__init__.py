"""Readers: a file's bytes → its source text. One module for each format, registered in ``READERS``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.readers import json_record, markdown, plain, web_page, word
from ingest.readers.errors import ReadError
from ingest.readers.formats import SUFFIXES, format_of
from ingest.source_text import SourceText

__all__ = ["READERS", "SUFFIXES", "ReadError", "format_of", "read_bytes", "read_file"]

Reader = Callable[[bytes, str], SourceText]

READERS: dict[str, Reader] = {
    "text": plain.read,
    "markdown": markdown.read,
    "html": web_page.read,
    "json": json_record.read,
    "docx": word.read,
}
"""Format → the function that reads its bytes."""


def read_file(path: str | Path) -> SourceText:
    """The source text of a file, named by its file name. Raises ReadError when it cannot be read."""
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror or error})"
        raise ReadError(str(path), problem, "check the path and its permissions") from error
    return read_bytes(content, path.name)


def read_bytes(content: bytes, name: str) -> SourceText:
    """The source text of a file's content; ``name`` (file name or address) tells its format. Raises ReadError."""
    if not content.strip():
        raise ReadError(name, "is empty", "leave it out, or save the document's text in it")
    found = format_of(content, name)
    if found not in READERS:
        raise ReadError(name, f"is a {found} file, which is not read yet", "save it as web page, Word file or plain text")
    return READERS[found](content, name)
