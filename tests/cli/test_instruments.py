"""zhengmai instruments: a list comes in, is shown with what cites it, and goes again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli import run

LIST = """标题,发文字号,发布部门,时效性,公布日期
国务院关于进一步做好为农民工服务工作的意见,国发〔2014〕40号,国务院,现行有效,2014-09-12
,国发〔2014〕41号,国务院,现行有效,2014-09-12
某通知,,,,去年
"""


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    """A copy of the shipped store that a test may change."""
    return Path(shutil.copytree(shipped_home, tmp_path / "home"))


def test_a_list_is_imported_shown_and_dropped(home: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    before = run("export", home=home).out
    call = run("instruments", "import", str(tmp_path / "list.csv"), home=home)
    assert call.status == 1
    assert "1 instruments" in call.out
    assert [line.split(": ")[0] for line in call.err.splitlines()] == ["list.csv, line 3", "list.csv, line 4"]
    lines = [json.loads(line) for line in run("export", home=home).out.splitlines()]
    [cited] = [line for line in lines if line["type"] == "instrument" and line["doc_number"] == "国发〔2014〕40号"]
    assert (cited["validity"], cited["known"][0]["issuers"]) == ("现行有效", ["国务院"])
    assert "现行有效" in run("show", cited["id"], home=home).out
    assert run("instruments", "drop", "list.csv", home=home).status == 0
    assert run("export", home=home).out == before


def test_a_list_that_is_not_there_is_said_to_be_so(home: Path) -> None:
    call = run("instruments", "drop", "absent.csv", home=home)
    assert call.status == 1
    assert "absent.csv" in call.err
    assert "Traceback" not in call.err


def test_a_file_without_titles_leaves_the_store_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    call = run("instruments", "import", str(tmp_path / "x.csv"), home=home)
    assert call.status == 1
    assert "标题" in call.err
