"""The extraction as a spaCy pipeline, one component for each kind of fact, for users who have other spaCy components to add.

``nlp = load(); doc = nlp(text)`` → ``doc.spans["responsibilities"]`` and the like, and the records in ``doc._.records``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.extract import Reading
from ingest.records import FACTS, Record
from ingest.source_text import SourceText

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

LONGEST = 20_000_000
"""``max_length`` of the pipeline in characters; spaCy's own default of a million is for models that need much memory."""
READER = "zhengmai_reading"
PREFIX = "zhengmai_"


def load(name: str = "") -> Language:
    """A blank Chinese pipeline (one token for each character) with every component of the extraction.

    ``name`` is the file name or address that the texts have, for rules that use it.
    """
    import spacy

    _register()
    nlp = spacy.blank("zh")
    nlp.max_length = LONGEST
    nlp.add_pipe(READER, config={"source": name})
    for kind in FACTS:
        nlp.add_pipe(PREFIX + kind)
    return nlp


def _register() -> None:
    """Make the components and extensions known to spaCy, once."""
    from spacy.language import Language
    from spacy.tokens import Doc

    if Doc.has_extension("records"):
        return
    Doc.set_extension("records", default=None)
    Doc.set_extension("fields", default=None)
    Doc.set_extension("reading", default=None)
    Language.factory(READER, default_config={"source": ""}, func=_reader)
    for kind in FACTS:
        Language.component(PREFIX + kind, func=_component(kind))


def _reader(nlp: Language, name: str, source: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy names the arguments
    """The first component: boilerplate, outline and masthead, on which the others build."""

    def read(doc: Doc) -> Doc:
        reading = Reading.of(SourceText(name=source, text=doc.text))
        doc._.reading = reading
        doc._.fields = reading.fields
        doc._.records = {}
        _keep(doc, "provisions", reading.provisions)
        doc.spans["boilerplate"] = [_span(doc, p.start, p.end, p.label) for p in reading.boilerplate]
        return doc

    return read


def _component(kind: str) -> Callable[[Doc], Doc]:
    def find(doc: Doc) -> Doc:
        _keep(doc, kind, doc._.reading.facts(kind))
        return doc

    return find


def _keep(doc: Doc, kind: str, records: Sequence[Record]) -> None:
    doc._.records[kind] = tuple(records)
    doc.spans[kind] = [_span(doc, record.start, record.end, getattr(record, "role", kind)) for record in records]


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    """The tokens of ``start``:``end``; blanks at its ends that share a token with others are taken in."""
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    return span if span is not None else doc[0:0]
