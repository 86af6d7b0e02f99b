"""Word files (.docx, and Word's XML in one file): paragraphs with the numbers that Word prints, rows of tables as lines."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ingest.readers.assembling import Lines, row_of
from ingest.readers.errors import ReadError
from ingest.readers.expansion import open_zip
from ingest.readers.values import candidate
from ingest.readers.word_numbering import Numbering, W
from ingest.records import FieldCandidate
from ingest.source_text import SourceText

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", _FALLBACK, f"{W}pPr", f"{W}rPr"})
_MOST_LINES = 8
"""A cell with more lines holds a text of its own: its row only lays out the page."""
_NO_TITLES = ("", "Word 文档", "Microsoft Word 文档")


@dataclass(frozen=True)
class _Parts:
    """The parts of a Word file that matter, as parsed XML; null where it has none."""

    document: Any
    numbering: Any | None = None
    styles: Any | None = None
    properties: Any | None = None


def read(content: bytes, name: str) -> SourceText:
    """The text of a Word file. Raises ReadError for one that is damaged, protected or empty."""
    parts = _from_xml(content, name) if content.lstrip(b"\xef\xbb\xbf").startswith(b"<") else _from_zip(content, name)
    body = parts.document.find(f"{W}body")
    lines = Lines()
    for text, label in _body(body, Numbering(parts.numbering, parts.styles)) if body is not None else ():
        lines.add(text, "element", label)
    if not lines.text.strip():
        raise ReadError(name, "is a Word file without text (it may hold pictures only)", "save the text itself in it")
    return SourceText(name=name, text=lines.text, metadata=tuple(_metadata(parts)), locators=lines.locators)


def _from_zip(content: bytes, name: str) -> _Parts:
    with open_zip(content, name) as archive:
        names = {entry.lstrip("/"): entry for entry in archive.namelist()}
        if "_rels/.rels" not in names and "word/document.xml" not in names:
            raise ReadError(name, "is an archive, not a Word file", "unpack it, or give it the suffix .zip")

        def part(path: str) -> Any | None:
            return _parse(_unpacked(archive, names[path], name), name) if path in names else None

        main = _main_part(part("_rels/.rels"))
        folder = main.rpartition("/")[0]
        document = part(main)
        if document is None:
            raise _damaged(name, f"it has no {main}")
        return _Parts(document, part(f"{folder}/numbering.xml"), part(f"{folder}/styles.xml"), part("docProps/core.xml"))


def _main_part(relations: Any | None) -> str:
    for relation in relations.iter(_RELATIONS) if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _unpacked(archive: zipfile.ZipFile, entry: str, name: str) -> bytes:
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as error:
        raise _damaged(name, error) from error


def _from_xml(content: bytes, name: str) -> _Parts:
    """The parts within one XML file."""
    root = _parse(content, name)
    found = {part.get(f"{_PACKAGE}name", ""): part for part in root.iter(f"{_PACKAGE}part")}

    def part(path: str) -> Any | None:
        data = found[path].find(f"{_PACKAGE}xmlData") if path in found else None
        return data[0] if data is not None and len(data) else None

    document = part("/word/document.xml")
    if document is None:
        raise ReadError(name, "is XML of Word 2003", "open it in Word and save it as .docx")
    return _Parts(document, part("/word/numbering.xml"), part("/word/styles.xml"), part("/docProps/core.xml"))


def _parse(xml: bytes, name: str) -> Any:
    """Parsed without entities, other files or the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: object) -> ReadError:
    return ReadError(name, f"is a damaged Word file ({error})", "open it in Word, save it again and try once more")


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
    said, boxes = _said(element)
    number = numbering.before(element.find(f"{W}pPr")) if said.strip() else ""
    for line in (number + said).split("\n"):
        if line.strip():
            yield line
    for box in boxes:
        for inner in box.iter(f"{W}p"):
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


def _metadata(parts: _Parts) -> Iterator[FieldCandidate]:
    """The title in the file's properties, which is often that of the template."""
    title = parts.properties.findtext(f".//{_TITLE}") if parts.properties is not None else None
    if title and title.strip() not in _NO_TITLES:
        yield from candidate("title", title.strip(), "properties", "readers.word_properties")
