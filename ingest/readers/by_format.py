"""Every reader by its format, and reading in this very process: what the child does that reads foreign formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ingest.readers import json_record, markdown, pdf, plain, saved_page, web_page, word, word_old
from ingest.readers.errors import ReadError
from ingest.readers.formats import format_of
from ingest.source_text import SourceText

_LINK = re.compile(r"https?://\S+")
_CHINESE = re.compile("[\u3400-\u9fff]")
_LITTLE = 40

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
        return _judged(READERS[form](content, name))
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        problem = f"cannot be read as a {form} file ({type(error).__name__}: {str(error)[:200]})"
        raise ReadError(name, problem, "it may be damaged: open it where it was made and save it again") from error


def _judged(source: SourceText) -> SourceText:
    """The text, with a warning where it is hardly one. Raises ReadError where it is only a link."""
    if not _LINK.sub("", source.text).strip():
        raise ReadError(source.name, "holds a link and no text", "open the link, and save the page behind it")
    found = len(_CHINESE.findall(source.text))
    if found >= _LITTLE:
        return source
    warning = (
        f"It holds hardly any Chinese text ({found} characters): it may be a picture, a list of links, or another language."
    )
    return replace(source, warnings=(*source.warnings, warning))
