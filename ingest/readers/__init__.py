"""Readers: a file's bytes → its source text. One module for each format, registered in ``READERS``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.readers import plain
from ingest.readers.errors import ReadError
from ingest.source_text import SourceText

__all__ = ["READERS", "ReadError", "format_of", "read_bytes", "read_file"]

Reader = Callable[[bytes, str], SourceText]

READERS: dict[str, Reader] = {"text": plain.read}
"""Format → the function that reads its bytes."""

SUFFIXES: dict[str, str] = {".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", "": "text"}
"""File-name suffix → format."""

UNREAD: dict[str, str] = {
    ".html": "HTML",
    ".htm": "HTML",
    ".mht": "saved web page",
    ".json": "JSON",
    ".xml": "XML",
    ".csv": "table",
    ".xlsx": "Excel",
    ".xls": "Excel",
    ".doc": "Word",
    ".docx": "Word",
    ".wps": "WPS",
    ".ofd": "OFD",
    ".pdf": "PDF",
}
"""File-name suffix → the name of a format that no reader here reads."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word or another zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
)
"""First bytes → the name of a format, so that a wrong suffix does not mislead."""


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
    return READERS[format_of(content, name)](content, name)


def format_of(content: bytes, name: str) -> str:
    """The key in READERS for this content: its first bytes decide, then the suffix; text is the default. Raises ReadError."""
    suffix = Path(name).suffix.lower()
    other = next((title for signature, title in SIGNATURES if content.startswith(signature)), UNREAD.get(suffix))
    if other:
        raise ReadError(name, f"is a {other} file, which is not read yet", "save it as plain text (UTF-8) and try again")
    return SUFFIXES.get(suffix, "text")
