"""Targets: each quantity or dated result that a document sets."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.records import DocumentFields, Provision, Target
from ingest.source_text import SourceText


def find_targets(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Target, ...]:
    """Every target, standard and milestone that the provisions set, in the order of the text."""
    del source, provisions, fields
    return ()
