"""Versions of an instrument: the one that a text of some day meant, and what ends a version."""

from __future__ import annotations

import pytest

from graph.protocol import DocumentBrief
from graph.versions import Version, version_on


def version(name: str, begins: str | None, ended: str | None = None) -> Version:
    brief = DocumentBrief(id=name, title=name, doc_number=None, source=name)
    return Version(document=brief, passed_on=begins, effective_on=None, ended_on=ended)


HELD = (version("new", "2018-12-29"), version("middle", "2015-04-24"), version("old", "2009-08-27"))


@pytest.mark.parametrize(
    ("day", "document", "match"),
    [
        ("2016-01-01", "middle", "at_date"),
        ("2018-12-29", "new", "at_date"),
        ("2009-08-26", "old", "nearest"),
        (None, "new", "nearest"),
    ],
)
def test_the_newest_text_of_that_day_else_the_nearest_marked_so(day: str | None, document: str, match: str) -> None:
    found = version_on(HELD, day)
    assert found is not None
    assert (found.document.id, found.match) == (document, match)


def test_a_text_that_was_repealed_before_is_only_the_nearest() -> None:
    found = version_on((version("old", "2001-01-01", "2010-01-01"),), "2015-01-01")
    assert found is not None
    assert found.match == "nearest"


def test_nothing_held_is_nothing_found() -> None:
    assert version_on((), "2015-01-01") is None
