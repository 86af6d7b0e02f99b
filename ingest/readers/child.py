"""The child that reads foreign formats: one request after the other from its standard input, within limits it cannot lift."""

from __future__ import annotations

import os
import resource
import signal
import sys
import warnings
from collections.abc import Iterator

import msgspec

import settings
from ingest.readers.errors import ReadError
from ingest.readers.frames import Reply, Request, name_from_bytes, name_to_bytes, read_frame, to_frame

_GRACE = 10
"""Seconds after which the child ends by itself when nobody is left to end it."""
_MEGABYTE = 1_000_000


def main() -> None:
    """Answer requests until the pipe is closed."""
    pipe_in, pipe_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    warnings.simplefilter("ignore")
    memory = settings.number(settings.READ_MEMORY) * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (data := read_frame(pipe_in)) is not None:
        for reply in answer(msgspec.msgpack.decode(data, type=Request)):
            signal.alarm(0)  # it may wait until the reply is taken
            pipe_out.write(to_frame(reply))
            pipe_out.flush()
            signal.alarm(settings.number(settings.READ_SECONDS) + _GRACE)
        signal.alarm(0)


def answer(request: Request) -> Iterator[Reply]:
    """Everything found in doing what is asked."""
    from ingest.readers.by_format import read_here
    from ingest.readers.unpacking import unpack_here

    signal.alarm(settings.number(settings.READ_SECONDS) + _GRACE)
    name = name_from_bytes(request.name)
    try:
        if request.unpack:
            for found in unpack_here(request.content, name, request.mapping):
                yield _failed(found) if isinstance(found, ReadError) else _part(found.name, found.content)
            yield Reply(last=True)
        else:
            yield Reply(source=read_here(request.content, name), last=True)
    except ReadError as error:
        yield _failed(error, last=True)
    except MemoryError:
        yield Reply(out_of_memory=True, last=True)


def _part(name: str, content: bytes) -> Reply:
    return Reply(part=(name_to_bytes(name), content))


def _failed(error: ReadError, last: bool = False) -> Reply:
    return Reply(error=(error.file, error.problem, error.remedy), last=last)
