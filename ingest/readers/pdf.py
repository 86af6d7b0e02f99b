"""PDF files: lines put together to paragraphs, tables row by row, the page of everything."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ingest.readers.assembling import Lines
from ingest.readers.errors import ReadError
from ingest.readers.pdf_paragraphs import PageLine, paragraphs, without_margins
from ingest.readers.pdf_tables import TABLE_PAGES, has_rules, table_lines
from ingest.readers.values import candidate
from ingest.records import FieldCandidate
from ingest.source_text import SourceText

MOST_PAGES = 3_000
_OCR = "make its text readable with an OCR tool first (ocrmypdf -l chi_sim in.pdf out.pdf), then try again"
_FEW = 10
"""A page with fewer characters than this and a picture is a scan (of which the page number was typed)."""
_NAMED = 10


def read(content: bytes, name: str) -> SourceText:
    """The text of a PDF. Raises ReadError for one that is damaged, locked, or scanned without text."""
    document = _open(content, name)
    try:
        pages, scanned, ruled = _pages(document, content)
        metadata = tuple(_metadata(document))
    finally:
        document.close()
    if not any(pages):
        problem = "is a scanned PDF: pictures of pages without text" if scanned else "is a PDF without text"
        raise ReadError(name, problem, _OCR)
    lines = Lines()
    for paragraph in paragraphs(without_margins(pages)):
        lines.add_pieces(paragraph.pieces, "page")
    return SourceText(
        name=name, text=lines.text, metadata=metadata, locators=lines.locators, warnings=_warnings(scanned, ruled)
    )


def _open(content: bytes, name: str) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(io.BytesIO(content))
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(name, "is protected by a password", "save it without the password") from error
        raise ReadError(name, "is a damaged PDF, or cut off", "get it again") from error
    if not 0 < count <= MOST_PAGES:
        raise ReadError(name, f"is a PDF of {count} pages", f"split it: at most {MOST_PAGES} are read")
    return document


def _pages(document: Any, content: bytes) -> tuple[list[list[PageLine]], list[int], list[int]]:
    """The lines of each page, the numbers of pages that are pictures only, and of those with ruled lines for tables."""
    import pypdfium2

    pages: list[list[PageLine]] = []
    scanned: list[int] = []
    ruled: list[int] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            text_page = page.get_textpage()
            lines = list(_lines(text_page, number))
            kinds = [thing.type for thing in page.get_objects(max_depth=2)]
        except pypdfium2.PdfiumError:
            lines, kinds = [], [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        if sum(len(line.text) for line in lines) < _FEW and pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds:
            scanned.append(number)
            lines = []
        elif lines and has_rules(kinds):
            ruled.append(number)
            lines = table_lines(content, number, lines, text_page) if len(ruled) <= TABLE_PAGES else lines
        pages.append(lines)
    return pages, scanned, ruled


def _lines(text_page: Any, number: int) -> Iterator[PageLine]:
    """The lines as pdfium tells them apart, each with its box in points from the lower left corner."""
    import pypdfium2

    said: list[tuple[int, str]] = []
    for index in range(text_page.count_chars() + 1):
        code = pypdfium2.raw.FPDFText_GetUnicode(text_page, index) if index < text_page.count_chars() else 10
        if code in (10, 13):
            if any(not char.isspace() for _, char in said):
                yield _line(text_page, said, number)
            said = []
        elif code not in (0, 0xFFFE, 0xFFFF) and not 0xD800 <= code < 0xE000:
            said.append((index, chr(code)))


def _line(text_page: Any, said: list[tuple[int, str]], number: int) -> PageLine:
    seen = [index for index, char in said if not char.isspace()]
    first, last = text_page.get_charbox(seen[0], loose=True), text_page.get_charbox(seen[-1], loose=True)
    text = "".join(char for _, char in said).strip()
    return PageLine(text, number, left=first[0], right=last[2], bottom=min(first[1], last[1]), top=max(first[3], last[3]))


def _warnings(scanned: list[int], ruled: list[int]) -> tuple[str, ...]:
    found = []
    if scanned:
        named = ", ".join(map(str, scanned[:_NAMED])) + (" …" if len(scanned) > _NAMED else "")
        found.append(f"{len(scanned)} pages are pictures without text and were not read ({named}): {_OCR}.")
    if len(ruled) > TABLE_PAGES:
        found.append(f"Tables after page {ruled[TABLE_PAGES - 1]} were read as plain lines.")
    return tuple(found)


def _metadata(document: Any) -> Iterator[FieldCandidate]:
    """The title in the file's properties, which is often the name of the file it was made from."""
    title = (document.get_metadata_dict().get("Title") or "").strip()
    if title and not title.lower().endswith((".doc", ".docx", ".wps", ".pdf")):
        yield from candidate("title", title, "properties", "readers.pdf_properties")
