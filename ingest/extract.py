"""A source text → everything that it says: the extraction, composed of the rules for each kind of fact."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from ingest.boilerplate import find_boilerplate
from ingest.citations.finding import find_citations
from ingest.corrections import corrected
from ingest.leftovers import find_leftovers
from ingest.masthead.fields import read_fields
from ingest.masthead.nature import with_roles
from ingest.outline.reading import outline_warnings, read_outline
from ingest.programmes import find_programmes
from ingest.readers.sidecars import stamped
from ingest.records import FACTS, DocumentFields, Extraction, Passage, Provision, Record
from ingest.responsibilities.finding import find_responsibilities
from ingest.source_text import SourceText
from ingest.targets.finding import find_targets
from ingest.validity import find_validity
from settings import ROOT

Finder = Callable[[SourceText, Sequence[Provision], DocumentFields], Sequence[Record]]

FINDERS: dict[str, Finder] = {
    "responsibilities": find_responsibilities,
    "citations": find_citations,
    "targets": find_targets,
    "programmes": find_programmes,
}
"""Kind of fact → the rule that finds it."""


@dataclass(frozen=True)
class Reading:
    """What the rules for facts build on: the text without furniture, its outline, its masthead."""

    source: SourceText
    boilerplate: tuple[Passage, ...]
    provisions: tuple[Provision, ...]
    fields: DocumentFields

    @classmethod
    def of(cls, source: SourceText, corrections: Mapping[str, str] = MappingProxyType({})) -> Reading:
        """Read the frame of a document; ``corrections`` are cells by field (see ``ingest.corrections``)."""
        boilerplate = find_boilerplate(source)
        provisions = read_outline(source, boilerplate)
        fields = corrected(read_fields(source, provisions, boilerplate), corrections)
        fields = msgspec.structs.replace(fields, **find_validity(source, provisions, fields)._asdict())
        return cls(source, boilerplate, with_roles(provisions, fields), fields)

    def facts(self, kind: str) -> tuple[Record, ...]:
        """The records of one kind (a key of ``records.FACTS``), in order of place."""
        found = FINDERS[kind](self.source, self.provisions, self.fields)
        return tuple(sorted(found, key=lambda record: record.start))


def extract(source: SourceText, corrections: Mapping[str, str] = MappingProxyType({})) -> Extraction:
    """Everything the text says, each record with its place and the rule that found it.

    ``corrections`` are fields that a reader has corrected: rules for facts build on them, as on fields read.
    """
    reading = Reading.of(source, corrections)
    facts: dict[str, Any] = {kind: reading.facts(kind) for kind in FACTS}
    return Extraction(
        file=source.name,
        source_text=source.text,
        document=reading.fields,
        provisions=reading.provisions,
        boilerplate=reading.boilerplate,
        not_understood=find_leftovers(source, reading.provisions, facts),
        warnings=(*source.warnings, *outline_warnings(reading.provisions)),
        locators=source.locators,
        extractor=stamped(extractor_version(), source.metadata),
        **facts,
    )


@functools.cache
def extractor_version() -> str:
    """A hash of the code of this room and of the reference data: what an extraction depends on besides its text."""
    digest = hashlib.sha256()
    for path in sorted([*_files("ingest", "*.py"), *_files("data/reference", "*")]):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(folder: str, pattern: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob(pattern) if path.is_file()]
