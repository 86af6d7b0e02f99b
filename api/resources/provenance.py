"""How one document was read: each fact with the rule that found it, and the text that no rule understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from api.answers import (
    Facts,
    OutlineItem,
    ProvenanceAnswer,
    RuleCount,
    UnreadPassage,
)
from api.context import Context
from api.evidence import Views
from api.resources.texts import held_document
from graph.protocol import ProvisionRow
from ingest.records import FACTS, Passage

SHORTEST = 12
"""A stretch outside of every provision is told when it has so many characters besides blanks."""
OUTSIDE = "outside"


def provenance(context: Context, ref: str) -> ProvenanceAnswer:
    """Every fact of a document in the order of the text, the rules with their counts, and what was not understood."""
    row, reader, views = held_document(context, ref), context.reader, Views(context.reader)
    outline, text = reader.outline(row.id), views.text(row.id)
    facts = views.by_kind(reader.document_facts(row.id))
    unread = [*reader.passages(row.id, "not_understood"), *_outside(text, outline, reader.passages(row.id, "boilerplate"))]
    return ProvenanceAnswer(
        snapshot=reader.snapshot(),
        document=row,
        facts=facts,
        rules=_rules(facts, outline),
        not_understood=tuple(
            _shown(passage, text, outline) for passage in sorted(unread, key=lambda one: (one.start, one.end))
        ),
        silent=tuple(_silent(facts, outline)),
    )


def _rules(facts: Facts, outline: Sequence[ProvisionRow]) -> tuple[RuleCount, ...]:
    """How often each rule found something, by kind and number."""
    counts: Counter[tuple[str, str]] = Counter(("provisions", item.provision.rule) for item in outline)
    for kind in FACTS:
        counts.update((kind, view.record.rule) for view in getattr(facts, kind))
    ordered = sorted(counts.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1]))
    return tuple(RuleCount(kind=kind, rule=rule, count=count) for (kind, rule), count in ordered)


def _outside(text: str, outline: Sequence[ProvisionRow], furniture: Sequence[Passage]) -> Iterator[Passage]:
    """Stretches below the first provision that belong neither to a provision nor to the website."""
    spans = sorted([(i.provision.start, i.provision.end) for i in outline] + [(p.start, p.end) for p in furniture])
    at = min((item.provision.start for item in outline), default=0)
    for start, end in [*spans, (len(text), len(text))]:
        piece = text[at:start]
        if start > at and len("".join(piece.split())) >= SHORTEST:
            left = len(piece) - len(piece.lstrip())
            yield Passage(start=at + left, end=at + len(piece.rstrip()), label=OUTSIDE)
        at = max(at, end)


def _shown(passage: Passage, text: str, outline: Sequence[ProvisionRow]) -> UnreadPassage:
    """A passage with its words and the provision that it stands in."""
    holder = next((item for item in outline if item.provision.start <= passage.start < item.provision.end), None)
    return UnreadPassage(
        start=passage.start,
        end=passage.end,
        label=passage.label,
        text=text[passage.start : passage.end],
        provision_id=holder.id if holder else None,
        path=holder.provision.path if holder else None,
    )


def _silent(facts: Facts, outline: Sequence[ProvisionRow]) -> Iterator[OutlineItem]:
    """Measures in which nothing was found."""
    speaking = {view.provision_id for kind in FACTS for view in getattr(facts, kind)}
    for item in outline:
        if item.provision.role == "measure" and item.id not in speaking:
            yield OutlineItem(id=item.id, provision=item.provision)
