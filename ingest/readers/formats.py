"""Which format a file has: its first bytes decide, then what its suffix says, then what its text looks like."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.readers.errors import ReadError

SUFFIXES: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    "": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".jhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".json": "json",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".dot": "doc",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".zip": "zip",
}
"""File-name suffix → format."""

CONTAINERS = frozenset({"zip", "json lines", "json array"})
"""Formats whose files hold documents of their own."""

UNREAD: dict[str, str] = {
    ".xml": "XML",
    ".csv": "table",
    ".xlsx": "Excel",
    ".xls": "Excel",
    ".et": "WPS table",
    ".ofd": "OFD",
    ".ceb": "CEB",
    ".rar": "RAR archive",
    ".7z": "7z archive",
    ".gz": "gzip archive",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".gif": "picture",
}
"""File-name suffix → the name of a format that no reader here reads."""

UNREAD_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"II*\x00", "TIFF picture"),
    (b"MM\x00*", "TIFF picture"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
"""First bytes → the name of a format that no reader here reads."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|p|div|table|span|meta)\b", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application progid=\"Word|<w:wordDocument|<pkg:package")
_START = 2_048


def suffix_of(name: str) -> str:
    """The suffix of a file name or address, without the query and the number of a record.

    >>> suffix_of("https://www.gov.example/a.HTML?id=1"), suffix_of("laws.jsonl#12"), suffix_of("a.zip!/通知.docx")
    ('.html', '.jsonl', '.docx')
    """
    path = urlsplit(name).path if "://" in name else re.sub(r"#\d+$", "", name)
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def format_of(content: bytes, name: str) -> str:
    """The key in READERS or CONTAINERS for this content. Raises ReadError for a format that is not read."""
    start = content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = suffix_of(name)
    _refuse(content, name, suffix)
    if start.startswith(b"%PDF-") or (b"%PDF-" in content[:1024] and suffix == ".pdf"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _of_zip(content, suffix)
    if content.startswith(_OLE):
        return "doc"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if _WORD_XML.search(start):
        return "word xml"
    return _of_text(start, name, suffix)


def _refuse(content: bytes, name: str, suffix: str) -> None:
    other = next((title for signature, title in UNREAD_SIGNATURES if content.startswith(signature)), UNREAD.get(suffix))
    if other:
        remedy = "save the document as PDF, Word, web page or plain text and try again"
        if "picture" in other:
            remedy = "turn it into text with an OCR tool (ocrmypdf makes a PDF with text) and try again"
        raise ReadError(name, f"is a {other} file, which is not read", remedy)


def _of_zip(content: bytes, suffix: str) -> str:
    """A Word file is an archive too; one that is cut off is told by its suffix."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return "docx" if SUFFIXES.get(suffix) in ("docx", "doc") else "zip"
    return "docx" if "word/document.xml" in names or suffix in (".docx", ".docm") else "zip"


def _of_text(start: bytes, name: str, suffix: str) -> str:
    """Files of text: the suffix tells, except that a web page or JSON saved under another one is known by its look."""
    told = SUFFIXES.get(suffix, "text" if "://" not in name else "html")
    if told in ("pdf", "docx", "zip"):
        raise ReadError(name, f"is no {told.upper()} file, whatever its name says", "save it again in that format")
    if told in ("text", "doc", "rtf", "html") and _HTML.match(start):
        return "html"
    if told == "doc":
        raise ReadError(name, "is no Word file, whatever its name says", "save it again as .docx or plain text")
    if told == "json" and start.startswith(b"["):
        return "json array"
    if told == "json lines" and re.search(r"#\d+$", name):
        return "json"
    return "text" if told == "rtf" else told
