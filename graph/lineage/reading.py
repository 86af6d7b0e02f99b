"""Texts of a store as sides of a comparison, and a comparison as its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.lineage.alignment import Alignment, UnitLink, align
from graph.lineage.evidence import cites, evidence_of, names_of
from graph.lineage.measure_link import MeasureLink
from graph.lineage.prepared import Prepared, prepare
from graph.lineage.relations import judged, measure
from graph.lineage.units import Side, Unit, units_of
from graph.protocol import DocumentRow, Reader
from ingest.embedding import load
from ingest.records import Citation


@dataclass(frozen=True)
class Text:
    """A document of the store, read and made ready."""

    row: DocumentRow
    side: Side

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its measures or articles."""
        return units_of(self.side)

    @cached_property
    def prepared(self) -> Prepared:
        """Its units and sentences; the vectors are always those of the built-in model, for which the weights were fitted."""
        return prepare(self.side, load())

    @cached_property
    def citations(self) -> Sequence[Citation]:
        """Its citations."""
        return [record for record in self.side.facts.get("citations", ()) if isinstance(record, Citation)]


def read_text(reader: Reader, document_id: str) -> Text | None:
    """A document that is held."""
    row, words = reader.document(document_id), reader.source_text(document_id)
    if row is None or words is None:
        return None
    facts = {kind: [fact.record for fact in found] for kind, found in reader.document_facts(document_id).items()}
    return Text(row, Side(words, [item.provision for item in reader.outline(document_id)], facts))


@dataclass(frozen=True)
class Comparison:
    """Two documents compared."""

    lower: Text
    higher: Text
    alignment: Alignment

    @cached_property
    def links(self) -> tuple[MeasureLink, ...]:
        """The links as rows, in the order of the lower text."""
        return tuple(self._link(link) for link in self.alignment.links)

    def _link(self, link: UnitLink) -> MeasureLink:
        own, theirs = self.alignment.lower.units[link.lower], self.alignment.higher.units[link.higher]
        cited = cites(self.lower.citations, names_of(self.higher.row.fields), own.start, own.end)
        measured = measure(self.alignment, link)
        return MeasureLink(
            path=own.path,
            source_path=theirs.path,
            relation=judged(measured),
            evidence=evidence_of(cited, measured.kept),
            score=link.score,
        )


def compare(lower: Text, higher: Text) -> Comparison:
    """Align two documents."""
    return Comparison(lower, higher, align(lower.prepared, higher.prepared))
