"""Files that hold several documents: archives, lists of records. Each document gets an address of its own."""

from __future__ import annotations

import contextlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import settings
from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.readers.expansion import MEGABYTE, open_zip
from ingest.readers.formats import format_of
from ingest.readers.json_record import has_text, parse
from ingest.readers.mapping import MAPPED

_DEEPEST = 2
"""Archives within archives that are opened."""
_LISTS_WITHIN = 3
_UNSEEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/|~\$|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True)
class Part:
    """One document of a file: its address and its bytes."""

    name: str
    content: bytes


def unpack_here(content: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Iterator[Part | ReadError]:
    """The documents in a file, in order; an error in place of one that cannot be taken out. Raises ReadError for the file.

    A file of one document gives itself. ``mapping`` tells which members of records are text and fields.
    """
    form = format_of(content, name)
    if form == "zip":
        yield from _of_zip(content, name, mapping, 1)
    elif form == "json lines":
        yield from _of_lines(content, name, mapping)
    elif form in ("json", "json array"):
        yield from _of_json(content, name, mapping)
    else:
        yield Part(name, content)


def _of_zip(content: bytes, name: str, mapping: Mapping[str, str] | None, depth: int) -> Iterator[Part | ReadError]:
    with open_zip(content, name) as archive:
        for entry in archive.infolist():
            inner = _name_of(entry)
            if not entry.is_dir() and not _UNSEEN.search(inner):
                yield from _entry(archive, entry, f"{name}!/{inner}", mapping, depth)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's path; names of old Chinese archives are in GB18030, whatever the format says."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, mapping: Mapping[str, str] | None, depth: int
) -> Iterator[Part | ReadError]:
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield ReadError(name, "is a symbolic link", "put the file itself into the archive")
        return
    if entry.file_size > (most := settings.number(settings.READ_SIZE)) * MEGABYTE:
        yield too_large(name, entry.file_size, most)
        return
    try:
        content = archive.read(entry)
        if content.startswith(b"PK\x03\x04") and format_of(content, name) == "zip":
            yield from _inner_zip(content, name, mapping, depth)
        elif content.strip():
            yield from unpack_here(content, name, mapping)
        else:
            yield ReadError(name, "is empty", "leave it out, or save the document's text in it")
    except ReadError as error:
        yield error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        yield ReadError(name, f"is damaged in the archive ({error})", "get the archive again")


def _inner_zip(content: bytes, name: str, mapping: Mapping[str, str] | None, depth: int) -> Iterator[Part | ReadError]:
    if depth >= _DEEPEST:
        yield ReadError(name, "is an archive within an archive within an archive", "unpack it yourself")
    else:
        yield from _of_zip(content, name, mapping, depth + 1)


def too_large(name: str, size: int, most: int) -> ReadError:
    """The error for a document that is larger than the settings allow."""
    problem = f"has {size // MEGABYTE} MB, more than the {most} MB that a document may have"
    return ReadError(name, problem, f"split it, or raise {settings.READ_SIZE.variable}")


def _of_lines(content: bytes, name: str, mapping: Mapping[str, str] | None) -> Iterator[Part | ReadError]:
    """JSON Lines: one record a line. The bytes are kept as they came unless a mapping goes with them."""
    text, _ = decode(content, name)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            address = f"{name}#{number}"
            try:
                yield Part(address, _with_mapping(parse(line, address), mapping) if mapping else line.strip().encode())
            except ReadError as error:
                yield error


def _of_json(content: bytes, name: str, mapping: Mapping[str, str] | None) -> Iterator[Part | ReadError]:
    text, _ = decode(content, name)
    value = parse(text, name)
    if isinstance(value, dict) and (MAPPED in value or has_text(value, mapping)):
        yield Part(name, _with_mapping(value, mapping) if mapping else content)
        return
    found = _records(value, mapping)
    if not found:
        remedy = "tell which member holds the text (--map text=NAME), or leave the file out"
        raise ReadError(name, "holds no record with a text", remedy)
    for number, record in found:
        yield Part(f"{name}#{number}", _with_mapping(record, mapping))


def _records(value: Any, mapping: Mapping[str, str] | None) -> list[tuple[int, dict[str, Any]]]:
    """The records with a text in a list, or in the first list within an object that has such, numbered from 1."""
    layer = [value]
    for _ in range(_LISTS_WITHIN + 1):
        for one in layer:
            if isinstance(one, list):
                found = [
                    (i, record) for i, record in enumerate(one, 1) if isinstance(record, dict) and has_text(record, mapping)
                ]
                if found:
                    return found
        layer = [inner for one in layer if isinstance(one, dict) for inner in one.values()]
    return []


def _with_mapping(record: Any, mapping: Mapping[str, str] | None) -> bytes:
    """A record as bytes, with the mapping it is to be read by."""
    if mapping and isinstance(record, dict):
        record = {**record, MAPPED: dict(mapping)}
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")  # as JSON writes it itself
