"""How a citation finds the instrument it names, and an instrument the documents held of it. Pure functions.

A *work* is one way of naming an instrument: (title, number), either possibly empty. Citations and documents have one each;
works with the same number are one instrument, and a title without number joins the number it is always seen with.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from graph.bodies_of import full_name
from graph.identity import digest
from ingest.doc_numbers import normalise_doc_number
from ingest.records import Citation, DocumentFields
from ingest.registry.jurisdictions import Place
from ingest.source_text import squeeze

COUNTRY_PREFIX = "中华人民共和国"
EDITION = re.compile(r"\((?:\d{4}年?)?(?:第.{1,3}次)?(?:修正|修订|修改|修正案|修订案|修正本|修订本)\)$")
"""（2018修正）, （2015年修订）, （修订）: an edition of a statute, not another statute. （试行） stays."""
WITHOUT_ISSUER = re.compile(r"^(?:关于|印发|转发|批转)")
STATUTE = re.compile(r"(?:法|条例|法典|宪法)$")


@dataclass(frozen=True)
class Work:
    """One way of naming an instrument; an empty string where a part is not given.

    ``within`` is set for a title that does not say whose it is: the place of the text that cites it.
    """

    title: str
    doc_number: str
    within: str = ""


def normal_title(title: str) -> str:
    """A title as compared: without 《》, white space, the country's name before a statute, and the edition. Years stay.

    >>> normal_title("《中华人民共和国老年人权益保障法》（2018修正）")
    '老年人权益保障法'
    """
    plain = squeeze(title).replace("〈", "《").replace("〉", "》")
    plain = EDITION.sub("", plain.replace("(2018年修正文本)", ""))
    if plain.startswith("《") and plain.endswith("》"):
        plain = plain[1:-1]
    plain = EDITION.sub("", plain)
    if plain.startswith(COUNTRY_PREFIX) and STATUTE.search(plain):
        plain = plain[len(COUNTRY_PREFIX) :]
    return plain


def cited_works(
    citations: Sequence[Citation],
    place: Place | None,
    on: str | None,
    known: Callable[[Citation], Work | None] | None = None,
) -> list[Work | None]:
    """The work that each citation of one text names; null for ``self``, which names none.

    A title that begins with 关于 does not say whose it is. It is completed with its issuer where that is certain
    (省政府办公厅《关于…》 in a text of 吉安), else takes the number that the same text gives it elsewhere, else stays
    one of the citing place. ``known`` finds the work of an instrument that a list knows, which goes before all this.
    """
    works = [_cited_work(citation, place, on, known) for citation in citations]
    numbers: dict[str, set[str]] = defaultdict(set)
    for work in works:
        if work and work.doc_number and work.title:
            numbers[work.title].add(work.doc_number)
    return [work and _complete(work, numbers[work.title], place) for work in works]


def _complete(work: Work, numbers: set[str], place: Place | None) -> Work:
    if work.doc_number or not WITHOUT_ISSUER.match(work.title):
        return work
    if len(numbers) == 1:
        return Work(work.title, next(iter(numbers)))
    return Work(work.title, "", within=place.full_name if place else "?")


def _cited_work(
    citation: Citation, place: Place | None, on: str | None, known: Callable[[Citation], Work | None] | None
) -> Work | None:
    if citation.kind == "self":
        return None
    if known and (found := known(citation)):
        return found
    number = citation.doc_number or ""
    title = normal_title(citation.full_title or citation.title)
    if number and normalise_doc_number(citation.title) == number:
        title = ""
    if citation.issuer and WITHOUT_ISSUER.match(title):
        title = (full_name(citation.issuer, place, on) or "") + title
    return Work(title, number) if title or number else None


def document_work(fields: DocumentFields) -> Work | None:
    """The work that a held document is a text of."""
    title = normal_title(fields.title or "")
    if len(fields.issuers) == 1 and WITHOUT_ISSUER.match(title):
        title = squeeze(fields.issuers[0]) + title
    if WITHOUT_ISSUER.match(title) and not fields.doc_number:
        return Work(title, "", within=f"{fields.jurisdiction or '?'}, held")
    return Work(title, fields.doc_number or "") if title or fields.doc_number else None


def instrument_key(work: Work, numbers: Collection[str]) -> str:
    """What the instrument of a work is known by. ``numbers`` are all numbers seen with the work's title.

    A title seen with two numbers names two instruments: without a number it stays by itself, for we do not guess.
    """
    if work.doc_number:
        return f"number|{work.doc_number}"
    if len(numbers) == 1 and not work.within:
        return f"number|{next(iter(numbers))}"
    return f"title|{work.within}|{work.title}"


def instrument_id(key: str) -> str:
    """A hash of the key, with a letter that tells it from a document's id."""
    return "i" + digest(key, 15)
