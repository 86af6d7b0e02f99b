"""``zhengmai show DOC --facts``: each fact with its rule, and what was not understood."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli import run

NUMBER = "内政发〔2015〕71号"


def test_facts_of_a_document_with_their_rules(shipped_home: Path) -> None:
    told = run("show", NUMBER, "--facts", home=shipped_home)
    assert told.status == 0
    assert "not understood" in told.out
    answer = json.loads(run("show", NUMBER, "--facts", "--json", home=shipped_home).out)
    for rule in answer["rules"]:
        assert rule["rule"] in told.out
    assert sum(rule["count"] for rule in answer["rules"]) >= 200
