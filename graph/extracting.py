"""One document of the half of an ingest that knows no store: its bytes → its extraction; and many of them in their order."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from ingest.records import Extraction, FieldCandidate

if TYPE_CHECKING:
    from ingest.embedding import Embedder, Vectors

T = TypeVar("T")

AHEAD = 4
"""Inputs handed to each process before their turn, so that none waits."""
BYTES_AHEAD = 256_000_000
"""Of all inputs handed over before their turn: what bounds the memory when documents are large."""
DEFECT = "could not be extracted ({reason}). This is a defect: please report it."


@dataclass(frozen=True)
class Input:
    """A document as it came; ``name`` is its file name or address, ``corrections`` the fields corrected by a reader.

    ``fetched_at`` tells when it came from the web, ``sidecar`` what a record beside the file says of it.
    """

    name: str
    content: bytes
    corrections: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    sidecar: tuple[FieldCandidate, ...] = ()


@dataclass(frozen=True)
class Embedded:
    """Vectors of an extraction's provisions in their order, and the name of the model that made them."""

    model: str
    matrix: Vectors


@dataclass(frozen=True)
class Output:
    """Its extraction, or null and ``error``, a message that names the file, what is wrong and what to do.

    ``embedded`` is there where the vectors were asked for.
    """

    name: str
    content: bytes
    extraction: Extraction | None
    error: str = ""
    fetched_at: str | None = None
    embedded: Embedded | None = None


def extract_one(given: Input, model: str = "") -> Output:
    """Read and extract one input, and embed it where a ``model`` is named; what goes wrong concerns this input only."""
    from ingest.extract import extract
    from ingest.readers import ReadError, read_bytes

    try:
        source = read_bytes(given.content, given.name)
        source = dataclasses.replace(source, metadata=(*source.metadata, *given.sidecar))
        extraction = extract(source, given.corrections)
        return with_vectors(Output(given.name, given.content, extraction, fetched_at=given.fetched_at), model)
    except ReadError as error:
        return Output(given.name, given.content, None, str(error))
    except Exception as error:  # noqa: BLE001 - a defect met by one file must not cost the rest of the batch
        return failed(given, DEFECT.format(reason=f"{type(error).__name__}: {error}"))


def failed(given: Input, problem: str) -> Output:
    """The answer to an input that could not be extracted."""
    return Output(given.name, given.content, None, f"{given.name}: {problem}")


def with_vectors(output: Output, model: str) -> Output:
    """The same output with the vectors of the model that has this name among the settings; as it is without a name."""
    from ingest.embedding import load

    if not model or output.extraction is None:
        return output
    return dataclasses.replace(output, embedded=embed(output.extraction, load(model)))


def embed(extraction: Extraction, embedder: Embedder) -> Embedded:
    """The vectors that a store would make of the same provisions."""
    from ingest.embedding import encode_provisions

    headings = [item.heading for item in extraction.provisions]
    texts = [extraction.source_text[item.start : item.end] for item in extraction.provisions]
    return Embedded(embedder.name, encode_provisions(embedder, headings, texts))


def extract_bare(given: Input, model: str = "") -> Output:
    """The same as ``extract_one`` without the bytes, which who asked has already."""
    return dataclasses.replace(extract_one(given, model), content=b"")


def completed(given: Input, bare: Output) -> Output:
    """What ``extract_bare`` left out, put back."""
    return dataclasses.replace(bare, content=given.content)


def in_order(
    inputs: Iterable[Input], submit: Callable[[Input], T], result: Callable[[Input, T], Output], most: int
) -> Iterator[Output]:
    """The result of each input in turn, while as many as ``most`` later ones are under way.

    Those under way have no more than ``BYTES_AHEAD`` together, but for a single larger one.
    """
    pending: collections.deque[tuple[Input, T]] = collections.deque()
    size = 0
    for given in inputs:
        while pending and (len(pending) >= most or size + len(given.content) > BYTES_AHEAD):
            size -= len(pending[0][0].content)
            yield result(*pending.popleft())
        pending.append((given, submit(given)))
        size += len(given.content)
    while pending:
        yield result(*pending.popleft())
