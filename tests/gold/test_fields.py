"""The annotated document fields are sound before anything is scored against them: closed words, real dates, one form of number.

``fields/local.jsonl`` and ``fields/local_more.jsonl`` hold one file of the corpus a line, made by hand from the annotation
guideline without a look at what the extractor says. Where two careful readers could differ, ``note`` says how. What the
guideline leaves open:

- ``published_on`` also comes from a page's meta tag, a record's metadata or a table behind the text; a page's 颁布日期 is
  the day of issue. A month alone is no date.
- ``kind`` keeps 实施 and 指导 and drops other qualifiers (暂行办法 → 办法, 行动方案 → 方案); a headline without a genre has
  none.
- A title that stands only in the file's name counts, without the prefix that the collector gave.
- ``nature``: an appointment, a membership, an award and a publication of results are a ``list``; information for the
  public that sets nothing by itself is ``news``; a decision on the request of one place or body is a ``reply``.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.gold.local_fields import FIRST, MORE

SAMPLES = (FIRST.file, MORE.file)
NAMES = [
    "title",
    "doc_number",
    "issuers",
    "jurisdiction",
    "level",
    "kind",
    "issued_on",
    "published_on",
    "addressees",
    "nature",
]
LEVELS = {"national", "province", "prefecture", "county", "township", None}
NATURES = {"normative", "draft", "interpretation", "qa", "news", "list", "reply", "unknown"}
NUMBER = re.compile(r"[^\s〔〕\[\]【】（）()]+(?:〔[12]\d{3}〕\d+号|令第(?:\d+|[一二三四五六七八九十百]+)号)")
"""内政发〔2015〕71号, 江西省人民政府令第223号, 中华人民共和国主席令第十五号"""


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for sample in SAMPLES for line in sample.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=rows(), ids=lambda row: str(row["file"]).removeprefix("corpus/local/"))
def row(request: pytest.FixtureRequest) -> dict[str, Any]:
    made = request.param
    assert isinstance(made, dict)
    return made


def test_sixty_files_of_each_sample_are_annotated_once_each() -> None:
    files = [row["file"] for row in rows()]
    assert len(files) == len(set(files)) == 60 * len(SAMPLES)


def test_every_field_is_there_in_order(row: dict[str, Any]) -> None:
    assert [key for key in row if key != "note"] == ["file", "document"]
    assert list(row["document"]) == NAMES
    assert row.get("note", "-").strip()


def test_closed_fields_keep_to_their_vocabulary(row: dict[str, Any]) -> None:
    document = row["document"]
    assert document["level"] in LEVELS
    assert document["nature"] in NATURES
    assert (document["level"] is None) == (document["jurisdiction"] is None)
    assert (document["level"] == "national") == (document["jurisdiction"] == "全国")


def test_numbers_have_the_one_form(row: dict[str, Any]) -> None:
    number = row["document"]["doc_number"]
    assert number is None or NUMBER.fullmatch(number)


def test_dates_are_iso_and_in_order(row: dict[str, Any]) -> None:
    """A page cannot show a text before it was issued."""
    issued, published = (row["document"][name] for name in ("issued_on", "published_on"))
    days = [day for day in (issued, published) if day is not None]
    assert [datetime.date.fromisoformat(day).isoformat() for day in days] == days
    assert days == sorted(days)


def test_words_are_null_or_written(row: dict[str, Any]) -> None:
    document = row["document"]
    single = [document[name] for name in ("title", "jurisdiction", "kind") if document[name] is not None]
    several = [*document["issuers"], *document["addressees"]]
    assert all(isinstance(word, str) and word and word == word.strip() for word in [*single, *several])
    assert len(several) == len(set(several))


def test_the_files_are_in_the_corpus(shared: Path) -> None:
    assert [row["file"] for row in rows() if not (shared / row["file"]).is_file()] == []
