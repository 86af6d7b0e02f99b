"""What the store knows about lineage, from any engine that keeps it; empty answers from one that does not."""

from __future__ import annotations

from api.context import Context
from graph.lineage.rows import ComparisonRow, Derivation, LineageReader, State

LEAST = 0.34
"""Share of a text's measures that must come from another for the two to be shown as related though neither says so."""


def lineage_of(context: Context) -> LineageReader | None:
    """The reader, where its engine keeps lineage."""
    reader = context.reader
    return reader if isinstance(reader, LineageReader) else None


def comparisons(context: Context, document_id: str) -> tuple[ComparisonRow, ...]:
    """Comparisons worth showing: stated ones, siblings, and those that share a third of the measures."""
    reader = lineage_of(context)
    found = reader.comparisons(document_id) if reader else ()
    return tuple(row for row in found if shown(row))


def shown(row: ComparisonRow) -> bool:
    """Whether two documents are related: doubt makes no link."""
    if row.standing == "unstated":
        return row.evidence == "copied" and row.linked >= LEAST * row.units
    return row.standing != "unrelated"


def derivations(context: Context, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
    """What a measure comes from, and what comes from it."""
    reader = lineage_of(context)
    return reader.derivations(provision_id) if reader else ((), ())


def derived_from(context: Context, document_id: str) -> tuple[Derivation, ...]:
    """Every link to a measure of a document."""
    reader = lineage_of(context)
    return reader.derived_from(document_id) if reader else ()


def unmatched(context: Context, document_id: str) -> dict[str, dict[str, State]]:
    """Why measures of a document have no link in each text compared with it."""
    reader = lineage_of(context)
    return reader.unmatched(document_id) if reader else {}
