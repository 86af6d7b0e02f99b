"""The fields of a document from its head, its foot and its website's table: every candidate, and the reason of each choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.doc_numbers import find_doc_numbers
from ingest.lines import Line
from ingest.masthead.enacted import enacted_candidates
from ingest.masthead.head import Head, read_head
from ingest.masthead.issuers import Signature, is_organisation, read_issuers, read_signatures
from ingest.masthead.metadata import metadata_candidates, read_cells
from ingest.masthead.title import FILE, is_menu, printed_titles, read_kind, statutes, title_issuers, without_site
from ingest.patterns import load_patterns
from ingest.records import DocumentFields, FieldCandidate, Nature, Passage, Provision
from ingest.registry.bodies import resolve
from ingest.registry.jurisdictions import Place, find_place, letters, places_in
from ingest.source_text import SourceText, fold

Candidates = dict[str, list[FieldCandidate]]
_HEAD_OF_TEXT = 4000
_SURE = 8
"""A file's name shorter than this says too little to be a title."""
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
    taken = {cell.line for cell in cells} | {cell.start for cell in cells}
    free = [line for line in head.lines if line.start not in taken]
    every: list[FieldCandidate] = [*source.metadata, *metadata_candidates(cells, source.text)]
    every.extend(printed_titles(free, source.text))
    first = next((c for c in every if c.field == "title"), None)
    title = fold(first.value) if first else None
    official = head.addressees is not None or (first is not None and first.rule != "masthead.heading_line")
    every.extend(_numbers(free))
    every.extend(enacted_candidates(free, title))
    every.extend(_signed(read_signatures(head.after), lone_dates=official))
    every.extend(_file_name(source.name))
    grouped: Candidates = {}
    for candidate in every:
        grouped.setdefault(candidate.field, []).append(candidate)
    return grouped


def _file_name(name: str) -> Iterator[FieldCandidate]:
    """A title that the file's name holds whole; what precedes it (a number, a shelf mark) is left out."""
    stem = re.sub(r"(?:\([\d-]{8,10}\))?\.\w{2,5}$", "", name.rsplit("/", 1)[-1])
    for part in (re.sub(r"^(?:[A-Za-z]{0,8}\d*[_-])+", "", stem), *stem.split("_")):
        whole = part.count("《") == part.count("》")
        if whole and len(part) > _SURE and read_kind(fold(part)) and not is_menu(fold(part)):
            yield FieldCandidate(field="title", value=part, place="file_name", rule="masthead.file_name")
            return


def _numbers(lines: Sequence[Line]) -> Iterator[FieldCandidate]:
    """Lines of the head that are a document number and nothing else, or have a title or issuers beside it."""
    for line in lines:
        number = next(iter(find_doc_numbers(line.text)), None)
        if number is None:
            continue
        before, rest = (_BRACKETED.sub("", part) for part in (line.text[: number.start], line.text[number.end :]))
        if (before and not read_issuers(before)) or 0 < len(rest) < _SURE:
            continue
        span = line.start + number.start, line.start + number.end
        yield _found("doc_number", number.value, "masthead", "masthead.number_line", *span)
        for name in read_issuers(before) if before else ():
            at = line.start + line.text.find(name)
            yield _found("issuers", name, "masthead", "masthead.number_line", at, at + len(name))
        for pattern in load_patterns(FILE, "decree_number"):
            if (match := pattern.regex.match(number.value)) and is_organisation(match["body"]):
                yield _found("issuers", match["body"], "masthead", "masthead.decree_number", *span)


def _found(field: str, value: str, place: str, rule: str, start: int, end: int) -> FieldCandidate:
    return FieldCandidate(field=field, value=value, place=place, rule=rule, start=start, end=end)


def _signed(signatures: Iterator[Signature], lone_dates: bool) -> Iterator[FieldCandidate]:
    """Signers and dates of signatures; a date that nobody signs counts only where the text is known for a document."""
    for signature in signatures:
        for name, start, end in signature.issuers:
            yield _found("issuers", name, "signature", "masthead.signature", start, end)
        date = signature.date
        rule = "masthead.signature" if signature.issuers else "masthead.date_line"
        if signature.issuers or lone_dates:
            yield _found("issued_on", date.value, "signature", rule, date.start, date.end)


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
        told = [c for c in self.found.get("title", ()) if c.place not in ("masthead", "file_name")]
        for candidate in told:
            same = [c for c in printed if _plain(c.value) == _plain(candidate.value)]
            if same:
                self.chosen["title"] = same[0].rule
                return same[0].value
        both = [c for c in told if printed and _plain(c.value).endswith(_plain(printed[0].value))]
        named = [c for c in self.found.get("title", ()) if c.place == "file_name"]
        best = next(iter([*both[:1], *printed, *told, *named]), None)
        if best is None:
            return None
        self.chosen["title"] = best.rule
        return without_site(best.value)

    def _issuers(self, title: str | None) -> tuple[str, ...]:
        """Those that the title names, else who passed a statute, else the signature, else the table's."""
        if title and (named := title_issuers(fold(title))):
            self.chosen["issuers"] = "masthead.title_issuer"
            return named
        for place in ("enacted", "signature", "masthead"):
            group = [c for c in self.found.get("issuers", ()) if c.place == place]
            if group:
                self.chosen["issuers"] = group[0].rule
                return (group[0].value,) if place == "enacted" else _first_block(group)
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
        subjects = [("nature", fold(title or ""))]
        if kind is None:
            subjects.append(("text_nature", self.source.folded[:_HEAD_OF_TEXT]))
        for table, subject in subjects:
            for pattern in load_patterns(FILE, table):
                if pattern.regex.search(subject) and not (pattern.label == "list" and kind in statutes()):
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
