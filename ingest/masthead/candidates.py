"""Every candidate for a document's fields, with the place it was read from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ingest.doc_numbers import find_doc_numbers
from ingest.lines import Line, lines_of
from ingest.masthead.dates import find_dates
from ingest.masthead.enacted import enacted_candidates
from ingest.masthead.head import Head
from ingest.masthead.issuers import Signature, is_organisation, read_issuers, read_signatures
from ingest.masthead.metadata import metadata_candidates, read_cells
from ingest.masthead.title import FILE, is_menu, printed_titles, read_kind, title_issuers, titles_above
from ingest.patterns import load_patterns
from ingest.records import FieldCandidate
from ingest.source_text import SourceText, fold, squeeze

Candidates = dict[str, list[FieldCandidate]]
_SURE = 8
"""A file's name shorter than this says too little to be a title."""
_LONGEST_VALUE = 500
"""What a page's table gives as a value is no field when it is longer."""
_FOOT = 15
"""Lines at the foot of a page in which a table of metadata may stand."""
_NOTE = 12
"""Lines below a title printed once more that may hold the note of who passed it."""
_LONGEST = 60
"""No line that only says who and when is longer."""
_DATE = 20
"""No date is longer than this."""
_FILE_DAY = re.compile(r"\((?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)\)\.\w{2,5}$")
_GOES_ON = re.compile(r" ?[发印公颁批通决第以之前后至起的]")
_GAPPED = re.compile(
    r"(?:^|(?<=[。;!) \n]))(?P<names>[一-龥()]{4,30}(?: {2,}[一-龥()]{4,30}){0,4}) {2,}(?=(?:19|20|二)\S{3,14}日)", re.M
)
_NAME = re.compile(r"\S+")
_CARRIES = re.compile(r"(?:印发|转发|批转|下发|发布|公布)$")
_NAMES_FILE, _SUFFIX = re.compile(r"[\w)]\.(?:docx?|pdf|wps|xlsx?|ofd|rar|zip)$", re.I), 8
_BRACKETED = re.compile(r"^[\s(\[]*|[\s)\]]*$")


def find_candidates(source: SourceText, head: Head) -> Candidates:
    """Candidates by field, in the order in which they are preferred within one place."""
    cells = read_cells(head.lines)
    foot = read_cells([line for line in head.after[-_FOOT:] if ":" in line.text])
    taken = {cell.line for cell in cells} | {cell.start for cell in cells}
    free = [line for line in head.lines if line.start not in taken]
    known = (c for c in source.metadata if len(c.value) <= _LONGEST_VALUE)
    every: list[FieldCandidate] = [*known, *metadata_candidates(cells, source.text)]
    every.extend(c for c in metadata_candidates(foot, source.text) if c.field in ("issuers", "issued_on", "published_on"))
    every.extend(printed_titles(free, source.text))
    every.extend(titles_above(head.lines, {cell.line for cell in cells}, source.text))
    first = next((c for c in every if c.field == "title"), None)
    title = fold(first.value) if first else None
    official = head.addressees is not None or (first is not None and first.rule != "masthead.heading_line")
    every.extend(_file_name(source))
    every.extend(_delivered(free))
    every.extend(_decrees(free))
    every.extend(_numbers(free))
    every.extend(enacted_candidates([*free, *_below_title(head.after, title)], title))
    every.extend(_signed(read_signatures(head.after), lone_dates=official))
    every.extend(_dated(free, known=title is not None))
    every.extend(_signed_inside(source, title, every))
    every.extend(_signed_last(source.folded, every))
    every.extend(_attached(lines_of(source), [c.value for c in every if c.field == "title"]))
    grouped: Candidates = {}
    for candidate in every:
        grouped.setdefault(candidate.field, []).append(candidate)
    return grouped


def _below_title(lines: Sequence[Line], title: str | None) -> list[Line]:
    """The lines under each place where the title is printed once more, behind a translation or a table."""
    plain = "".join((title or "").split())
    found = [i for i, line in enumerate(lines) if plain and "".join(line.text.split()) == plain]
    return [line for i in found for line in lines[i + 1 : i + 1 + _NOTE]]


def _dated(lines: Sequence[Line], known: bool) -> Iterator[FieldCandidate]:
    """Lines of the head that say when, or who and when, and nothing else (``known``: there is a title to say it of)."""
    for line in lines if known else ():
        date = next(find_dates(line.text), None)
        if date is None or date.timed or len(line.text) > _LONGEST:
            continue
        match = next((m for p in load_patterns(FILE, "dated_by") if (m := p.regex.match(line.text))), None)
        names = read_issuers(match["body"]) if match else ()
        if not names and line.text.strip("() ") != line.text[date.start : date.end]:
            continue
        for name in names:
            at = line.start + line.text.find(name)
            yield _found("issuers", name, "head", "masthead.dated_line", at, at + len(name))
        yield _found("issued_on", date.value, "head", "masthead.dated_line", line.start + date.start, line.start + date.end)


