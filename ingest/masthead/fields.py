"""The fields of a document from its head, its foot and its website's table: every candidate, and the reason of each choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.citations.known import is_national
from ingest.masthead.candidates import Candidates, find_candidates
from ingest.masthead.head import Head, read_head, restarted
from ingest.masthead.issuers import is_organisation, read_issuers, with_place
from ingest.masthead.metadata import ORIGIN
from ingest.masthead.nature import read_nature
from ingest.masthead.title import FILE, place_of_title, read_kind, statutes, title_issuers, without_site
from ingest.patterns import load_patterns
from ingest.records import DocumentFields, FieldCandidate, Passage, Provision
from ingest.registry.bodies import resolve
from ingest.registry.jurisdictions import COUNTRY, Place, find_place, letters, lies_in, places_in
from ingest.source_text import SourceText, fold

_TAIL = re.compile(r"(?:令|公告)第[^第]+号$")
_LISTED = re.compile(r"[,，]\s*")


def read_fields(source: SourceText, provisions: Sequence[Provision], boilerplate: Sequence[Passage]) -> DocumentFields:
    """The document's fields. A field that the text does not tell is null (or empty)."""
    head = read_head(source, provisions, boilerplate)
    fields = _Choice(source, head, find_candidates(source, head)).choose()
    if (carried := _approved(fields.title)) and (below := restarted(head, carried, provisions)):
        fields = _Choice(source, below, find_candidates(source, below)).choose()
    return fields


def _approved(title: str | None) -> str | None:
    """The title of the text that a decision of a higher congress approves and carries."""
    pattern = load_patterns(FILE, "approves")[0].regex
    match = pattern.search("".join(fold(title or "").split()))
    return match["carried"] if match else None


