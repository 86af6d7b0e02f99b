"""The texts around a document, who stands above, below and beside it, and who wrote each of its measures first."""

from __future__ import annotations

from api.context import Context
from api.lineage_answers import Bond, FamilyAnswer, Member, Origin, Unmatched
from api.resources import lines
from api.resources.coverage import measures_of
from api.resources.texts import held_document
from graph.lineage.rows import MeasureEnd
from graph.protocol import DocumentRow, Link

MOST = 40
"""Texts that are drawn."""
SIBLINGS = 12
"""Texts beside each that are looked at."""
STEPS = 12
"""Links that are followed from a measure to who wrote it first."""


def family(context: Context, ref: str) -> FamilyAnswer:
    """A document's family, as far as two links from it."""
    row = held_document(context, ref)
    found = _Gathering(context)
    found.visit(row.id)
    for one in sorted(found.held):
        found.beside(one)
    for one in sorted(found.held - {row.id}):
        found.visit(one, further=False)
    members = sorted(found.members.values(), key=lambda member: (member.date or "", member.id))
    kept = {member.id for member in found.nearest(row.id)}
    return FamilyAnswer(
        snapshot=context.reader.snapshot(),
        document=row.brief,
        members=tuple(member for member in members if member.id in kept),
        bonds=tuple(bond for _, bond in sorted(found.bonds.items()) if {bond.lower, bond.higher} <= kept),
        origins=tuple(_origin(context, measure) for measure in measures_of(context, row)),
        more=len(members) - len(kept),
    )


class _Gathering:
    """Members and bonds found so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.members: dict[str, Member] = {}
        self.bonds: dict[tuple[str, str], Bond] = {}
        self.held: set[str] = set()

    def visit(self, document_id: str, further: bool = True) -> None:
        """Add a document and its bonds; without ``further`` only those to texts that are members already."""
        row = self.context.reader.document(document_id)
        if row is None:
            return
        self._add(_member(row))
        above, below = self.context.reader.links(document_id)
        for link in (*above, *below):
            self._bond(Bond(lower=link.lower.id, higher=link.higher_id, standing="derives", evidence="stated"), further, link)
        for one in lines.comparisons(self.context, document_id):
            pair = Bond(
                lower=one.lower.id,
                higher=one.higher.id,
                standing=one.standing,
                evidence=one.evidence,
                linked=one.linked,
                units=one.units,
            )
            self._bond(pair, further, None)

    def beside(self, document_id: str) -> None:
        """Add the texts that stand under one instrument with a document."""
        for sibling in self.context.reader.siblings(document_id, limit=SIBLINGS):
            row = self.context.reader.document(sibling.document.id)
            if row is not None and row.id not in self.members:
                self._add(_member(row))

    def _bond(self, bond: Bond, further: bool, link: Link | None) -> None:
        for one in (bond.lower, bond.higher):
            if further and one not in self.members:
                row = self.context.reader.document(one)
                if row is not None:
                    self._add(_member(row))
                elif link is not None:
                    self.members[one] = _unheld(link)
        if {bond.lower, bond.higher} <= self.members.keys():
            known = self.bonds.get((bond.lower, bond.higher))
            if known is None or known.linked is None:
                self.bonds[bond.lower, bond.higher] = bond

    def _add(self, member: Member) -> None:
        self.members[member.id] = member
        self.held.add(member.id)

    def nearest(self, document_id: str) -> list[Member]:
        """The document and those bound to it, the most alike first, up to ``MOST``."""
        weight = dict.fromkeys(self.members, 0.0)
        for bond in self.bonds.values():
            if document_id in (bond.lower, bond.higher):
                other = bond.higher if bond.lower == document_id else bond.lower
                weight[other] = max(weight[other], 1 + (bond.linked or 0) / max(1, bond.units or 1))
        weight[document_id] = 9.0
        return sorted(self.members.values(), key=lambda member: (-weight[member.id], member.id))[:MOST]


def _member(row: DocumentRow) -> Member:
    return Member(
        id=row.id,
        title=row.fields.title or row.brief.source,
        doc_number=row.fields.doc_number,
        jurisdiction=row.fields.jurisdiction,
        level=row.fields.level,
        date=row.fields.issued_on or row.fields.published_on,
        held=True,
    )


def _unheld(link: Link) -> Member:
    return Member(
        id=link.higher_id,
        title=link.higher_title,
        doc_number=link.higher_doc_number,
        jurisdiction=None,
        level=None,
        date=None,
        held=False,
    )


def _origin(context: Context, measure: Unmatched) -> Origin:
    """Follow the copied words of a measure up, always to the earliest text, until nothing earlier is held."""
    first: MeasureEnd | None = None
    at, seen = measure.id, {measure.id}
    for steps in range(STEPS):
        up = [link for link in lines.derivations(context, at)[0] if link.evidence != "inferred" and link.higher.id not in seen]
        if not up:
            return Origin(measure=measure, first=first, steps=steps)
        first = min((link.higher for link in up), key=lambda end: (end.date or "9", end.id))
        at = first.id
        seen.add(at)
    return Origin(measure=measure, first=first, steps=STEPS)
