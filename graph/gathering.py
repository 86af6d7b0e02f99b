"""What the paths of an ingest mean: files, folders, addresses on the web → documents, one at a time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from graph.extracting import Input
from graph.protocol import Row

if TYPE_CHECKING:
    from ingest.readers import Part, ReadError
    from ingest.records import FieldCandidate


class Failure(Row, frozen=True, kw_only=True):
    """An input that could not be read: the message names it, what is wrong and what to do."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read; ``address`` is its name, ``within`` the way to it in the folder given. ``path`` is null on the web.

    ``inner`` is the end of the only document wanted of it (``!/notice.html``), empty for all that are in it.
    ``sidecar`` is what a record beside it says of its fields.
    """

    address: str
    path: Path | None
    within: str = ""
    inner: str = ""
    sidecar: tuple[FieldCandidate, ...] = ()


def gather(paths: Iterable[str | Path]) -> tuple[list[Found], list[Failure]]:
    """The files that the paths mean, each once, by address; hidden ones in folders are left out.

    An address is the file's name; of several with one name, those in folders have the way to them in it. A link that leads
    out of its folder is refused: it would bring in what nobody meant to give.
    """
    from ingest.readers import inner_of

    files: dict[Path | str, Found] = {}
    failures: list[Failure] = []
    for given in paths:
        path = Path(given)
        if is_address(str(given)):
            files[str(given)] = Found(str(given), None)
        elif path.is_dir():
            for found in _within(path, failures):
                files.setdefault(found.path.resolve() if found.path else found.address, found)
        elif path.is_file():
            files[path.resolve()] = Found(printable(path.name), path)
        elif found_in := inner_of(path):
            files[str(path)] = Found(printable(found_in[0].name), found_in[0], inner=found_in[1])
        elif path.exists():
            failures.append(Failure(file=str(path), message=f"{path}: is no regular file. Name a file or a folder."))
        else:
            failures.append(Failure(file=str(path), message=f"{path}: there is no such file or folder. Check the path."))
    found_with = _with_sidecars(files.values())
    return sorted(_told_apart(found_with), key=lambda found: (found.address, str(found.path), found.inner)), failures


def _with_sidecars(files: Iterable[Found]) -> list[Found]:
    """The files, each with what a record beside it says of it; those records are no documents."""
    from ingest.readers.sidecars import sidecar_of

    given, records = list(files), set()
    for number, one in enumerate(given):
        if one.path and not one.inner and (beside := sidecar_of(one.path)):
            records.add(beside[0].resolve())
            given[number] = replace(one, sidecar=beside[1])
    return [one for one in given if one.path is None or one.path.resolve() not in records]


def _told_apart(files: Iterable[Found]) -> list[Found]:
    """The files, those that share a name with the way to them as their address."""
    kept = list(files)
    names = Counter(found.address for found in kept)
    return [replace(one, address=one.within) if names[one.address] > 1 and one.within else one for one in kept]


def is_address(path: str) -> bool:
    """Whether this is the address of a page rather than a path."""
    return path.startswith(("http://", "https://"))


def printable(name: str) -> str:
    """A file's name that can be stored and shown; bytes that are no UTF-8 as U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def _within(folder: Path, failures: list[Failure]) -> Iterator[Found]:
    """The files in a folder and the folders in it."""
    root = folder.resolve()
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted((*names, *(name for name in folders if Path(where, name).is_symlink()))):
            path = Path(where, name)
            address = printable(path.relative_to(folder).as_posix())
            if name.startswith("."):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                remedy = "Copy the file into the folder, or name it itself."
                failures.append(Failure(file=address, message=f"{address}: is a symbolic link out of the folder. {remedy}"))
            elif path.is_file():
                yield Found(printable(name), path, address)


def documents_of(found: Found, mapping: Mapping[str, str] | None) -> Iterator[Input | Failure]:
    """The documents in a file or at an address, one in memory at a time."""
    from ingest.readers import Part, ReadError, unpack

    try:
        given = _content(found)
        parts = unpack(given.content, given.name, mapping)
        for part in _named(found, list(parts)) if found.inner else parts:
            if isinstance(part, Part):
                yield Input(part.name, part.content, fetched_at=given.fetched_at, sidecar=found.sidecar)
            else:
                yield Failure(file=part.file, message=str(part))
    except ReadError as error:
        yield Failure(file=error.file, message=str(error))


def _named(found: Found, parts: Sequence[Part | ReadError]) -> list[Part | ReadError]:
    """The one document that was asked for."""
    from ingest.readers import Part, several

    address = f"{found.address}{found.inner}"
    wanted = [part for part in parts if (part.name if isinstance(part, Part) else part.file) == address]
    return wanted or [several(address, parts)]


def _content(found: Found) -> Input:
    """The bytes of a file, or of what an address gives. Raises ReadError."""
    from ingest.readers import ReadError
    from ingest.readers.fetching import fetch

    if found.path is None:
        page = fetch(found.address)
        return Input(page.address, page.content, fetched_at=page.fetched_at)
    try:
        if found.path.stat().st_size > settings.number(settings.READ_EXPANSION) * 1_000_000:
            remedy = f"split it, or raise {settings.READ_EXPANSION.variable}"
            raise ReadError(found.address, f"is larger than {settings.READ_EXPANSION.value} MB", remedy)
        return Input(found.address, found.path.read_bytes())
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise ReadError(found.address, problem, "check the file and its permissions") from error
