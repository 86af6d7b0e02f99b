"""The fields of a document, read from its head, its foot and its website's table; every candidate is kept, every choice explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.bodies import resolve
from ingest.doc_numbers import find_doc_numbers
from ingest.jurisdictions import Place, find_place, letters, places_in
from ingest.lines import Line
from ingest.masthead_dates import first_date
from ingest.masthead_head import Head, read_head
from ingest.masthead_issuers import Signature, read_issuers, read_signatures
from ingest.masthead_metadata import metadata_candidates, read_cells
from ingest.masthead_title import FILE, printed_titles, read_kind, title_issuers
from ingest.patterns import load_patterns
from ingest.records import DocumentFields, FieldCandidate, Nature, Passage, Provision
from ingest.source_text import SourceText, fold

Candidates = dict[str, list[FieldCandidate]]
_HEAD_OF_TEXT = 4000
_BRACKETED = re.compile(r"^[\s(\[]*|[\s)\]]*$")


def read_fields(source: SourceText, provisions: Sequence[Provision], boilerplate: Sequence[Passage]) -> DocumentFields:
    """The document's fields. A field that the text does not tell is null (or empty)."""
    head = read_head(source, provisions, boilerplate)
    found = _candidates(source, head)
    fields = _Choice(source, head, found)
    return fields.choose()


def _candidates(source: SourceText, head: Head) -> Candidates:
    """Every candidate by field, in the order in which they are preferred within one place."""
    cells = read_cells(head.lines)
    spans = [(cell.start, cell.end) for cell in cells]
    taken = {line.start for line in head.lines if any(line.start <= start < line.end for start, _ in spans)}
    free = [line for line in head.lines if line.start not in taken]
    every: list[FieldCandidate] = [*source.metadata, *metadata_candidates(cells, source.text)]
    every.extend(printed_titles(free, source.text))
    every.extend(_numbers(free))
    every.extend(_enacted(source, head))
    every.extend(_signed(read_signatures(head.after)))
    grouped: Candidates = {}
    for candidate in every:
        grouped.setdefault(candidate.field, []).append(candidate)
    return grouped


def _numbers(lines: Sequence[Line]) -> Iterator[FieldCandidate]:
    """Lines of the head that are a document number and nothing else, or that begin with one before the title."""
    for line in lines:
        number = next(iter(find_doc_numbers(line.text)), None)
        if number is None or _BRACKETED.sub("", line.text[: number.start]):
            continue
        rest = _BRACKETED.sub("", line.text[number.end :])
        place = "masthead" if not rest or not rest[0].isdigit() else ""
        if place and (not rest or len(rest) > 6):
            start, end = line.start + number.start, line.start + number.end
            yield FieldCandidate(field="doc_number", value=number.value, place=place, rule="masthead.number_line", start=start, end=end)


def _enacted(source: SourceText, head: Head) -> Iterator[FieldCandidate]:
    """When and by whom a statute was passed, and when last amended (yielded last to first)."""
    text = "\n".join(line.text for line in head.lines)
    found = []
    for pattern in load_patterns(FILE, "enacted"):
        for match in pattern.regex.finditer(text):
            if date := first_date(match["date"]):
                found.append((date, match, pattern.name))
    for date, match, name in sorted(found, key=lambda item: item[0], reverse=True):
        start = source.folded.find(match[0])
        span = (start, start + len(match[0])) if start >= 0 else (None, None)
        yield FieldCandidate(field="issued_on", value=date, place="enacted", rule=f"masthead.enacted:{name}", start=span[0], end=span[1])
        body = match.groupdict().get("body")
        if body:
            issuer = re.sub(r"第[一二三四五六七八九十]+届", "", body)
            yield FieldCandidate(field="issuers", value=issuer, place="enacted", rule=f"masthead.enacted:{name}", start=span[0], end=span[1])


