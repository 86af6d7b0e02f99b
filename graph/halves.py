"""The two halves of an ingest apart: documents → a file of records on any machine, such files → the store."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from graph.batch import Run, Summary, load_embedder
from graph.dispatching import extract_all
from graph.extracting import Input, Output
from graph.gathering import Failure, gather
from graph.protocol import Store
from graph.record_lines import FORMAT, START, Known, read_lines, to_line
from graph.tally import Progress, Tally, documents_in

STANDARD_INPUT = "-"
PIECE = 1 << 20
_known = msgspec.json.Decoder(Known).decode

Done = tuple[str, str, str]
"""Address and SHA-256 of a document that is extracted already, and the stamp of what extracted it."""


class NoRecordsError(ValueError):
    """A file that was to be gone on with holds something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: holds something else than records. Name another file, or move this one away.")


class Extracted(NamedTuple):
    """How many documents were written, how many were there already, and what failed."""

    written: int
    there: int
    failures: tuple[Failure, ...]


def extract_paths(
    paths: Iterable[str | Path],
    write: Callable[[bytes], object],
    *,
    jobs: int = 1,
    on: str = "",
    model: str = "",
    mapping: Mapping[str, str] | None = None,
    done: Collection[Done] = (),
    progress: Progress | None = None,
) -> Extracted:
    """The first half: ``write`` gets a line for each document, in the order of their names.

    Paths, ``jobs``, ``on`` and ``mapping`` are those of ``ingest_paths``. Lines have vectors where a ``model`` is named.
    Documents that are ``done`` are left out.
    """
    files, missing = gather(paths)
    tally = Tally(len(files), progress)
    written = 0
    for output in extract_all(_not_done(tally, documents_in(tally, files, mapping), done), jobs, on, model):
        if output.extraction is None:
            tally.fail(Failure(file=output.name, message=output.error))
            continue
        write(to_line(output))
        written += 1
        tally.step(output.name)
    failures = (*missing, *tally.failures)
    return Extracted(written, tally.done - written - len(tally.failures), failures)


def _not_done(tally: Tally, inputs: Iterable[Input], done: Collection[Done]) -> Iterator[Input]:
    from ingest.extract import extractor_version
    from ingest.readers.sidecars import stamped

    for given in inputs:
        stamp = stamped(extractor_version(), given.sidecar)
        if (given.name, hashlib.sha256(given.content).hexdigest(), stamp) in done:
            tally.step(given.name)
        else:
            yield given


@contextlib.contextmanager
def gone_on_with(path: Path, model: str = "") -> Iterator[tuple[BinaryIO, frozenset[Done]]]:
    """A file of records opened for more of them, and what it holds of this extractor and ``model``.

    A last line that was cut off is taken out. Raises ``NoRecordsError``.
    """
    with path.open("a+b") as file:
        file.seek(0)
        done = frozenset(_done(file, path, load_embedder(model).name if model else ""))
        yield file, done


def _done(file: BinaryIO, path: Path, model: str) -> Iterator[Done]:
    """What the whole lines of a file hold; what follows the last of them is taken out."""
    end = 0
    for line in file:
        if end == 0 and not line.startswith(START):
            raise NoRecordsError(path)
        if not line.endswith(b"\n"):
            file.truncate(end)
            break
        known = _read_known(line)
        if known is None and end == 0:
            raise NoRecordsError(path)
        end += len(line)
        if known and (not model or (known.vectors and known.vectors.model == model)):
            yield known.original.address, known.original.sha256, known.extractor


def _read_known(line: bytes) -> Known | None:
    """What a line tells of its document; null for one that is damaged."""
    try:
        found = _known(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None


def load_records(
    store: Store,
    paths: Sequence[str | Path],
    *,
    jobs: int = 1,
    model: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """The second half: load files of records (``-``: standard input), then link, embed what has no vector yet, and compare.

    A damaged line is a failure that names file and line; the others are loaded. ``jobs`` processes compare documents.
    """
    run = Run(store, sum(map(_lines_in, paths)) if progress else 0, progress, jobs, model)
    run.take_all(_loadable(run, paths))
    return run.finish()


def _loadable(run: Run, paths: Iterable[str | Path]) -> Iterator[Output]:
    for path in paths:
        try:
            with _opened(path) as stream:
                for found in read_lines(stream, Path(path).name):
                    if isinstance(found, Failure):
                        run.fail(found)
                    else:
                        yield found
        except OSError as error:
            message = f"{path}: cannot be opened ({error.strerror or error}). Check the path and its permissions."
            run.fail(Failure(file=str(path), message=message))


@contextlib.contextmanager
def _opened(path: str | Path) -> Iterator[BinaryIO]:
    if str(path) == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    with Path(path).open("rb") as stream:
        yield stream


def _lines_in(path: str | Path) -> int:
    """How many lines a file has; 0 where that cannot be told beforehand."""
    if not Path(path).is_file():
        return 0
    with Path(path).open("rb") as stream:
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(PIECE), b""))
