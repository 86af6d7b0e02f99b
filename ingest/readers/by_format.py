"""Every reader by its format, and reading in this very process: what the child does that reads foreign formats."""

from __future__ import annotations

from collections.abc import Callable

from ingest.readers import json_record, markdown, pdf, plain, saved_page, web_page, word, word_old
from ingest.readers.errors import ReadError
from ingest.readers.formats import format_of
from ingest.source_text import SourceText

Reader = Callable[[bytes, str], SourceText]

READERS: dict[str, Reader] = {
    "text": plain.read,
    "markdown": markdown.read,
    "html": web_page.read,
    "mhtml": saved_page.read,
    "json": json_record.read,
    "docx": word.read,
    "word xml": word.read,
    "doc": word_old.read,
    "rtf": word_old.read_rtf,
    "pdf": pdf.read,
}
"""Format → the function that reads its bytes."""


def read_here(content: bytes, name: str) -> SourceText:
    """The source text of one document's bytes, without a child and its limits. Raises ReadError."""
    form = format_of(content, name)
    if form not in READERS:
        raise ReadError(name, "holds several documents", "ingest it, or name one of them")
    try:
        return READERS[form](content, name)
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        problem = f"cannot be read as a {form} file ({type(error).__name__}: {str(error)[:200]})"
        raise ReadError(name, problem, "it may be damaged: open it where it was made and save it again") from error