def _signed(signatures: Iterator[Signature]) -> Iterator[FieldCandidate]:
    for signature in signatures:
        for name, start, end in signature.issuers:
            yield FieldCandidate(field="issuers", value=name, place="signature", rule="masthead.signature", start=start, end=end)
        date = signature.date
        rule = "masthead.signature" if signature.issuers else "masthead.date_line"
        yield FieldCandidate(field="issued_on", value=date.value, place="signature", rule=rule, start=date.start, end=date.end)


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
        return DocumentFields(
            title=title,
            doc_number=self._first("doc_number", "metadata", "masthead"),
            issuers=issuers,
            jurisdiction=place.full_name if place else None,
            level=place.level if place else None,
            kind=kind,
            issued_on=self._issued_on(),
            published_on=self._first("published_on", "metadata"),
            addressees=self._addressees(),
            nature=self._nature(title, kind),
            chosen=self.chosen,
            candidates=tuple(c for group in self.found.values() for c in group),
        )

    def _first(self, field: str, *places: str) -> str | None:
        """The first candidate from the first of the places that has one; from any place when none are given."""
        for place in places or (None,):
            for candidate in self.found.get(field, ()):
                if place is None or candidate.place == place:
                    self.chosen[field] = candidate.rule
                    return candidate.value
        return None

    def _title(self) -> str | None:
        """The printed title; the table's where none is printed, or where it adds the issuer to the printed one."""
        printed = [c for c in self.found.get("title", ()) if c.place == "masthead"]
        told = [c for c in self.found.get("title", ()) if c.place != "masthead"]
        for candidate in told:
            same = [c for c in printed if _plain(c.value) == _plain(candidate.value)]
            if same:
                self.chosen["title"] = same[0].rule
                return same[0].value
        both = [c for c in told if printed and _plain(c.value).endswith(_plain(printed[0].value))]
        best = both[0] if both else printed[0] if printed else told[0] if told else None
        if best is None:
            return None
        self.chosen["title"] = best.rule
        return best.value

    def _issuers(self, title: str | None) -> tuple[str, ...]:
        """Those that the title names, else who passed a statute, else the signature, else the table's."""
        if title and (named := title_issuers(fold(title), None)):
            self.chosen["issuers"] = "masthead.title_issuer"
            return named
        for place in ("enacted", "signature"):
            group = [c for c in self.found.get("issuers", ()) if c.place == place]
            if group:
                self.chosen["issuers"] = group[0].rule
                return _first_block(group) if place == "signature" else (group[-1].value,)
        for candidate in self.found.get("issuers", ()):
            if names := read_issuers(candidate.value):
                self.chosen["issuers"] = candidate.rule
                return names
        return ()

    def _place(self, title: str | None, issuers: tuple[str, ...]) -> Place | None:
        """The first issuer's place; else that which the title begins with; else the letter of the number's agency."""
        on = next((c.value for c in self.found.get("issued_on", ())), None)
        here = self._site_place()
        for issuer in issuers:
            body = resolve(issuer, here, on)
            if body.jurisdiction and (place := find_place(body.jurisdiction, here, on)):
                self.chosen["jurisdiction"] = "masthead.issuer_place"
                return place
        named = places_in(fold(title)[:20]) if title else ()
        if named and named[0].start == 0:
            self.chosen["jurisdiction"] = "masthead.title_place"
            return named[0].place
        number = next((c.value for c in self.found.get("doc_number", ())), "")
        if number and (place := letters().get(number[0])):
            self.chosen["jurisdiction"] = "masthead.number_letter"
            return place
        return here

    def _site_place(self) -> Place | None:
        """The place that the website's table names as publisher."""
        for candidate in self.found.get("issuers", ()):
            if candidate.place == "metadata" and (named := places_in(fold(candidate.value))):
                return named[0].place
        return None

    def _issued_on(self) -> str | None:
        return self._first("issued_on", "enacted", "metadata", "signature")

    def _addressees(self) -> tuple[str, ...]:
        line = self.head.addressees
        if line is None:
            return ()
        self.chosen["addressees"] = "masthead.addressees_line"
        written = self.source.text[line.start : line.end].rstrip(":： ")
        return tuple(part for part in re.split(r"[,，]\s*", written) if part)

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

    def _nature(self, title: str | None, kind: str | None) -> Nature:
        text = self.source.folded[:_HEAD_OF_TEXT]
        rules = [("nature", fold(title or "")), ("text_nature", text)]
        for table, subject in rules:
            for pattern in load_patterns(FILE, table):
                if pattern.regex.search(subject):
                    self.chosen["nature"] = f"masthead.{table}:{pattern.name}"
                    return pattern.label  # type: ignore[return-value]
        return "normative" if kind or "doc_number" in self.found else "unknown"


def _first_block(group: list[FieldCandidate]) -> tuple[str, ...]:
    """The signers of the first signature: candidates that stand close together."""
    block = [group[0]]
    for candidate in group[1:]:
        if (candidate.start or 0) - (block[-1].end or 0) > 40:
            break
        block.append(candidate)
    return tuple(dict.fromkeys(c.value for c in block))


def _plain(title: str) -> str:
    return "".join(fold(title).split())
