"""What goes between a process and the child that reads for it: a length in eight bytes, then MessagePack. No pickles."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from ingest.source_text import SourceText

LENGTH = 8
"""Bytes before each message that tell its length."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read, or to unpack; ``name`` is in UTF-8 with stray bytes kept, the limits are those of the settings."""

    name: bytes
    content: bytes
    unpack: bool = False
    mapping: dict[str, str] | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found: a text, or a part with its address, or an error as (file, problem, remedy); ``last`` ends an
    answer; ``dead`` says that the child is no more."""

    source: SourceText | None = None
    part: tuple[bytes, bytes] | None = None
    error: tuple[str, str, str] | None = None
    out_of_memory: bool = False
    last: bool = False
    dead: bool = False


def name_to_bytes(name: str) -> bytes:
    """A name as bytes, whatever the file system gave."""
    return name.encode("utf-8", "surrogateescape")


def name_from_bytes(name: bytes) -> str:
    """The name again, stray bytes as U+FFFD so that it can be stored and printed."""
    return name.decode("utf-8", "replace")


def to_frame(message: Request | Reply) -> bytes:
    """One message as it goes through the pipe."""
    data = msgspec.msgpack.encode(message)
    return len(data).to_bytes(LENGTH, "little") + data


def read_frame(pipe: BinaryIO) -> bytes | None:
    """The next message without its length, null at the end of the pipe."""
    length = pipe.read(LENGTH)
    if len(length) < LENGTH:
        return None
    wanted = int.from_bytes(length, "little")
    data = pipe.read(wanted)
    return data if len(data) == wanted else None
