"""A document against its source: what was carried over, changed, left out, and what is new."""

from __future__ import annotations

from collections.abc import Iterable

from api.context import Context
from api.lineage_answers import ComparisonAnswer, Coverage, MeasurePair, Summary, Unmatched
from api.problems import BadRequest
from api.resources import lines
from api.resources.coverage import alone
from api.resources.texts import held_document
from graph.lineage.changes import changes_of
from graph.lineage.evidence import Evidence
from graph.lineage.in_words import in_words
from graph.lineage.model import lineage_model
from graph.lineage.prepared import Prepared
from graph.lineage.reading import Comparison, Text, compare, read_text
from graph.lineage.relations import MeasureRelation
from graph.lineage.standing import Standing, levels_between, standing_of
from graph.lineage.units import Unit


def comparison(context: Context, ref: str, source_ref: str) -> ComparisonAnswer:
    """Two documents, each by its id, number or source. Raises ``NotHeld``; ``BadRequest`` when they are one."""
    lower, higher = _text(context, ref), _text(context, source_ref)
    if lower.row.id == higher.row.id:
        raise BadRequest("A document cannot be compared with itself.", remedy="Name another document as the source.")
    found = compare(lower, higher)
    standing, evidence = _standing(context, found)
    new = [found.alignment.lower.units[i] for i in found.alignment.new]
    order = {unit.path: i for i, unit in enumerate(found.alignment.lower.units)}
    pairs = sorted([*_linked(found), *_new(lower, new)], key=lambda pair: order[pair.path])
    return ComparisonAnswer(
        snapshot=context.reader.snapshot(),
        document=lower.row.brief,
        source=higher.row.brief,
        standing=standing,
        evidence=evidence,
        closeness=found.alignment.closeness,
        threshold=lineage_model().threshold,
        pairs=tuple(pairs),
        left_out=_alone(higher, found.alignment.higher, found.alignment.left_out),
        doubtful=_alone(lower, found.alignment.lower, found.alignment.doubtful),
        doubtful_sources=_alone(higher, found.alignment.higher, found.alignment.doubtful_sources),
        coverage=_coverage(found),
        via=_not_held_between(context, lower, higher) if standing == "derives" else (),
    )


def _text(context: Context, ref: str) -> Text:
    row = held_document(context, ref)
    found = read_text(context.reader, row.id)
    assert found is not None
    return found


def _standing(context: Context, found: Comparison) -> tuple[Standing, Evidence | None]:
    if not found.alignment.related:
        return "unrelated", None
    above = context.reader.links(found.lower.row.id)[0]
    beside = context.reader.siblings(found.lower.row.id)
    return standing_of(found, {link.higher_id for link in above}, {sibling.document.id for sibling in beside})


def _not_held_between(context: Context, lower: Text, higher: Text) -> tuple[str, ...]:
    """The levels between two documents from which none is held that was made under the one and stands above the other."""
    below = {one.lower.id for one in lines.comparisons(context, higher.row.id) if one.higher.id == higher.row.id}
    above = lines.comparisons(context, lower.row.id)
    held = {one.higher_place for one in above if one.lower.id == lower.row.id and one.higher.id in below}
    return tuple(place for place in levels_between(lower.row.fields, higher.row.fields) if place not in held)


def _linked(found: Comparison) -> Iterable[MeasurePair]:
    for link, unit_link in zip(found.links, found.alignment.links, strict=True):
        changes = changes_of(found.alignment, unit_link, found.lower.side, found.higher.side)
        yield MeasurePair(
            path=link.path,
            source_path=link.source_path,
            relation=link.relation,
            evidence=link.evidence,
            score=link.score,
            changes=changes,
            id=f"{found.lower.row.id}:{link.path}",
            heading=found.alignment.lower.units[unit_link.lower].heading or None,
            source_id=f"{found.higher.row.id}:{link.source_path}",
            source_heading=found.alignment.higher.units[unit_link.higher].heading or None,
            summary=Summary(zh=in_words(link.relation, changes, "zh"), en=in_words(link.relation, changes, "en")),
        )


def _new(text: Text, units: Iterable[Unit]) -> Iterable[MeasurePair]:
    relation: MeasureRelation = "new"
    for unit in units:
        yield MeasurePair(
            path=unit.path,
            source_path=None,
            relation=relation,
            evidence=None,
            score=None,
            changes=None,
            id=f"{text.row.id}:{unit.path}",
            heading=unit.heading or None,
            source_id=None,
            source_heading=None,
            summary=Summary(zh=in_words(relation, None, "zh"), en=in_words(relation, None, "en")),
        )


def _alone(text: Text, prepared: Prepared, units: Iterable[int]) -> tuple[Unmatched, ...]:
    found = (prepared.units[i] for i in units)
    return tuple(alone(text.row.id, text.side.text, unit) for unit in found)


def _coverage(found: Comparison) -> Coverage:
    alignment = found.alignment
    kept = {link.path for link in found.links if link.relation == "verbatim"}
    return Coverage(
        verbatim=len(kept),
        changed=len({link.path for link in found.links} - kept),
        new=len(alignment.new),
        doubtful=len(alignment.doubtful),
        left_out=len(alignment.left_out),
        doubtful_sources=len(alignment.doubtful_sources),
    )
