"""The note under a statute's title: who passed it and when, when it was last amended."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.masthead.dates import find_dates
from ingest.patterns import first_match, load_patterns
from ingest.records import FieldCandidate
from ingest.registry.jurisdictions import COUNTRY, Place, places_in

FILE = "masthead.toml"
_OPENS = re.compile(r"^[(\s]*(?:根据|自)?(?:(?:19|20)\d\d|[一二][〇○零oO0一二三四五六七八九]{3})\s*年")
_PROSE = re.compile(r"。.|^.{0,60}[为了](?:贯彻|进一步|规范|加强)")
_LONGEST_CLAUSE = 300


@dataclass(frozen=True, slots=True)
class Clause:
    """One step in a statute's life: ``act`` is passed, amended or decreed; ``body`` who did it, null when not told."""

    act: str
    date: str
    body: str | None
    start: int
    end: int


def enacted_candidates(lines: Sequence[Line], title: str | None) -> Iterator[FieldCandidate]:
    """The day of this text first, then who passed it first; nothing where the head has no such note."""
    clauses = _of_place([*_clauses(lines), *_promulgated(lines)], title)
    steps = [c for c in clauses if c.act != "decreed"] or clauses
    if not steps:
        return
    last = max(steps, key=lambda c: (c.date, -c.start))
    yield _candidate("issued_on", last.date, last)
    for clause in sorted(clauses, key=lambda c: (c.act != "passed", c.act != "decreed", c.date)):
        if clause.body:
            yield _candidate("issuers", clause.body, clause)


def _candidate(field: str, value: str, clause: Clause) -> FieldCandidate:
    rule = f"masthead.enacted:{clause.act}"
    return FieldCandidate(field=field, value=value, place="enacted", rule=rule, start=clause.start, end=clause.end)


def _of_place(clauses: list[Clause], title: str | None) -> list[Clause]:
    """Only the clauses of the place that the title begins with, where there are any: pages mix up notes of two laws."""
    named = places_in(title[:16]) if title else ()
    if not named or named[0].start or named[0].place is COUNTRY:
        return clauses
    return [c for c in clauses if c.body is None or _place(c.body) == named[0].place] or clauses


def _place(body: str) -> Place | None:
    named = places_in(body)
    return named[0].place if named and named[0].start == 0 else None


def _clauses(lines: Sequence[Line]) -> Iterator[Clause]:
    text, offsets = _note(lines)
    dates = list(find_dates(text))
    for date, after in itertools.zip_longest(dates, dates[1:]):
        end = min(after.start if after else len(text), date.end + _LONGEST_CLAUSE)
        words = text[date.end : end].lstrip("经由")
        if act := first_match(load_patterns(FILE, "enacted"), words):
            yield Clause(act.label, date.value, _body(words), offsets[date.start], offsets[end - 1] + 1)


def _promulgated(lines: Sequence[Line]) -> Iterator[Clause]:
    """《…》已经2003年5月13日国务院第8次常务会议讨论通过,现予公布: passed on that day by that body."""
    for line in lines:
        match = load_patterns(FILE, "promulgated")[0].regex.match(line.text)
        date = next(find_dates(match["words"]), None) if match else None
        if match and date:
            words = match["words"]
            body = _body(words[date.end :].lstrip("经由")) or _body(words[: date.start])
            yield Clause("passed", date.value, body, line.start + match.start("words"), line.start + match.end())


def _body(words: str) -> str | None:
    for pattern in load_patterns(FILE, "enacted_body"):
        if match := pattern.regex.match(words):
            return pattern.label.format(**{k: v or "" for k, v in match.groupdict().items()})
    return None


def _note(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines of the note run together without blanks, and the offset of each character."""
    characters: list[tuple[str, int]] = []
    inside = False
    for line in lines:
        opens = bool(_OPENS.match(line.text)) and not _PROSE.search(line.text)
        if not opens and not (inside and not _closed(characters)):
            inside = False
            continue
        inside = True
        characters.extend((c, line.start + i) for i, c in enumerate(line.text) if c != " ")
    return "".join(c for c, _ in characters), [at for _, at in characters]


def _closed(characters: list[tuple[str, int]]) -> bool:
    """Whether every bracket opened so far is closed."""
    return sum({"(": 1, ")": -1}.get(c, 0) for c, _ in characters) <= 0
