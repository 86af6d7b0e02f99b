"""Instruments known from a list though their texts are not held, and which of them a citation means. Pure functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.identity import digest
from graph.linking import EDITION, Work, document_work, normal_title
from graph.protocol import KnownInstrument
from graph.titles import Title, issuer_key, read_title
from ingest.doc_numbers import normalise_doc_number
from ingest.records import Citation, DocumentFields
from ingest.registry.bodies import resolve
from ingest.registry.jurisdictions import Place
from ingest.source_text import fold, squeeze

AGENCY = re.compile(r"^[一-龥()]{2,}〔\d{4}〕")
"""A number that tells whose it is; 〔2020〕1号 and 第5号 are given by many."""
NATIONAL = re.compile(r"国家|全国|中国|中华")
STATUTE = re.compile(r"法$|法典$")
SHORTEST = 6
"""Shorter titles of carried texts (实施细则) are borne by too many."""


@dataclass(frozen=True)
class Cited:
    """A citation as it is looked up: its title taken apart, its number, its issuer's key, and the day of the text it is in."""

    title: Title
    number: str
    issuer: str | None
    on: str | None


def known_key(entry: KnownInstrument) -> str:
    """What an entry is known by: its number and title, else title, issuers and date."""
    return "|".join((entry.doc_number or "", normal_title(entry.title), "、".join(entry.issuers), entry.published or ""))


def known_id(entry: KnownInstrument) -> str:
    """A hash of the key, with a letter that tells it from other ids."""
    return "k" + digest(known_key(entry), 15)


def known_work(entry: KnownInstrument) -> Work:
    """The work that an entry names."""
    return Work(normal_title(entry.title), reliable_number(entry.doc_number))


def reliable_number(number: str | None) -> str:
    """A number in its normal form when it says whose it is, else nothing."""
    found = normalise_doc_number(number or "") or ""
    return found if AGENCY.match(found) else ""


def known_forms(entry: KnownInstrument) -> frozenset[str]:
    """The forms under which an entry is looked up."""
    title = read_title(entry.title)
    bodies = title.bodies or _listed_bodies(entry)
    forms = {f"title|{title.words}", f"matter|{title.matter or title.words}"}
    if number := reliable_number(entry.doc_number):
        forms.add(f"number|{number}")
    if title.carried and not title.carried.words.startswith("关于"):
        forms.add(f"title|{title.carried.words}")
    return frozenset(forms) if bodies else frozenset(forms - {f"matter|{title.matter or title.words}"})


def _listed_bodies(entry: KnownInstrument) -> tuple[str, ...]:
    return tuple(issuer_key(name) for name in entry.issuers)


def own_citation(fields: DocumentFields) -> Citation:
    """A held document's own title and number, as if another text cited it."""
    issuer = fields.issuers[0] if fields.issuers else None
    number, title = fields.doc_number, fields.title or ""
    return Citation(
        path="0", start=0, end=0, rule="own", title=title, doc_number=number, relation="mentions", kind="policy", issuer=issuer
    )


def cited(citation: Citation, place: Place | None, on: str | None) -> Cited:
    """A citation in a text of ``place`` issued ``on`` that day, as it is looked up."""
    plain = fold(citation.title)
    number = citation.doc_number or ""
    named = "" if number and normalise_doc_number(plain) == number else plain
    issuer = issuer_key(squeeze(citation.issuer), place, on) if citation.issuer else None
    return Cited(read_title(named, place, on), number, issuer, on)


def cited_forms(one: Cited) -> tuple[str, ...]:
    """The forms under which a citation may be found."""
    title = one.title
    forms = [f"number|{one.number}"] if AGENCY.match(one.number) else []
    if title.words:
        forms += [f"title|{title.words}", f"matter|{title.matter or title.words}"]
    if title.carried:
        forms.append(f"title|{title.carried.words}")
    return tuple(dict.fromkeys(forms))


def finder(
    candidates: Callable[[Sequence[str]], Iterable[KnownInstrument]], place: Place | None, on: str | None
) -> Callable[[Citation], Work | None]:
    """What finds the work of a known instrument that a citation means; ``candidates`` looks entries up by their forms."""

    def find(citation: Citation) -> Work | None:
        one = cited(citation, place, on)
        entry = choose(one, candidates(cited_forms(one)))
        return known_work(entry) if entry else None

    return find


def work_of_text(fields: DocumentFields, find: Callable[[Citation], Work | None] | None) -> Work | None:
    """The work that a held document is a text of; a number of its own is kept."""
    own = document_work(fields)
    found = find(own_citation(fields)) if find and own and fields.title else None
    if own is None or found is None or (found.doc_number and own.doc_number and found.doc_number != own.doc_number):
        return own
    return Work(found.title, own.doc_number or found.doc_number)


COLUMNS = ("title", "doc_number", "issuers", "force", "validity", "published", "effective", "listed_in")
"""What an entry holds, in the order in which stores keep and digest it."""


