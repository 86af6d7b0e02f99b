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
from collections.abc import Iterator, Mapping

import msgspec

import settings
from ingest.readers.errors import ReadError
from ingest.readers.frames import LENGTH, Reply, Request, name_from_bytes, name_to_bytes, to_frame
from ingest.readers.unpacking import Part
from ingest.source_text import SourceText

_START = f"import sys; sys.path.insert(0, {str(settings.ROOT)!r}); from ingest.readers.child import main; main()"
_PIECE = 1 << 20


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
        self.owner = _now()
        self.served = 0
        self.sound = True

    def ask(self, request: Request) -> Iterator[Reply]:
        """Everything that the child answers. Raises _DeadError, _LateError."""
        self.served += 1
        self.sound = False
        self._send(to_frame(request))
        while True:
            length = int.from_bytes(self._receive(LENGTH), "little")
            reply = msgspec.msgpack.decode(self._receive(length), type=Reply)
            self.sound = reply.last and not reply.out_of_memory
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
        if self.owner[0] != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._to.close()
        self._from.close()
        self._process.wait()


def read_confined(content: bytes, name: str) -> SourceText:
    """The source text that a child makes of the file. Raises ReadError."""
    request = Request(name=name_to_bytes(name), content=content)
    reply, used = _last_answer(request)
    if reply.out_of_memory and used:  # what earlier files have left in memory must not count against this one
        end_children()
        reply, _ = _last_answer(request)
    if reply.out_of_memory:
        raise _limited(name_from_bytes(request.name), "needs more memory to read than allowed", settings.READ_MEMORY)
    if reply.error:
        raise ReadError(*reply.error)
    assert reply.source is not None
    return reply.source


def _last_answer(request: Request) -> tuple[Reply, bool]:
    """The answer to a request that has one, and whether its child had answered others before."""
    with _borrowed() as child:
        used = child.served > 0
        *_, last = _answers(child, request)
    return last, used


def unpack_confined(content: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Iterator[Part | ReadError]:
    """The documents in a file as a child finds them; the last may be an error of the file itself."""
    request = Request(name=name_to_bytes(name), content=content, unpack=True, mapping=dict(mapping) if mapping else None)
    with _borrowed() as child:
        for reply in _answers(child, request):
            if reply.out_of_memory:
                yield _limited(name, "needs more memory to unpack than allowed", settings.READ_MEMORY)
            elif reply.error:
                yield ReadError(*reply.error)
            elif reply.part:
                yield Part(name_from_bytes(reply.part[0]), reply.part[1])


_idle: list[_Child] = []
"""Children that wait for work. Who needs one takes it out, so that two threads never share one."""


def _now() -> tuple[object, ...]:
    """What a child belongs to: this process, and the settings that it was started under."""
    return os.getpid(), *(setting.value for setting in settings.SETTINGS)


@contextlib.contextmanager
def _borrowed() -> Iterator[_Child]:
    """A child that nobody else uses; put back when its answer is complete, else ended."""
    child = _take() or _Child()
    try:
        yield child
    finally:
        if child.sound:
            _idle.append(child)
        else:
            child.end()


def _take() -> _Child | None:
    """An idle child of this process under the settings of now; one inherited by a fork is another process's."""
    while True:
        try:
            child = _idle.pop()
        except IndexError:
            return None
        if child.owner == _now():
            return child
        child.end()


def end_children() -> None:
    """End the children that wait; the next file starts another."""
    while _idle:
        _idle.pop().end()


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


atexit.register(end_children)
