"""Levels of government between two documents: named only while nothing of theirs is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.context import open_context
from api.resources import comparison
from graph.batch import ingest_paths
from graph.opening import open_store
from settings import HOME
from tests.gold.cases import POLICIES

REGION, CITY = POLICIES / "000_98ded61baaf3bf65.txt", POLICIES / "001_fb8999b9bcbab4cd.txt"
OF_LEAGUE = (
    ("内蒙古自治区人民政府", "锡林郭勒盟行政公署"),
    ("内政发[2015]71号", "锡署发[2015]99号"),
    ("2015-08-07", "2015-10-20"),
    (
        "《国务院关于进一步做好为农民工服务工作的意见》(国发[2014]40号)",
        "《内蒙古自治区人民政府关于进一步做好为农牧民工服务工作的实施意见》(内政发[2015]71号)",
    ),
)


def test_what_lies_between_is_named_until_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    league = REGION.read_text(encoding="utf-8")
    for old, new in OF_LEAGUE:
        assert old in league
        league = league.replace(old, new)
    (tmp_path / "league.txt").write_text(league, encoding="utf-8")
    monkeypatch.setenv(HOME.variable, str(tmp_path / "home"))
    for more, between in (((REGION, CITY), ("锡林郭勒盟",)), ((tmp_path / "league.txt",), ())):
        with open_store(tmp_path / "home", write=True) as store:
            ingest_paths(store, more)
        context = open_context()
        assert comparison(context, CITY.name, REGION.name).via == between
        context.close()
