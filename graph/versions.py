"""The versions of an instrument that are held, with the days of their force, and the one that a text of some day meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from graph.protocol import Reader
from graph.rows import DocumentBrief, DocumentRow, InstrumentRow, Row
from ingest.records import Effect

Match = Literal["at_date", "nearest"]
ENDING: tuple[Effect, ...] = ("repeals", "replaces")
MOST_REPEALS = 50


class Version(Row, frozen=True, kw_only=True):
    """One text of an instrument. Days are ISO and null where nothing held tells them: no evidence is no statement.

    ``ended_on`` is the first day without force, by its own term (``ended_by`` null) or by the text that repeals it.
    """

    document: DocumentBrief
    passed_on: str | None
    effective_on: str | None
    ended_on: str | None = None
    ended_by: DocumentBrief | None = None

    @property
    def begins(self) -> str | None:
        """The day from which it counts."""
        return self.effective_on or self.passed_on


class CitedVersion(Row, frozen=True, kw_only=True):
    """The version that a citation means: ``at_date`` the newest held on the citing day, ``nearest`` only the nearest held."""

    document: DocumentBrief
    match: Match


def versions_of(reader: Reader, row: InstrumentRow) -> tuple[Version, ...]:
    """The versions held of an instrument, newest first."""
    held = [document for brief in row.held if (document := reader.document(brief.id))]
    repeals = tuple(_repeals(reader, row.id)) if held else ()
    made = [_version(document, repeals) for document in held]
    return tuple(sorted(made, key=lambda version: (version.begins or "", version.document.id), reverse=True))


def version_on(versions: Sequence[Version], day: str | None) -> CitedVersion | None:
    """The version in force on a day as far as is known, else the nearest held, marked so; null when none is held.

    >>> version_on((), "2020-01-01") is None
    True
    """
    if not versions:
        return None
    ordered = sorted(versions, key=lambda version: (version.begins or "", version.document.id))
    if day is None:
        return CitedVersion(document=ordered[-1].document, match="nearest")
    before = [version for version in ordered if version.begins and version.begins <= day]
    if not before:
        dated = [version for version in ordered if version.begins]
        return CitedVersion(document=(dated or ordered)[0].document, match="nearest")
    last = before[-1]
    over = last.ended_on is not None and last.ended_on <= day
    return CitedVersion(document=last.document, match="nearest" if over else "at_date")


def _version(document: DocumentRow, repeals: Sequence[tuple[str, DocumentBrief]]) -> Version:
    fields = document.fields
    passed = fields.issued_on or fields.published_on
    ends = [(day, by) for day, by in repeals if by.id != document.id and (passed is None or passed < day)]
    ended, by = min(ends, key=lambda end: end[0], default=(None, None))
    if fields.expires_on and (ended is None or fields.expires_on < ended):
        ended, by = fields.expires_on, None
    return Version(document=document.brief, passed_on=passed, effective_on=fields.effective_on, ended_on=ended, ended_by=by)


def _repeals(reader: Reader, instrument_id: str) -> Iterator[tuple[str, DocumentBrief]]:
    """The texts that end the instrument, each with the day from which it does."""
    for fact in reader.citations_of(instrument_id, effects=ENDING, limit=MOST_REPEALS).rows:
        document = reader.document(fact.document.id)
        day = document and (document.fields.effective_on or document.fields.issued_on)
        if document and day:
            yield day, document.brief
