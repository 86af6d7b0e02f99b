"""What kind of text a document is: one that sets norms, or one that drafts, explains, answers, reports or lists."""

from __future__ import annotations

import msgspec

from ingest.masthead.title import FILE, statutes
from ingest.patterns import load_patterns
from ingest.records import DocumentFields, Nature, Provision
from ingest.source_text import SourceText, fold

_HEAD_OF_TEXT = 4000
WITH_MEASURES: frozenset[Nature] = frozenset({"normative", "unknown"})
"""Natures whose provisions may be measures; a text of which nothing is known is given the benefit of the doubt."""
DECISIONS = frozenset({"批复"})
"""Genres of replies that decide, and so have measures whatever they answer."""


def read_nature(
    source: SourceText, title: str | None, kind: str | None, official: bool, shown: bool
) -> tuple[Nature, str | None]:
    """The nature and the rule that tells it.

    ``official``: a number, a genre or addressees show that the text is an official one; ``shown``: a page tells when it put
    the text up. A titled page without any trait of an official text informs the public.
    """
    subjects = [("nature", fold(title or ""))]
    if kind == "函":
        subjects.append(("letter_nature", source.folded[:_HEAD_OF_TEXT]))
    if kind is None:
        subjects.append(("text_nature", source.folded[:_HEAD_OF_TEXT]))
    for table, subject in subjects:
        for pattern in load_patterns(FILE, table):
            if pattern.regex.search(subject) and not (pattern.label == "list" and kind in statutes()):
                return pattern.label, f"masthead.{table}:{pattern.name}"  # type: ignore[return-value]
    if official:
        return "normative", None
    return ("news", "masthead.nature:page without official traits") if title and shown else ("unknown", None)


def with_roles(provisions: tuple[Provision, ...], fields: DocumentFields) -> tuple[Provision, ...]:
    """The outline of a text that sets no norms has no measures: what looks like one is a statement there."""
    if fields.nature in WITH_MEASURES or fields.kind in DECISIONS:
        return provisions
    return tuple(msgspec.structs.replace(p, role="statement") if p.role == "measure" else p for p in provisions)
