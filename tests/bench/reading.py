"""How fast files of each format are read, through the child and its limits, against the library that reads it alone."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.readers import ReadError, read_bytes
from tests.bench import Row, median_seconds
from tests.gold.cases import shared
from tests.ingest.files import LAW, paragraph, pdf, word

SAMPLE, ROUNDS = 30, 3


def rows() -> Iterator[Row]:
    """Documents a second by format; real files where they are, else ones that are made here."""
    for suffix, bare in BARE.items():
        files = [(name, content) for name, content in _readable(_files(suffix)) if _is_what_it_says(content, suffix)]
        ours = median_seconds(lambda files=files: [read_bytes(content, name) for name, content in files], ROUNDS)  # type: ignore[misc]
        alone = median_seconds(lambda files=files, bare=bare: [bare(content) for _, content in files], ROUNDS)  # type: ignore[misc]
        yield Row(
            f"{suffix} ({len(files)} files)", f"{len(files) / ours:.0f} documents/s, {ours / alone:.1f} × the library alone"
        )
    start = time.perf_counter()
    read_bytes(b"<p>" + LAW[3].encode(), "first.html")
    yield Row("a file when the child already runs", f"{(time.perf_counter() - start) * 1000:.1f} ms")


def _files(suffix: str) -> list[tuple[str, bytes]]:
    found = sorted((shared() / "corpus").rglob(f"*{suffix}"))
    if found:
        return [(path.name, path.read_bytes()) for path in found[:: max(1, len(found) // SAMPLE)]]
    return [(f"made{suffix}", MADE[suffix])] * SAMPLE


def _readable(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        try:
            read_bytes(content, name)
        except ReadError:
            continue
        yield name, content


def _is_what_it_says(content: bytes, suffix: str) -> bool:
    """Word files have each other's suffixes; the library alone takes only the right ones."""
    return content.startswith({".docx": b"PK", ".doc": b"\xd0\xcf"}.get(suffix, b""))


def _page(content: bytes) -> object:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(content).body
    return body.text() if body else ""


def _word(content: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())


def _old_word(content: bytes) -> object:
    import office_oxide

    return office_oxide.Document.from_bytes(content, "doc").plain_text()


def _pdf(content: bytes) -> object:
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [page.get_textpage().get_text_range() for page in document]


def _json(content: bytes) -> object:
    import msgspec

    return msgspec.json.decode(content)


def _old_file() -> bytes:
    found = sorted(Path(shared() / "corpus").rglob("*.doc"))
    return found[0].read_bytes() if found else b""


BARE: dict[str, Callable[[bytes], object]] = {
    ".html": _page,
    ".docx": _word,
    ".pdf": _pdf,
    ".json": _json,
    ".md": bytes.decode,
    **({".doc": _old_word} if _old_file() else {}),
}
"""Suffix → reading by the library alone."""

MADE = {
    ".html": ("<html><body>" + "".join(f"<p>{line}</p>" for line in LAW) + "</body></html>").encode(),
    ".docx": word("".join(map(paragraph, LAW))),
    ".pdf": pdf([LAW * 4]),
    ".json": ('{"title": "条例", "content": "' + "".join(LAW) + '"}').encode(),
    ".md": "\n\n".join(LAW).encode(),
}