class _Choice:
    """The choice of each field among its candidates, with the reason."""

    def __init__(self, source: SourceText, head: Head, found: Candidates) -> None:
        self.source = source
        self.head = head
        self.found = found
        self.chosen: dict[str, str] = {}

    def choose(self) -> DocumentFields:
        title = self._title()
        issuers = self._issuers(title)
        place = self._place(title, issuers)
        kind = self._kind(title)
        official = bool(kind or "doc_number" in self.found or self.head.addressees)
        nature, rule = read_nature(self.source, title, kind, official, shown="published_on" in self.found)
        if rule:
            self.chosen["nature"] = rule
        return DocumentFields(
            title=title,
            doc_number=self._number(),
            issuers=issuers,
            jurisdiction=place.full_name if place else None,
            level=place.level if place else None,
            kind=kind,
            issued_on=self._issued_on(kind),
            published_on=self._first("published_on", "metadata", "sidecar"),
            addressees=self._addressees(),
            nature=nature,
            chosen=self.chosen,
            candidates=tuple(c for group in self.found.values() for c in group),
        )

    def _first(self, field: str, *places: str) -> str | None:
        """The first candidate from the first of the places that has one."""
        for place in places:
            for candidate in self.found.get(field, ()):
                if candidate.place == place:
                    return self._take(candidate)
        return None

    def _take(self, candidate: FieldCandidate) -> str:
        self.chosen[candidate.field] = candidate.rule
        return candidate.value

    def _title(self) -> str | None:
        """The printed title; the table's where none is printed, or where it adds the issuer to the printed one."""
        printed = [c for c in self.found.get("title", ()) if c.place == "masthead"]
        told = [c for c in self.found.get("title", ()) if c.place not in ("masthead", "file_name")]
        for candidate in told:
            same = [c for c in printed if _plain(c.value) == _plain(candidate.value)]
            if same:
                self.chosen["title"] = same[0].rule
                return min(same[0].value, candidate.value, key=_blanks)  # a red head spaces its letters out
        both = [c for c in told if printed and _plain(c.value).endswith(_plain(printed[0].value))]
        named = [c for c in self.found.get("title", ()) if c.place == "file_name"]
        best = next(iter([*both[:1], *printed, *told, *named]), None)
        if best is None:
            return None
        self.chosen["title"] = best.rule
        return without_site(best.value)

    def _number(self) -> str | None:
        """The table's number, else the printed one; the printed one where the table only shortens who gave a decree."""
        told, printed = ([c for c in self.found.get("doc_number", ()) if c.place == p] for p in ("metadata", "masthead"))
        for candidate in printed:
            tail = _TAIL.search(candidate.value)
            if told and tail and told[0].value.endswith(tail[0]) and len(candidate.value) > len(told[0].value):
                return self._take(candidate)
        return self._first("doc_number", "metadata", "masthead", "sidecar")

    def _issuers(self, title: str | None) -> tuple[str, ...]:
        """Those that the title names, else who passed a statute, else the signature, else the table's, else the origin."""
        if title and (named := title_issuers(fold(title))):
            self.chosen["issuers"] = "masthead.title_issuer"
            return named
        for place in ("enacted", "signature", "masthead", "head"):
            group = [c for c in self.found.get("issuers", ()) if c.place == place]
            if group:
                self.chosen["issuers"] = group[0].rule
                return (group[0].value,) if place == "enacted" else _first_block(group)
        here = self._here(title)
        for candidate in sorted(self.found.get("issuers", ()), key=lambda c: c.place == ORIGIN):
            if names := read_issuers(candidate.value):
                self.chosen["issuers"] = candidate.rule
                return tuple(with_place(name, here) for name in names)
        return ()

    def _place(self, title: str | None, issuers: tuple[str, ...]) -> Place | None:
        """The first issuer's place; else that which the title begins with; else what number, addressees or website show."""
        on = next((c.value for c in self.found.get("issued_on", ())), None)
        here = self._here(title)
        for issuer in issuers:
            body = resolve(issuer, here, on)
            if body.jurisdiction and (place := find_place(body.jurisdiction, here, on)):
                self.chosen["jurisdiction"] = "masthead.issuer_place"
                return place
        if title and (named := place_of_title(fold(title))):
            self.chosen["jurisdiction"] = "masthead.title_place"
            return named
        number = next((c.value for c in self.found.get("doc_number", ())), "")
        if number and (place := letters().get(number[0])):
            self.chosen["jurisdiction"] = "masthead.number_letter"
            return place
        if title and not issuers and self._publisher_place() is None and is_national(fold(title)):
            self.chosen["jurisdiction"] = "masthead.national_statute"
            return COUNTRY
        if self._is_central(number):
            self.chosen["jurisdiction"] = "masthead.central_text"
            return COUNTRY
        return here and (_place_inside(fold(title or ""), here) or here)

    def _is_central(self, number: str) -> bool:
        """Whether the text addresses all provinces or bears a ministry's number, as only texts of the centre do."""
        line = self.head.addressees
        subjects = (("central_addressees", line.text if line else ""), ("central_number", fold(number)))
        return any(load_patterns(FILE, table)[0].regex.search(text) for table, text in subjects)

    def _here(self, title: str | None) -> Place | None:
        """The place of whoever publishes the text, else of the website on which it stands."""
        return self._publisher_place() or self._website_place(title)

    def _publisher_place(self) -> Place | None:
        """The place that the website's table names as publisher."""
        return _first_place(c.value for c in self.found.get("issuers", ()) if c.place in ("metadata", ORIGIN))

    def _website_place(self, title: str | None) -> Place | None:
        """The place in the website's name, as it tells it or as the page's title has it beside the text's own."""
        plain = fold(title or "")
        tags = [fold(c.value) for c in self.found.get("title", ()) if c.place == "title_tag"]
        beside = [tag.replace(plain, " ") for tag in tags if plain and plain in tag]
        return _first_place([*(c.value for c in self.found.get("site", ())), *beside])

    def _issued_on(self, kind: str | None) -> str | None:
        """The note of a statute, else table, signature, head, else a statute's file name; never the page's own day."""
        shown = next((c.value for c in self.found.get("published_on", ()) if c.place == "metadata"), None)
        days = self.found["issued_on"] = [c for c in self.found.get("issued_on", ()) if c.place != "head" or c.value != shown]
        late = [c for c in days if c.place == "metadata" and shown and c.value > shown]
        if late and any(c.place == "signature" and c.value <= (shown or "") for c in days):
            return self._first("issued_on", "enacted", "signature", "head", "sidecar")
        last = ("file_name",) if kind in statutes() else ()
        return self._first("issued_on", "enacted", "metadata", "signature", "head", "sidecar", *last)

    def _addressees(self) -> tuple[str, ...]:
        line = self.head.addressees
        if line is None:
            return ()
        self.chosen["addressees"] = "masthead.addressees_line"
        written = self.source.text[line.start : line.end].rstrip(":： ")
        parts = [part for part in _LISTED.split(written) if part]
        names = written.split("、")
        return tuple(names if len(parts) == 1 and all(len(n) > 3 and is_organisation(fold(n)) for n in names) else parts)

    def _kind(self, title: str | None) -> str | None:
        if title and (kind := read_kind(fold(title))):
            self.chosen["kind"] = self.chosen.get("title", "")
            return kind
        opening = "\n".join(line.text for line in self.head.after[:6])
        for pattern in load_patterns(FILE, "self_named"):
            if match := pattern.regex.search(opening):
                self.chosen["kind"] = f"masthead.self_named:{pattern.name}"
                return match["genre"]
        return None


def _first_block(group: list[FieldCandidate]) -> tuple[str, ...]:
    """The signers of the first signature: candidates that stand close together."""
    block = [group[0]]
    for candidate in group[1:]:
        if (candidate.start or 0) - (block[-1].end or 0) > 40:
            break
        block.append(candidate)
    return tuple(dict.fromkeys(c.value for c in block))


def _place_inside(title: str, above: Place) -> Place | None:
    """The first place that a title names within a greater one."""
    inside = (named.place for named in places_in(title) if lies_in(named.place, above))
    return next((place for place in inside if place.id != above.id), None)


def _first_place(names: Iterable[str]) -> Place | None:
    """The first place that any of the names has in it."""
    return next((named[0].place for name in names if (named := places_in(fold(name)))), None)


def _blanks(title: str) -> int:
    return sum(char.isspace() for char in title)


def _plain(title: str) -> str:
    return "".join(fold(title).split())
