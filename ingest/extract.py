"""A source text → everything that it says: the extraction, composed of the rules for each kind of fact."""

from __future__ import annotations

import functools
import hashlib
import importlib
from collections.abc import Callable
from typing import Any

from ingest.boilerplate import find_boilerplate
from ingest.outline import read_outline
from ingest.records import FACTS, DocumentFields, Extraction
from ingest.source_text import SourceText
from settings import ROOT

FINDERS: dict[str, tuple[str, str]] = {
    "responsibilities": ("ingest.responsibilities", "find_responsibilities"),
    "citations": ("ingest.citations", "find_citations"),
    "targets": ("ingest.targets", "find_targets"),
    "programmes": ("ingest.programmes", "find_programmes"),
}
"""Kind of fact → module and function that finds it: (source, provisions, fields) → records."""


def _function(module: str, name: str) -> Callable[..., Any] | None:
    try:
        return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
    except ImportError:
        return None


def extract(source: SourceText) -> Extraction:
    """Everything the text says, each record with its place and the rule that found it."""
    boilerplate = find_boilerplate(source)
    provisions = read_outline(source, boilerplate)
    read_fields = _function("ingest.masthead", "read_fields")
    fields = read_fields(source, provisions, boilerplate) if read_fields else DocumentFields()
    facts = {}
    for kind in FACTS:
        find = _function(*FINDERS[kind])
        facts[kind] = tuple(find(source, provisions, fields)) if find else ()
    return Extraction(
        file=source.name,
        source_text=source.text,
        document=fields,
        provisions=provisions,
        boilerplate=boilerplate,
        extractor=extractor_version(),
        **facts,
    )


@functools.cache
def extractor_version() -> str:
    """A hash of the code of this room and of the reference data: what an extraction depends on besides its text."""
    digest = hashlib.sha256()
    files = [*(ROOT / "ingest").rglob("*.py"), *(path for path in (ROOT / "data" / "reference").rglob("*") if path.is_file())]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
