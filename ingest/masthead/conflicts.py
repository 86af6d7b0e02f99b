"""Where the candidates for a document's field disagree: what was chosen, and what else stands where."""

from __future__ import annotations

import msgspec

from ingest.corrections import PLACE, REPLACED, cell_of
from ingest.masthead.issuers import read_issuers
from ingest.masthead.title import FILE, read_kind, without_site
from ingest.patterns import first_match, load_patterns
from ingest.records import DocumentFields, FieldCandidate
from ingest.registry.bodies import resolve
from ingest.registry.jurisdictions import find_place
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
        if candidate.field == field and _counts(fields, candidate) and not _agrees(fields, candidate):
            kept.setdefault((candidate.place, candidate.value), candidate)
    elsewhere = {value for place, value in kept if place != REPLACED}
    return tuple(one for one in kept.values() if one.place != REPLACED or one.value not in elsewhere)


def _counts(fields: DocumentFields, candidate: FieldCandidate) -> bool:
    """Whether a candidate is a witness of its own: lines of the head that were weighed against each other are none.

    A carried text has its own signature, and a statute is promulgated after the day on which it was passed. What stands as
    title in a file's properties is often that of the file it was made from, or a word of the program's.
    """
    if candidate.place == "properties" and not read_kind(fold(candidate.value)):
        return False
    if candidate.place == PLACE or (candidate.field == "title" and candidate.place == "masthead"):
        return False
    if candidate.place == "signature":
        first = next(c for c in fields.candidates if c.field == candidate.field and c.place == "signature")
        return candidate == first and not first_match(load_patterns(FILE, "carries"), fold(fields.title or ""))
    passed = fields.chosen.get("issued_on", "").startswith("masthead.enacted")
    return not (candidate.field == "issued_on" and passed and candidate.value >= (fields.issued_on or ""))


def _agrees(fields: DocumentFields, candidate: FieldCandidate) -> bool:
    if candidate.field == "title":
        return _same_title(fields.title or "", candidate)
    if candidate.field == "issuers":
        return _same_bodies(fields, candidate.value)
    chosen = squeeze(cell_of(fields, candidate.field))
    return squeeze(candidate.value) == chosen or (candidate.field == "doc_number" and _same_decree(chosen, candidate.value))


def _same_title(chosen: str, other: FieldCandidate) -> bool:
    """A title agrees with the same one without its issuer, with its website, or cut short; a file's name may shorten it."""
    one, two = _plain(chosen), _plain(other.value)
    if other.place == "file_name":
        letters = iter(one)
        return all(letter in letters for letter in two)
    return one in two or two in one


def _plain(title: str) -> str:
    return "".join(c for c in without_site(fold(title)) if c.isalnum())


def _same_decree(one: str, other: str) -> bool:
    """省政府令第232号 and 江西省人民政府令第232号."""
    return "令" in one and one[one.index("令") :] == other[other.find("令") :]


def _same_bodies(fields: DocumentFields, written: str) -> bool:
    """A name agrees when it is another form of an issuer's, one of its parts, or the body that it is a part of."""
    chosen = {key for name in fields.issuers for key in _keys(fields, name)}
    return all(chosen & _keys(fields, name) for name in read_issuers(written))


def _keys(fields: DocumentFields, name: str) -> set[str]:
    here = find_place(fields.jurisdiction) if fields.jurisdiction else None
    body = resolve(name, here, fields.issued_on)
    return {key for key in (body.key, body.part_of) if key}
