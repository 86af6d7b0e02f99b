"""The scorer: its figures on cases worked out by hand, and equal to the reference scorer's where that is at hand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gold import floor as floors
from tests.gold.cases import extraction, shipped
from tests.gold.scoring import CORE, DOCUMENT_FIELDS, NAMES, NOT_INVENTED, OFFSETS, Tally, differences, score, total

EMPTY: dict[str, Any] = {
    "document": {},
    "provisions": [],
    "responsibilities": [],
    "citations": [],
    "targets": [],
    "programmes": [],
}
LEAD = {"path": "1", "name": "市财政局", "role": "lead", "system": "finance+tax", "generic": False, "stated": "bracket"}


def with_bodies(*bodies: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {**EMPTY, "responsibilities": list(bodies), "source_text": text}


def test_a_body_in_another_role_is_the_right_body_with_the_wrong_role() -> None:
    tallies = score((with_bodies(LEAD), with_bodies({**LEAD, "role": "support"})))
    assert tallies["responsible body"] == Tally(1, 1, 1)
    assert tallies["with its role"] == Tally(0, 1, 1)
    assert tallies[NOT_INVENTED].f1 == 1


def test_the_systems_of_a_merged_body_count_in_any_order() -> None:
    assert score((with_bodies(LEAD), with_bodies({**LEAD, "system": "tax+finance"})))["with its system"].f1 == 1


def test_one_of_two_found_beside_one_invented() -> None:
    wanted = with_bodies(LEAD, {**LEAD, "name": "市教育局"})
    found = with_bodies(LEAD, {**LEAD, "name": "市公安局"})
    tallies = score((wanted, found))
    assert tallies["responsible body"] == Tally(right=1, wanted=2, found=2)
    assert tallies["responsible body"].f1 == 0.5
    assert tallies[NOT_INVENTED] == Tally(1, 2, 2)
    assert {(row.sign, row.record) for row in differences((wanted, found)) if row.figure == "responsible body"} == {
        ("-", ("1", "市教育局")),
        ("+", ("1", "市公安局")),
    }


def test_bodies_of_a_class_and_bodies_in_running_text_are_counted_apart() -> None:
    bodies = with_bodies({**LEAD, "generic": True}, {**LEAD, "stated": "text"})
    tallies = score((bodies, bodies))
    assert [tallies[name].wanted for name in ("responsible body", "generic bodies", "in running text")] == [0, 1, 1]


def test_a_quote_must_stand_at_its_offsets_and_nowhere_near_them() -> None:
    text = "由 市财\n政局牵头。" + "字" * 100
    right = with_bodies({**LEAD, "start": 2, "end": 7}, text=text)
    assert score((right, right))[OFFSETS].f1 == 1
    for start, end in ((3, 7), (0, len(text))):
        wrong = with_bodies({**LEAD, "start": start, "end": end}, text=text)
        assert score((right, wrong))[OFFSETS].f1 == 0


def test_numbers_are_equal_by_value_and_text_without_regard_to_width_and_space() -> None:
    target = {"path": "1", "value": 90.0, "unit": "%", "kind": "target", "metric": "参保率"}
    wanted, found = ({**EMPTY, "targets": [row]} for row in (target, {**target, "value": 90, "metric": "参 保率"}))
    tallies = score((wanted, found))
    assert tallies["target value"].f1 == tallies["with its metric"].f1 == 1


def test_document_fields_are_lists_in_any_order_and_null_is_a_value() -> None:
    wanted = {**EMPTY, "document": {"title": "甲", "issuers": ["乙", "丙"]}}
    found = {**EMPTY, "document": {"title": "甲", "issuers": ["丙", "乙"], "doc_number": "甲发〔2015〕1号"}}
    assert score((wanted, found))[DOCUMENT_FIELDS] == Tally(6, 7, 7)


def test_a_floor_is_raised_and_never_lowered() -> None:
    floor = {"shipped": {"citation": 0.9, "offsets": 1.0}}
    now = {"shipped": {"citation": 0.95678, "offsets": 0.99}, "other": {"citation": 0.5}}
    assert floors.raised(now, floor) == {"shipped": {"citation": 0.9567, "offsets": 1.0}, "other": {"citation": 0.5}}
    assert len(floors.losses(now, floor)) == 1
    assert floors.losses(now, floors.raised({"shipped": {"citation": 0.95678}}, {})) == []


def test_a_figure_that_is_no_longer_there_is_a_loss_and_a_set_not_measured_is_not() -> None:
    floor = {"shipped": {"citation": 0.9}, "further": {"citation": 0.9}}
    assert len(floors.losses({"shipped": {}}, floor)) == 1


@pytest.fixture(scope="module")
def reference(shared: Path) -> Path:
    script = shared / "gold" / "score.py"
    if not script.is_file():
        pytest.skip(f"{script} is not there")
    return script


def spoiled(found: dict[str, Any]) -> dict[str, Any]:
    """An extraction with every third record dropped, moved or renamed, so that no figure is full."""
    made = json.loads(json.dumps(found))
    for part in ("provisions", "responsibilities", "citations", "targets", "programmes"):
        made[part] = [row for number, row in enumerate(made[part]) if number % 3]
        for row in made[part][::4]:
            row["start"], row["path"] = row["start"] + 3, row["path"] + "1"
    return made


@pytest.mark.parametrize("spoil", [False, True], ids=["as extracted", "spoiled"])
def test_the_figures_equal_those_of_the_reference_scorer(reference: Path, tmp_path: Path, spoil: bool) -> None:
    arguments: list[str] = []
    tallies = []
    for case in shipped():
        found = spoiled(extraction(case)) if spoil else extraction(case)
        tallies.append(score((case.annotation, found)))
        for name, value in (("gold", case.annotation), ("found", found)):
            (tmp_path / f"{case.name}.{name}.json").write_text(json.dumps(value), encoding="utf-8")
            arguments.append(str(tmp_path / f"{case.name}.{name}.json"))
    printed = subprocess.run([sys.executable, reference, *arguments], capture_output=True, text=True, check=False).stdout
    lines = re.findall(r"^(.) (.{24,}?) +(?:P \S+ +R \S+ +F1|accuracy) (\d\.\d+)", printed, re.MULTILINE)
    theirs = {name.strip(): (core == "*", float(figure)) for core, name, figure in lines}
    ours = {name: (name in CORE, round(tally.f1 or 0.0, 3)) for name, tally in total(tallies).items()}
    assert set(theirs) == set(NAMES)
    assert ours == {name: (core, pytest.approx(figure, abs=6e-4)) for name, (core, figure) in theirs.items()}
