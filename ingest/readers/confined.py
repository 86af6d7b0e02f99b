"""Reading in a child with limits of time and memory, so that a hostile file costs its own reading and nothing else.

The child is started when it is first needed and serves one file after the other; one that hangs or dies is replaced.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping

import msgspec

import settings
from ingest.readers.errors import ReadError
from ingest.readers.frames import LENGTH, Reply, Request, name_from_bytes, name_to_bytes, to_frame
from ingest.readers.unpacking import Part
from ingest.source_text import SourceText

_START = f"import sys; sys.path.insert(0, {str(settings.ROOT)!r}); from ingest.readers.child import main; main()"
_PIECE = 1 << 20
_lock = threading.Lock()


class _DeadError(Exception):
    """The child has ended before its answer did."""


class _LateError(Exception):
    """The child has not answered in time."""


class _Child:
    """A running child and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if settings.DEBUG.value else subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self.owner = os.getpid()
        self.served = 0

    def ask(self, request: Request) -> Iterator[Reply]:
        """Everything that the child answers. Raises _DeadError, _LateError."""
        self.served += 1
        self._send(to_frame(request))
        while True:
            length = int.from_bytes(self._receive(LENGTH), "little")
            reply = msgspec.msgpack.decode(self._receive(length), type=Reply)
            yield reply
            if reply.last:
                return

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._to.fileno(), view) :]
        except BrokenPipeError as error:
            raise _DeadError from error

    def _receive(self, length: int) -> bytes:
        """Exactly so many bytes of the answer."""
        data = bytearray()
        while len(data) < length:
            ready, _, _ = select.select([self._from], [], [], settings.number(settings.READ_SECONDS))
            if not ready:
                raise _LateError
            piece = os.read(self._from.fileno(), min(_PIECE, length - len(data)))
            if not piece:
                raise _DeadError
            data += piece
        return bytes(data)

    def end(self) -> None:
        """End the child and whatever it has started."""
        if self.owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._to.close()
        self._from.close()
        self._process.wait()


_child: _Child | None = None


def read_confined(content: bytes, name: str) -> SourceText:
    """The source text that a child makes of the file. Raises ReadError."""
    request = Request(name=name_to_bytes(name), content=content)
    with _lock:
        used = _running().served > 0
        reply = _only(_running(), request)
        if reply.out_of_memory and used:  # what earlier files have left in memory must not count against this one
            _end()
            reply = _only(_running(), request)
        if reply.out_of_memory or reply.dead:
            _end()
    if reply.out_of_memory:
        raise _limited(name_from_bytes(request.name), "needs more memory to read than allowed", settings.READ_MEMORY)
    if reply.error:
        raise ReadError(*reply.error)
    assert reply.source is not None
    return reply.source


def unpack_confined(content: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Iterator[Part | ReadError]:
    """The documents in a file as a child of its own finds them; the last may be an error of the file itself."""
    request = Request(name=name_to_bytes(name), content=content, unpack=True, mapping=dict(mapping) if mapping else None)
    child = _Child()
    try:
        for reply in _answers(child, request):
            if reply.out_of_memory:
                yield _limited(name, "needs more memory to unpack than allowed", settings.READ_MEMORY)
            elif reply.error:
                yield ReadError(*reply.error)
            elif reply.part:
                yield Part(name_from_bytes(reply.part[0]), reply.part[1])
    finally:
        child.end()


def _only(child: _Child, request: Request) -> Reply:
    *_, last = _answers(child, request)
    return last


def _answers(child: _Child, request: Request) -> Iterator[Reply]:
    """What the child answers; an error as the last of it where the child hangs or dies."""
    name = name_from_bytes(request.name)
    try:
        yield from child.ask(request)
    except _LateError:
        error = _limited(name, f"took longer than {settings.READ_SECONDS.value} s to read", settings.READ_SECONDS)
        yield Reply(error=(error.file, error.problem, error.remedy), last=True, dead=True)
    except _DeadError:
        problem = "ended the process that read it: it is damaged, or made to do harm"
        yield Reply(error=(name, problem, "leave it out"), last=True, dead=True)


def _limited(name: str, problem: str, setting: settings.Setting) -> ReadError:
    return ReadError(name, problem, f"leave it out, or raise {setting.variable}")


def _running() -> _Child:
    """The child of this process, started where there is none; one inherited by a fork is another process's."""
    global _child
    if _child is None or _child.owner != os.getpid():
        _child = _Child()
    return _child


def _end() -> None:
    global _child
    if _child is not None:
        _child.end()
        _child = None


atexit.register(_end)
