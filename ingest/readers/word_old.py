"""Word files of before 2007 (.doc), those of WPS (.wps), and RTF.

A library reads the text; LibreOffice, where it is installed, reads what the library cannot, and numbers that Word prints.
"""

from __future__ import annotations

import contextlib
import json
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.readers import word
from ingest.readers.assembling import Lines, row_of
from ingest.readers.errors import ReadError
from ingest.source_text import SourceText

_SECONDS = 50
_REMEDY = "install LibreOffice (its command soffice), or open the file and save it as .docx"
_MOST_LINES = 8
"""A cell with more lines holds a text of its own: its row only lays out the page."""


def read(content: bytes, name: str) -> SourceText:
    """The text of an old Word file. Raises ReadError."""
    import office_oxide

    try:
        with office_oxide.Document.from_bytes(content, "doc") as document:
            sections = json.loads(document.to_ir_json())["sections"]
    except (office_oxide.OfficeOxideError, ValueError, KeyError, RuntimeError) as error:
        return _converted(content, name, ".doc", f"is a Word file of before 2007 that cannot be read ({error})")
    lines = Lines()
    elements = [element for section in sections for element in section.get("elements", ())]
    for text, label in _body(elements):
        lines.add(text, "element", label)
    if not lines.text.strip():
        return _converted(content, name, ".doc", "is a Word file of before 2007 in which no text is found")
    source = SourceText(name=name, text=lines.text, locators=lines.locators)
    numbered = sum(len(element.get("items", ())) for element in elements if element["type"] == "list")
    return _with_numbers(source, content, numbered) if numbered else source


def _with_numbers(source: SourceText, content: bytes, numbered: int) -> SourceText:
    """The same with the numbers that Word prints before list items, which only LibreOffice tells; else a warning."""
    with contextlib.suppress(ReadError):
        return _converted(content, source.name, ".doc", "")
    warning = f"The numbers that Word prints before {numbered} paragraphs are missing: {_REMEDY}."
    return replace(source, warnings=(*source.warnings, warning))


def read_rtf(content: bytes, name: str) -> SourceText:
    """The text of an RTF file, by LibreOffice. Raises ReadError."""
    return _converted(content, name, ".rtf", "is an RTF file, which only LibreOffice reads here")


def _body(elements: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Lines of text with the name of the element that they stand in; text boxes of old files hold page numbers only."""
    paragraphs = tables = 0
    for element in elements:
        if element["type"] == "table":
            tables += 1
            for number, row in enumerate(element.get("rows", ()), 1):
                yield from ((line, f"table {tables} row {number}") for line in _row(row))
        elif element["type"] != "text_box":
            for paragraph in _paragraphs(element):
                paragraphs += 1
                yield from ((line, f"paragraph {paragraphs}") for line in paragraph.split("\n") if line.strip())


def _paragraphs(element: dict[str, Any]) -> Iterator[str]:
    """The text of a paragraph, or of each item of a list."""
    if element["type"] == "list":
        for item in element.get("items", ()):
            for inner in (*item.get("content", ()), *filter(None, [item.get("nested")])):
                yield from _paragraphs(inner)
    elif isinstance(content := element.get("content"), list):
        yield "".join("\n" if run.get("type") == "line_break" else run.get("text") or "" for run in content)


def _row(row: dict[str, Any]) -> list[str]:
    """A row of cells as one line; as the lines of its cells where one of them holds a text of its own."""
    cells = [
        [text for inner in cell.get("content", ()) for text in _paragraphs(inner) if text.strip()]
        for cell in row.get("cells", ())
    ]
    if len(cells) > 1 and all(len(cell) <= _MOST_LINES for cell in cells):
        joined = row_of([" ".join(cell) for cell in cells])
        return [joined] if joined else []
    return [line for cell in cells for line in cell]


def _converted(content: bytes, name: str, suffix: str, problem: str) -> SourceText:
    """What LibreOffice makes of the file, read as .docx. Raises ReadError where it is not installed or fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(name, problem, _REMEDY)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"file{suffix}")
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(  # noqa: S603 - the program that the user has installed, on a copy of the file
                command, capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL, preexec_fn=_roomy
            )
            made = Path(folder, "file.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ReadError(name, f"{problem}, nor can LibreOffice", "open it and save it as .docx") from error
    return word.read(made, name)


def _roomy() -> None:
    """LibreOffice maps more memory than it uses: the limit of the child that reads does not hold for it."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
