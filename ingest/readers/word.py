"""Word files (.docx): paragraphs with the numbers that Word prints before them, rows of tables as lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.readers.assembling import Lines, row_of
from ingest.readers.errors import ReadError
from ingest.readers.expansion import open_zip
from ingest.readers.values import candidate
from ingest.readers.word_numbering import Numbering, W
from ingest.records import FieldCandidate
from ingest.source_text import SourceText

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", _FALLBACK, f"{W}pPr", f"{W}rPr"})
_MOST_LINES = 8
"""A cell with more lines holds a text of its own: its row only lays out the page."""
_NO_TITLES = ("", "Word 文档", "Microsoft Word 文档")


def read(content: bytes, name: str) -> SourceText:
    """The text of a Word file. Raises ReadError for one that is damaged, protected or empty."""
    document = _open(content, name)
    lines = Lines()
    numbering = Numbering(_part(document, "numbering"), _part(document, "styles"))
    for text, label in _body(document.element.body, numbering):
        lines.add(text, "element", label)
    if not lines.text.strip():
        raise ReadError(name, "is a Word file without text (it may hold pictures only)", "save the text itself in it")
    return SourceText(name=name, text=lines.text, metadata=tuple(_metadata(document)), locators=lines.locators)


def _open(content: bytes, name: str) -> Any:
    """The document in the zip. Raises ReadError."""
    import docx

    with open_zip(content, name) as archive:
        if "word/document.xml" not in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
            raise ReadError(name, "is an archive, not a Word file", "unpack it, or give it the suffix .zip")
    try:
        return docx.Document(io.BytesIO(content))
    except (KeyError, ValueError, zipfile.BadZipFile, AttributeError, TypeError, NotImplementedError) as error:
        raise _damaged(name, error) from error
    except Exception as error:
        if type(error).__module__.startswith(("docx", "lxml")):
            raise _damaged(name, error) from error
        raise


def _damaged(name: str, error: Exception) -> ReadError:
    return ReadError(name, f"is a damaged Word file ({error})", "open it in Word, save it again and try once more")


def _part(document: Any, kind: str) -> Any | None:
    """The XML of one part (numbering, styles), null when the document has none."""
    ending = f"/relationships/{kind}"
    for relation in document.part.rels.values():
        if relation.reltype.endswith(ending) and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _body(body: Any, numbering: Numbering) -> Iterator[tuple[str, str]]:
    """Lines of text with the name of the element that they stand in."""
    paragraphs = tables = 0
    for element in _flow(body):
        if element.tag == f"{W}p":
            paragraphs += 1
            for text in _paragraph(element, numbering):
                yield text, f"paragraph {paragraphs}"
        else:
            tables += 1
            for number, row in enumerate(element.iter(f"{W}tr"), 1):
                for text in _row(row, numbering):
                    yield text, f"table {tables} row {number}"


def _flow(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those within content controls and the like included."""
    stack = list(reversed(list(parent)))
    while stack:
        element = stack.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _LEFT_OUT:
            stack.extend(reversed(list(element)))


def _paragraph(element: Any, numbering: Numbering) -> Iterator[str]:
    """The lines of a paragraph, then those of the text boxes that hang on it."""
    properties = element.find(f"{W}pPr")
    said, boxes = _said(element)
    number = numbering.before(properties) if said.strip() else ""
    for line in (number + said).split("\n"):
        if line.strip():
            yield line
    for box in boxes:
        for inner in _flow(box):
            if inner.tag == f"{W}p":
                yield from _paragraph(inner, numbering)


def _said(element: Any) -> tuple[str, list[Any]]:
    """The text of the runs below ``element``, and the text boxes met there."""
    parts: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(list(element)))
    while stack:
        node = stack.pop()
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag in (f"{W}tab", f"{W}ptab"):
            parts.append("\t")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif node.tag == f"{W}txbxContent":
            boxes.append(node)
        elif isinstance(node.tag, str) and node.tag not in _LEFT_OUT:
            stack.extend(reversed(list(node)))
    return "".join(parts), boxes


def _row(row: Any, numbering: Numbering) -> list[str]:
    """A row of cells as one line; as the lines of its cells where one of them holds a text of its own."""
    cells = [
        [line for paragraph in cell.iter(f"{W}p") for line in _paragraph(paragraph, numbering)]
        for cell in row.findall(f"{W}tc")
    ]
    if len(cells) > 1 and all(len(cell) <= _MOST_LINES for cell in cells):
        joined = row_of([" ".join(cell) for cell in cells])
        return [joined] if joined else []
    return [line for cell in cells for line in cell]


def _metadata(document: Any) -> Iterator[FieldCandidate]:
    """The title in the file's properties, which is often that of the template."""
    title = (document.core_properties.title or "").strip()
    if title not in _NO_TITLES:
        yield from candidate("title", title, "properties", "readers.word_properties")
