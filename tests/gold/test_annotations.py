"""The annotations are sound before anything is scored against them: quotes stand in the text, words are of the vocabulary."""

from __future__ import annotations

import typing
from typing import Any, Literal

import pytest

from ingest import records
from ingest.readers import read_file
from ingest.registry.systems import SYSTEMS
from ingest.source_text import squeeze
from tests.gold.cases import Case, further, shipped
from tests.gold.scoring import QUOTED

VOCABULARIES: dict[tuple[str, str], Any] = {
    ("provisions", "role"): records.ProvisionRole,
    ("responsibilities", "role"): records.Role,
    ("responsibilities", "stated"): records.Stated,
    ("citations", "relation"): records.Relation,
    ("citations", "kind"): records.InstrumentKind,
    ("targets", "kind"): records.TargetKind,
    ("targets", "op"): records.Bound | None,
    ("targets", "period"): Literal["year"] | None,
}


def words(vocabulary: Any) -> set[Any]:
    """The values of a Literal, or of one that may be null."""
    found = set()
    for argument in typing.get_args(vocabulary):
        found |= words(argument) or ({None} if argument is type(None) else {argument})
    return found


@pytest.fixture(params=[*shipped(), *further()], ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    made = request.param
    assert isinstance(made, Case)
    return made


def test_every_quote_stands_in_the_text(case: Case) -> None:
    text = squeeze(read_file(case.file).text)
    absent = [
        record[quote]
        for part, quote in QUOTED.items()
        for record in case.annotation[part]
        if record.get(quote) and squeeze(record[quote]) not in text
    ]
    assert absent == []


def test_every_record_stands_in_a_provision_that_there_is(case: Case) -> None:
    paths = [record["path"] for record in case.annotation["provisions"]]
    assert len(paths) == len(set(paths))
    assert {record["path"] for part in QUOTED for record in case.annotation[part]} <= {*paths, "0"}


def test_every_closed_field_keeps_to_its_vocabulary(case: Case) -> None:
    for (part, field), vocabulary in VOCABULARIES.items():
        used = {record.get(field, "bracket" if field == "stated" else None) for record in case.annotation[part]}
        assert used <= words(vocabulary), f"{part}.{field}"
    used = {system for record in case.annotation["responsibilities"] for system in record["system"].split("+")}
    assert used <= set(SYSTEMS)