def _signed_inside(source: SourceText, title: str | None, found: Sequence[FieldCandidate]) -> Iterator[FieldCandidate]:
    """In a text that lost its line breaks: an issuer's name with a date directly behind it, which no sentence goes on after."""
    if any(c.place == "signature" and c.field == "issued_on" for c in found):
        return
    names = dict.fromkeys([*(title_issuers(title) if title else ()), *(fold(c.value) for c in found if c.field == "issuers")])
    for name in filter(is_organisation, names):
        for match in re.finditer(rf"{re.escape(name)} *(?=(?:19|20|二)\S)", source.folded):
            date = next(find_dates(source.folded[match.end() : match.end() + _DATE]), None)
            if date and date.start == 0 and not _GOES_ON.match(source.folded, match.end() + date.end):
                yield _found("issuers", name, "signature", "masthead.signed_inside", match.start(), match.start() + len(name))
                start, end = match.end(), match.end() + date.end
                yield _found("issued_on", date.value, "signature", "masthead.signed_inside", start, end)
                return


def _signed_last(folded: str, found: Sequence[FieldCandidate]) -> Iterator[FieldCandidate]:
    """In a text that lost its line breaks: bodies with gaps between them, a gap, a date, where nobody else signs."""
    if any(c.place == "signature" for c in found) or any(c.field == "issuers" for c in found):
        return
    for match in _GAPPED.finditer(folded):
        names = list(_NAME.finditer(match["names"]))
        date = next(find_dates(folded[match.end() : match.end() + _DATE]), None)
        if date is None or date.start or not all(is_organisation(name[0]) for name in names):
            continue
        for name in names:
            start = match.start("names") + name.start()
            yield _found("issuers", name[0], "signature", "masthead.signed_last", start, start + len(name[0]))
        yield _found("issued_on", date.value, "signature", "masthead.signed_last", match.end(), match.end() + date.end)
        return


def _file_name(source: SourceText) -> Iterator[FieldCandidate]:
    """A title that the file's name holds whole (without a number or a shelf mark before it), and a day in brackets."""
    if day := _FILE_DAY.search(source.name):
        yield FieldCandidate(field="issued_on", value=day["day"], place="file_name", rule="masthead.file_name")
    stem = re.sub(r"(?:\([\d-]{8,10}\))?\.\w{2,5}$", "", source.name.rsplit("/", 1)[-1])
    for part in (re.sub(r"^(?:[A-Za-z]{0,8}\d*[_-])+", "", stem), *stem.split("_")):
        whole = part if part.count("《") == part.count("》") else _completed(part, source)
        if len(whole) > _SURE and read_kind(fold(whole)) and not is_menu(fold(whole)):
            yield FieldCandidate(field="title", value=whole, place="file_name", rule="masthead.file_name")
            return


def _completed(part: str, source: SourceText) -> str:
    """A notice's title cut short inside 《》, with the one title in the text that goes on like that; empty when none does."""
    before, _, begun = part.rpartition("《")
    if not begun or not _CARRIES.search(before):
        return ""
    goes_on = re.compile(rf"《(?P<title>{re.escape(fold(begun))}[^《》。]{{0,60}})》")
    found = {source.text[m.start("title") : m.end("title")] for m in goes_on.finditer(source.folded)}
    return f"{before}《{found.pop()}》的通知" if len(found) == 1 else ""


def _delivered(lines: Sequence[Line]) -> Iterator[FieldCandidate]:
    """The day on which a report was given to a congress, as the line below its title says."""
    for line in lines:
        match = load_patterns(FILE, "delivered")[0].regex.match(line.text)
        date = next(find_dates(match["day"]), None) if match else None
        if match and date:
            start = line.start + match.start("day")
            yield _found("issued_on", date.value, "enacted", "masthead.delivered", start, start + date.end)


def _attached(lines: Sequence[Line], titles: Sequence[str]) -> Iterator[FieldCandidate]:
    """The number before the text's own title in the name of a file attached (临政发〔2013〕26号…的通知.doc)."""
    known = {squeeze(title) for title in titles}
    for line in lines:
        number = next(iter(find_doc_numbers(line.text)), None) if _NAMES_FILE.search(line.text[-_SUFFIX:]) else None
        if number and not number.start and squeeze(line.text[number.end :].rpartition(".")[0]) in known:
            yield _found("doc_number", number.value, "masthead", "masthead.attached_file", line.start, line.start + number.end)


def _decrees(lines: Sequence[Line]) -> Iterator[FieldCandidate]:
    """A decree's number over two lines: who gives it, then the count (江西省人民政府令 / 第223号)."""
    act, count = load_patterns(FILE, "decree_line")[0].regex, load_patterns(FILE, "decree_count")[0].regex
    for line, below in itertools.pairwise(lines):
        above, number = act.match(line.text.replace(" ", "")), count.match(below.text)
        if above and number:
            value = above["act"] + "".join(number["count"].split())
            yield _found("doc_number", value, "masthead", "masthead.decree_lines", line.start, below.end)
            body = re.sub(r"(?:令|公告)$", "", above["act"])
            if is_organisation(body):
                yield _found("issuers", body, "masthead", "masthead.decree_number", line.start, line.end)


def _numbers(lines: Sequence[Line]) -> Iterator[FieldCandidate]:
    """Lines of the head that are a document number and nothing else, or have a title or issuers beside it."""
    for line in lines:
        number = next(iter(find_doc_numbers(line.text)), None) if len(line.text) <= _LONGEST_VALUE else None
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
