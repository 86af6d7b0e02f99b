"""Where the candidates for a document's field disagree: what was chosen, and what else stands where."""

from __future__ import annotations

import msgspec

from ingest.corrections import PLACE, cell_of
from ingest.masthead.issuers import read_issuers
from ingest.masthead.title import title_issuers, without_site
from ingest.records import DocumentFields, FieldCandidate
from ingest.registry.bodies import resolve
from ingest.source_text import fold, squeeze

LOOKED_AT = ("title", "doc_number", "issuers", "issued_on", "published_on")
"""Fields that are read from several places, in the order in which they are shown."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field whose candidates disagree. ``reason`` is the rule that chose ``value``; ``others`` say something else."""

    field: str
    value: str
    reason: str
    others: tuple[FieldCandidate, ...]


def conflicts(fields: DocumentFields) -> tuple[Conflict, ...]:
    """The fields of a document on which the text, its page or its file's name disagree."""
    found = []
    for field in LOOKED_AT:
        others = _disagreeing(fields, field)
        if others:
            reason = fields.chosen.get(field, "")
            found.append(Conflict(field=field, value=cell_of(fields, field), reason=reason, others=others))
    return tuple(found)


def _disagreeing(fields: DocumentFields, field: str) -> tuple[FieldCandidate, ...]:
    """Candidates that say another thing than what was chosen, each value once for each place."""
    kept: dict[tuple[str, str], FieldCandidate] = {}
    for candidate in fields.candidates:
        if candidate.field == field and candidate.place != PLACE and not _agrees(fields, candidate):
            kept.setdefault((candidate.place, candidate.value), candidate)
    return tuple(kept.values())


def _agrees(fields: DocumentFields, candidate: FieldCandidate) -> bool:
    if candidate.field == "title":
        return _same_title(fields.title or "", candidate.value)
    if candidate.field == "issuers":
        return _same_bodies(fields, candidate.value)
    return squeeze(candidate.value) == squeeze(cell_of(fields, candidate.field))


def _same_title(chosen: str, other: str) -> bool:
    """A title agrees with the same one without its issuer, with its website, or cut short."""
    one, two = _plain(chosen), _plain(other)
    return one.endswith(two) or two.endswith(one) or one.startswith(two.rstrip(".…"))


def _plain(title: str) -> str:
    return "".join(without_site(fold(title)).split()).strip("《》“”")


def _same_bodies(fields: DocumentFields, written: str) -> bool:
    """A name agrees when it is another form of an issuer's, one of its parts, or the body that it is a part of."""
    chosen = {key for name in fields.issuers for key in _keys(name)}
    return all(chosen & _keys(name) for name in read_issuers(written) or title_issuers(fold(written)) or (written,))


def _keys(name: str) -> set[str]:
    body = resolve(name)
    return {key for key in (body.key, body.part_of) if key}