def list_digest(by_id: Mapping[str, KnownInstrument]) -> str:
    """A hash of a list's entries."""
    total = hashlib.sha256()
    for one in sorted(by_id):
        total.update(repr((one, *(getattr(by_id[one], name) for name in COLUMNS))).encode())
    return total.hexdigest()[:32]


def choose(one: Cited, candidates: Iterable[KnownInstrument]) -> KnownInstrument | None:
    """The one entry that a citation means; null when none is certain, or several remain."""
    left = [entry for entry in candidates if _in_time(entry, one.on) and _means(one, entry)]
    for better in (_same_number, _same_words, _same_endings):
        left = [entry for entry in left if better(one, entry)] or left
    return min(left, key=known_key) if left and len({known_work(entry) for entry in left}) == 1 else None


def _in_time(entry: KnownInstrument, on: str | None) -> bool:
    """Whether the entry was there on the day of the citing text; a day not known, or an amended statute, is no objection."""
    day = entry.published
    return day is None or on is None or day[: len(on)] <= on[: len(day)] or bool(EDITION.search(fold(entry.title)))


def _means(one: Cited, entry: KnownInstrument) -> bool:
    if _same_number(one, entry):
        return not one.title.words or _alike(one.title, read_title(entry.title))
    if one.number and reliable_number(entry.doc_number):
        return False
    known = read_title(entry.title)
    return _full(one, known, entry) or _inside(one, known, entry)


def _same_number(one: Cited, entry: KnownInstrument) -> bool:
    return bool(AGENCY.match(one.number)) and one.number == reliable_number(entry.doc_number)


def _alike(one: Title, other: Title) -> bool:
    """Whether two titles under one number can be of one text: one is, or carries, or ends with the other."""
    mine = {part.words for part in (one, one.carried) if part} | {one.matter}
    theirs = {part.words for part in (other, other.carried) if part} | {other.matter}
    return bool(mine & theirs - {""}) or any(a.endswith(b) or b.endswith(a) for a in mine - {""} for b in theirs - {""})


def _full(one: Cited, known: Title, entry: KnownInstrument) -> bool:
    """The same matter of the same issuers: as the title names them, as the citation does, or as the list does."""
    if not _compatible(one.title, known):
        return False
    mine = one.title.bodies or ((one.issuer,) if one.issuer else ())
    theirs = known.bodies or _listed_bodies(entry)
    if (one.title.matter or one.title.words) == (known.matter or known.words):
        return bool(set(mine) & set(theirs)) or (one.title.words == known.words and _distinct(known, entry))
    return one.title.words == known.words and (bool(known.bodies) or _distinct(known, entry))


def _inside(one: Cited, known: Title, entry: KnownInstrument) -> bool:
    """The text that a notice carries, cited by its own title, or one cited by the notice that carries it."""
    if known.carried and one.title.words == known.carried.words:
        return _compatible(one.title, known.carried) and _borne_by_one(one, known.carried, entry)
    if one.title.carried and known.carried and one.title.carried.words == known.carried.words:
        return _compatible(one.title.carried, known.carried) and _borne_by_one(one, known.carried, entry)
    if one.title.carried and one.title.carried.words == known.words:
        return _compatible(one.title.carried, known) and _borne_by_one(one, known, entry)
    return False


def _borne_by_one(one: Cited, inner: Title, entry: KnownInstrument) -> bool:
    if len(inner.words) < SHORTEST:
        return False
    bodies = set(read_title(entry.title).bodies) | set(_listed_bodies(entry))
    mine = {*one.title.bodies, *((one.issuer,) if one.issuer else ())}
    return bool(mine & bodies) if mine else _distinct(inner, entry)


def _distinct(title: Title, entry: KnownInstrument) -> bool:
    """Whether the words say of which place the text is, so that no other place's text bears them; a law needs no place."""
    names = [*entry.issuers, *_opening(entry)]
    places = [body for name in names if (body := resolve(name)).jurisdiction]
    if not places:
        return False
    if all(body.level == "national" for body in places):
        return bool(STATUTE.search(title.words) or NATIONAL.search(title.words))
    return any(_names(title.words, body.jurisdiction or "") for body in places)


def _opening(entry: KnownInstrument) -> Sequence[str]:
    from ingest.masthead.title import title_issuers

    return title_issuers(fold(entry.title))


def _names(words: str, place: str) -> bool:
    """Whether a title names a place, in full or without 省, 市 …"""
    from ingest.registry.jurisdictions import find_place

    found = find_place(place)
    forms = (found.full_name, found.name, found.short) if found else ()
    return any(len(form) > 1 and form in words for form in forms)


def _compatible(one: Title, known: Title) -> bool:
    """Years and 试行 that the citation gives must be the entry's; what it leaves out is no objection."""
    return (not one.years or one.years == known.years) and (not one.trial or known.trial)


def _same_words(one: Cited, entry: KnownInstrument) -> bool:
    return one.title.words == read_title(entry.title).words


def _same_endings(one: Cited, entry: KnownInstrument) -> bool:
    known = read_title(entry.title)
    known = known.carried if known.carried and known.carried.words == one.title.words else known
    return (one.title.years, one.title.trial) == (known.years, known.trial)
