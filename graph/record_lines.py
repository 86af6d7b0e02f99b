"""Extractions as JSON Lines, the form between the two halves of an ingest: a line is all that the store needs of a document.

A line is the object that the annotations have (``ingest.records.Extraction``) with three members besides: ``format``, a number
that grows when the form changes; ``original``, the file as it came; ``vectors``, null where nobody asked for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, BinaryIO

import msgspec
import numpy as np

from graph.extracting import Embedded, Output
from graph.gathering import Failure
from ingest.records import FACTS, Extraction, Locator, Passage, Record

FORMAT = 1
START = b'{"file":'
"""How every line begins."""
LONGEST = 1_000_000_000
"""Bytes of a line: what is longer has lost its line ends, and must not fill the memory."""
AGAIN = "Extract the document again"


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """The file of a document. ``content`` is its bytes in base 64, null where they are ``source_text`` in UTF-8."""

    address: str
    sha256: str
    fetched_at: str | None = None
    content: bytes | None = None


class Vectors(msgspec.Struct, frozen=True, kw_only=True):
    """One vector for each provision in its order: little-endian float32 one after the other, in base 64."""

    model: str
    dimensions: Annotated[int, msgspec.Meta(ge=1)]
    float32: bytes


class Line(Extraction, frozen=True, kw_only=True):
    """A whole line."""

    original: Original
    vectors: Vectors | None = None
    format: int = FORMAT


class ModelOf(msgspec.Struct, frozen=True):
    """Of vectors the model only."""

    model: str


class Source(msgspec.Struct, frozen=True):
    """Of an original only what names it."""

    address: str
    sha256: str


class Known(msgspec.Struct, frozen=True):
    """As much of a line as tells whether a document has been extracted already."""

    original: Source
    format: int
    extractor: str
    vectors: ModelOf | None = None


class LineError(ValueError):
    """A line that is no record; the message says what is wrong and what to do."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode
_format_of = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def to_line(output: Output) -> bytes:
    """The line of an output that has an extraction, with its line end."""
    assert output.extraction is not None
    fields = {name: getattr(output.extraction, name) for name in Extraction.__struct_fields__}
    return _encode(Line(**fields, original=_original(output), vectors=_vectors(output.embedded))) + b"\n"


def _original(output: Output) -> Original:
    assert output.extraction is not None
    same = output.extraction.source_text.encode() == output.content
    return Original(
        address=output.name,
        sha256=hashlib.sha256(output.content).hexdigest(),
        fetched_at=output.fetched_at,
        content=None if same else output.content,
    )


def _vectors(embedded: Embedded | None) -> Vectors | None:
    if embedded is None:
        return None
    matrix = np.ascontiguousarray(embedded.matrix, dtype="<f4")
    return Vectors(model=embedded.model, dimensions=int(matrix.shape[1]), float32=matrix.tobytes())


def from_line(line: bytes) -> Output:
    """The output that a line was made from. Raises ``LineError``."""
    try:
        found = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LineError(_reason(line, error)) from error
    if found.format != FORMAT:
        raise LineError(f"has format {found.format}, this version reads {FORMAT}. {AGAIN} with this version")
    content = found.source_text.encode("utf-8", "surrogatepass") if found.original.content is None else found.original.content
    if problem := _problem(found, content):
        raise LineError(f"{problem}. {AGAIN}")
    extraction = Extraction(**{name: getattr(found, name) for name in Extraction.__struct_fields__})
    given = found.original
    return Output(given.address, content, extraction, fetched_at=given.fetched_at, embedded=_embedded(found.vectors))


def _embedded(vectors: Vectors | None) -> Embedded | None:
    if vectors is None:
        return None
    return Embedded(vectors.model, np.frombuffer(vectors.float32, dtype="<f4").reshape(-1, vectors.dimensions))


def _reason(line: bytes, error: Exception) -> str:
    """Why a line could not be decoded, in words for who made the file."""
    try:
        members = _format_of(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        cut = "is cut off" if not line.endswith(b"\n") else "is no JSON object"
        return f"{cut} ({error}). {AGAIN}"
    if not {"source_text", "original"} <= set(members):
        return "is no record that zhengmai extract printed. Give its output"
    if (form := bytes(members.get("format", b"0"))) != b"%d" % FORMAT:
        return f"has format {form.decode()}, this version reads {FORMAT}. {AGAIN} with this version"
    return f"is damaged ({error}). {AGAIN}"


def _problem(found: Line, content: bytes) -> str | None:
    """What contradicts itself in a line that has the right form."""
    paths = [item.path for item in found.provisions]
    if hashlib.sha256(content).hexdigest() != found.original.sha256:
        return "is damaged (the bytes of the file are not those of its SHA-256)"
    if len(set(paths)) != len(paths):
        return "is damaged (two provisions have one path)"
    if any(not 0 <= one.start <= one.end <= len(found.source_text) for one in _placed(found)):
        return "is damaged (a record lies outside the text)"
    if found.vectors and len(found.vectors.float32) != 4 * found.vectors.dimensions * len(paths):
        return "is damaged (there is not one vector for each provision)"
    return None


def _placed(found: Extraction) -> Iterator[Record | Passage | Locator]:
    """Everything that has a place in the text."""
    yield from found.provisions
    for kind in FACTS:
        yield from getattr(found, kind)
    yield from found.boilerplate
    yield from found.not_understood
    yield from found.locators


def read_lines(stream: BinaryIO, name: str) -> Iterator[Output | Failure]:
    """The outputs in a file of lines, a failure that names the line in place of one that cannot be used."""
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        try:
            if len(line) == LONGEST and not line.endswith(b"\n"):
                _skip_line(stream)
                raise LineError(f"is longer than {LONGEST // 1_000_000} MB. {AGAIN}")
            if line.strip():
                yield from_line(line)
        except LineError as error:
            yield Failure(file=f"{name}, line {number}", message=f"{name}, line {number}: {error}.")


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(LONGEST)) and not piece.endswith(b"\n"):
        pass
