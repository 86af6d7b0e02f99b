"""Readers: a file's bytes → its source text. One module for each format; those of foreign formats run in a child.

``read_bytes`` reads one document. A file may hold several: ``unpack`` gives each with an address of its own
(``laws.zip!/notice.html``, ``crawl.jsonl#12``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import settings
from ingest.readers import markdown, plain
from ingest.readers.confined import read_confined, unpack_confined
from ingest.readers.errors import ReadError
from ingest.readers.expansion import MEGABYTE
from ingest.readers.formats import CONTAINERS, SUFFIXES, format_of
from ingest.readers.unpacking import Part, too_large
from ingest.source_text import SourceText

__all__ = ["SUFFIXES", "Part", "ReadError", "format_of", "inner_of", "read_bytes", "read_file", "several", "unpack"]

_OWN = {"text": plain.read, "markdown": markdown.read}
"""Formats that are text already: nothing in them can burst or hang."""
_INNER = re.compile(r"^(?P<file>.+?)(?P<inner>!/.+|#\d+)$")


def read_file(path: str | Path) -> SourceText:
    """The source text of a file, named by its file name; of a document in it (``a.zip!/b.html``). Raises ReadError."""
    path = Path(path)
    if inner := inner_of(path):
        return _one_of(*inner)
    content = _content(path)
    parts = list(unpack(content, path.name)) if content.strip() and format_of(content, path.name) in CONTAINERS else None
    if parts is None:
        return read_bytes(content, path.name)
    if len(parts) != 1:
        raise several(path.name, parts)
    return _read_part(parts[0])


def inner_of(path: str | Path) -> tuple[Path, str] | None:
    """The file and the rest, of a path that names a document in a file (``a.zip``, ``!/b.html``); null for any other."""
    found = _INNER.match(str(path)) if not Path(path).exists() else None
    return (Path(found["file"]), found["inner"]) if found and Path(found["file"]).is_file() else None


def read_bytes(content: bytes, name: str) -> SourceText:
    """The source text of one document's bytes; ``name`` (file name or address) tells its format. Raises ReadError."""
    if not content.strip():
        raise ReadError(name, "is empty", "leave it out, or save the document's text in it")
    if len(content) > (most := settings.number(settings.READ_SIZE)) * MEGABYTE:
        raise too_large(name, len(content), most)
    own = _OWN.get(format_of(content, name))
    return own(content, name) if own else read_confined(content, name)


def unpack(content: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Iterator[Part | ReadError]:
    """The documents in a file, an error in place of one that cannot be taken out; a file of one document gives itself.

    ``mapping`` (field → member) tells what the members of JSON records are.
    """
    if not content.strip():
        yield ReadError(name, "is empty", "leave it out, or save the document's text in it")
        return
    try:
        form = format_of(content, name)
    except ReadError as error:
        yield error
        return
    if form not in CONTAINERS and form != "json":
        yield Part(name, content)
    elif len(content) > (most := settings.number(settings.READ_EXPANSION)) * MEGABYTE:
        yield too_large(name, len(content), most)
    else:
        yield from unpack_confined(content, name, mapping)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror or error})"
        raise ReadError(str(path), problem, "check the path and its permissions") from error


def _one_of(path: Path, inner: str) -> SourceText:
    """The document at an address within a file."""
    parts = list(unpack(_content(path), path.name))
    for part in parts:
        if (part.name if isinstance(part, Part) else part.file) == f"{path.name}{inner}":
            return _read_part(part)
    raise several(f"{path.name}{inner}", parts)


def _read_part(part: Part | ReadError) -> SourceText:
    if isinstance(part, ReadError):
        raise part
    return read_bytes(part.content, part.name)


def several(name: str, parts: Sequence[Part | ReadError]) -> ReadError:
    """What to say of a name that stands for no single one of these documents."""
    names = [part.name for part in parts if isinstance(part, Part)]
    if not names:
        found = next((part for part in parts if isinstance(part, ReadError)), None)
        return found or ReadError(name, "holds no document", "leave it out")
    shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    return ReadError(name, f"names no single document but {len(names)}", f"ingest the file, or name one: {shown}")
