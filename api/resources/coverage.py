"""The matrix: each measure of a document, and what became of it in each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from api.context import Context
from api.lineage_answers import Cell, CellState, Column, MatrixAnswer, Unmatched
from api.resources import lines
from api.resources.texts import held_document
from graph.lineage.rows import ComparisonRow, Derivation, State
from graph.lineage.units import Side, Unit, units_of
from graph.protocol import DocumentRow

OPENING = 24
"""Letters of a measure that are shown where it has no heading."""
RANK: tuple[CellState, ...] = ("verbatim", "extended", "adapted")
"""Of several provisions that come from one measure, the nearest counts."""


def matrix(context: Context, ref: str) -> MatrixAnswer:
    """The measures of a document × the documents compared with it as their source."""
    row = held_document(context, ref)
    measures = measures_of(context, row)
    links: dict[tuple[str, str], list[Derivation]] = defaultdict(list)
    for found in lines.derived_from(context, row.id):
        links[found.lower.document.id, found.higher.path].append(found)
    missing = lines.unmatched(context, row.id)
    below = [one for one in lines.comparisons(context, row.id) if one.higher.id == row.id]
    columns = [_column(one, measures, links, missing.get(one.lower.id, {})) for one in below]
    columns.sort(key=lambda column: (column.standing, column.jurisdiction or "~", column.date or "", column.document.id))
    compared = {column.document.id for column in columns}
    return MatrixAnswer(
        snapshot=context.reader.snapshot(),
        document=row.brief,
        measures=measures,
        columns=tuple(columns),
        not_compared=tuple(k.lower for k in context.reader.links(row.id)[1] if k.lower.id not in compared),
        not_held=_places_without(context, row, {column.jurisdiction for column in columns}),
    )


def measures_of(context: Context, row: DocumentRow) -> tuple[Unmatched, ...]:
    """The measures or articles of a document, in its order."""
    outline = [item.provision for item in context.reader.outline(row.id)]
    text = context.reader.source_text(row.id) or ""
    return tuple(alone(row.id, text, unit) for unit in units_of(Side(text, outline)))


def alone(document_id: str, text: str, unit: Unit) -> Unmatched:
    """A unit of this text by itself."""
    first = unit.sentences[0].start
    words = text[first : unit.end].split("\n")[0].strip()
    words = words if len(words) <= OPENING else words[:OPENING] + "…"
    return Unmatched(path=unit.path, id=f"{document_id}:{unit.path}", heading=unit.heading or None, words=words)


def _column(
    one: ComparisonRow,
    measures: Sequence[Unmatched],
    links: dict[tuple[str, str], list[Derivation]],
    missing: dict[str, State],
) -> Column:
    cells = tuple(_cell(links.get((one.lower.id, measure.path), []), missing.get(measure.path)) for measure in measures)
    return Column(document=one.lower, jurisdiction=one.lower_place, date=one.lower_date, standing=one.standing, cells=cells)


def _cell(found: Sequence[Derivation], state: State | None) -> Cell:
    if not found:
        return Cell(state="left_out" if state == "left_out" else "doubtful")
    kinds = {link.relation for link in found}
    nearest = next(kind for kind in RANK if kind in kinds)
    return Cell(state=nearest, ids=tuple(link.lower.id for link in found), score=max(link.score for link in found))


def _places_without(context: Context, row: DocumentRow, present: set[str | None]) -> tuple[str, ...]:
    """Places held that lie under the document's own and have no document in the matrix."""
    here = row.fields.jurisdiction
    places = context.reader.jurisdictions()
    return tuple(place.name for place in places if here in place.ancestors and place.name not in present)
