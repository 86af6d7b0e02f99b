"""Archives opened within limits: number of entries, and how large they grow."""

from __future__ import annotations

import io
import zipfile

import settings
from ingest.readers.errors import ReadError

MEGABYTE = 1_000_000
_HIGHEST_RATIO = 200
"""XML and text shrink to a fiftieth at most; what shrinks further was made to burst."""
_HARMLESS = 20 * MEGABYTE


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """The archive, checked. Raises ReadError when it is damaged, locked, or larger than the settings allow."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise ReadError(name, f"is a damaged archive ({error})", "get it again, it may have been cut off") from error
    entries = archive.infolist()
    if len(entries) > (most := settings.number(settings.READ_ENTRIES)):
        raise ReadError(name, f"holds {len(entries)} entries, more than the {most} allowed", _raise(settings.READ_ENTRIES))
    size = sum(entry.file_size for entry in entries)
    if size > (most := settings.number(settings.READ_EXPANSION)) * MEGABYTE:
        problem = f"grows to {size // MEGABYTE} MB when unpacked, more than the {most} MB allowed"
        raise ReadError(name, problem, _raise(settings.READ_EXPANSION))
    if size > _HARMLESS and size > _HIGHEST_RATIO * len(content):
        raise ReadError(name, f"grows {size // len(content)}-fold when unpacked, as no document does", "leave it out")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError(name, "is protected by a password", "save it without the password")
    return archive


def _raise(setting: settings.Setting) -> str:
    return f"unpack it yourself, or raise {setting.variable}"
