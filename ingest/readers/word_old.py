"""Word files of before 2007 (.doc), those of WPS (.wps), and RTF."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.readers import word
from ingest.readers.assembling import CELLS, Lines
from ingest.readers.errors import ReadError
from ingest.source_text import SourceText

_SECONDS = 50
_REMEDY = "install LibreOffice (its command soffice), or open the file and save it as .docx"


def read(content: bytes, name: str) -> SourceText:
    """The text of an old Word file; what the library cannot read, LibreOffice converts. Raises ReadError."""
    import office_oxide

    try:
        with office_oxide.Document.from_bytes(content, "doc") as document:
            text = document.plain_text()
    except (office_oxide.OfficeOxideError, ValueError, RuntimeError) as error:
        return _converted(content, name, ".doc", f"is a Word file of before 2007 that cannot be read ({error})")
    if not text.strip():
        return _converted(content, name, ".doc", "is a Word file of before 2007 in which no text is found")
    return _line_by_line(text, name)


def read_rtf(content: bytes, name: str) -> SourceText:
    """The text of an RTF file, by LibreOffice. Raises ReadError."""
    return _converted(content, name, ".rtf", "is an RTF file, which only LibreOffice reads here")


def _line_by_line(text: str, name: str) -> SourceText:
    lines = Lines()
    numbered = (line for line in text.splitlines() if line.strip())
    for number, line in enumerate(numbered, 1):
        lines.add(
            CELLS.join(cell.strip() for cell in line.rstrip("\t").split("\t")) if _is_row(line) else line,
            "element",
            f"paragraph {number}",
        )
    return SourceText(name=name, text=lines.text, locators=lines.locators)


def _is_row(line: str) -> bool:
    """Cells of a table come with a tab between them; a tab before the text is an indent."""
    return "\t" in line.strip()


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
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
            made = Path(folder, "file.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ReadError(name, f"{problem}, nor can LibreOffice", "open it and save it as .docx") from error
    return word.read(made, name)
