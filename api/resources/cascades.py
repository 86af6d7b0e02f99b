"""The cascade of indicators: each target of a document beside its parents and children, with ratio and delay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from api.context import Context
from api.lineage_answers import CascadeAnswer, CascadeStep
from api.resources import lines
from api.resources.texts import held_document
from graph.lineage.changed_facts import SAME_METRIC, metric_likeness
from graph.lineage.rows import MeasureEnd
from ingest.records import Target

NO_COUNTERPART = "no target of the linked measure counts the same thing"
UNITS = "different units"
PERIODS = "one is for each year, the other for the whole time"
NO_NUMBER = "one of the two has no number"


def cascade(context: Context, ref: str) -> CascadeAnswer:
    """The targets of a document with those of the measures that its measures are linked with."""
    row = held_document(context, ref)
    own = _targets(context, row.id)
    known: dict[str, dict[str, list[Target]]] = {row.id: own}
    steps = []
    for provision_id in sorted(own):
        up, down = lines.derivations(context, provision_id)
        for direction, links in (("parent", up), ("child", down)):
            for link in links:
                other = link.higher if direction == "parent" else link.lower
                document = other.document.id
                if document not in known:
                    known[document] = _targets(context, document)
                steps += list(_steps(direction, provision_id, own[provision_id], other, known[document].get(other.id, [])))
    return CascadeAnswer(snapshot=context.reader.snapshot(), document=row.brief, steps=tuple(steps))


def _targets(context: Context, document_id: str) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = defaultdict(list)
    for fact in context.reader.document_facts(document_id).get("targets", ()):
        if isinstance(fact.record, Target):
            found[fact.provision_id].append(fact.record)
    return found


def _steps(
    direction: str, provision_id: str, own: Iterable[Target], other: MeasureEnd, theirs: list[Target]
) -> Iterable[CascadeStep]:
    for target in own:
        nearest = max(theirs, key=lambda one: metric_likeness(one, target), default=None)
        same = nearest if nearest is not None and metric_likeness(nearest, target) >= SAME_METRIC else None
        reason = _reason(target, same)
        lower, higher = (target, same) if direction == "parent" else (same, target)
        yield CascadeStep(
            direction="parent" if direction == "parent" else "child",
            target=target,
            provision_id=provision_id,
            other=same,
            other_provision_id=other.id if same else None,
            other_document=other.document,
            other_jurisdiction=other.jurisdiction,
            ratio=_ratio(lower, higher) if reason is None else None,
            years=_years(lower, higher) if reason is None else None,
            reason=reason,
        )


def _reason(one: Target, other: Target | None) -> str | None:
    """Why two targets cannot be compared; null when they can."""
    if other is None:
        return NO_COUNTERPART
    if one.value is None or other.value is None:
        return NO_NUMBER
    if one.unit != other.unit:
        return UNITS
    return PERIODS if one.period != other.period else None


def _ratio(lower: Target | None, higher: Target | None) -> float | None:
    if lower is None or higher is None or lower.value is None or not higher.value:
        return None
    return round(lower.value / higher.value, 6)


def _years(lower: Target | None, higher: Target | None) -> float | None:
    if lower is None or higher is None or not lower.by or not higher.by:
        return None
    return float(int(lower.by[:4]) - int(higher.by[:4]))
