"""Pages about what a reader decides, over a store where sources disagree, a field is corrected and two texts are alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.holder import KEY
from graph.batch import ingest_paths
from graph.corrections import apply_table
from graph.opening import open_store
from tests.graph.samples import document_text
from web.app import create_app

SENTENCE = "各级人民政府应当加强农民工住房保障工作，完善公共租赁住房制度，支持用人单位建设集体宿舍。"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("deciding")
    text = document_text(1, more="".join(f"（{n}）第{n}件。{SENTENCE}\n" for n in "三四五六七八九"))
    table = "发布机构：赣州市教育局\n成文日期：2015-06-05\n"
    (home / "a.txt").write_text(table + text, encoding="utf-8")
    (home / "b.txt").write_text(text.replace("集体", "职工").replace("6月1日", "6月9日"), encoding="utf-8")
    with open_store(home, write=True) as store:
        ingest_paths(store, [home / "a.txt", home / "b.txt"])
        row = store.document(store.find_document("b.txt") or "")
        assert row is not None
        apply_table(store, f"sha256,title\n{row.sources[0].sha256},改过的标题\n".encode(), "t.csv")
    return home


@pytest.fixture
def pages(home: Path) -> Iterator[FlaskClient]:
    app = create_app({"STORE": str(home)})
    yield app.test_client()
    app.extensions[KEY].close()


def test_conflicts_show_what_was_chosen_and_what_else_stands_where(pages: FlaskClient) -> None:
    item = pages.get("/api/v1/conflicts").json["items"][0]
    assert item["document"]["source"] == "a.txt"
    assert {one["field"]: [other["value"] for other in one["others"]] for one in item["conflicts"]} == {
        "issuers": ["赣州市教育局"],
        "issued_on": ["2015-06-01"],
    }
    page = pages.get("/conflicts?lang=en").text
    assert "赣州市教育局" in page
    assert "table of the page" in page
    shown = pages.get(f"/documents/{item['document']['id']}?lang=zh").text
    assert "2 个字段来源不一致" in shown


def test_corrections_show_what_they_replaced(pages: FlaskClient) -> None:
    item = pages.get("/api/v1/corrections").json["items"][0]
    assert (item["correction"]["cell"], item["extracted"]) == (
        "改过的标题",
        "吉安市人民政府关于做好第1项农民工工作的实施意见",
    )
    assert "改过的标题" in pages.get("/corrections").text


def test_texts_nearly_the_same_show_their_differences(pages: FlaskClient) -> None:
    item = pages.get("/api/v1/duplicates?decided=false").json["items"][0]
    assert item["differing"] >= len(item["differences"]) == 5
    page = pages.get("/duplicates?lang=en").text
    words = ("集体", "职工") if item["likeness"]["one"]["source"] == "a.txt" else ("职工", "集体")
    assert f"<del>{words[0]}</del> <ins>{words[1]}</ins>" in page
    whole = pages.get(f"/duplicates/{item['likeness']['one']['id']}").text
    assert whole.count(f"<ins>{words[1]}</ins>") == 7
    assert pages.get("/api/v1/duplicates?decided=true").json["total"] == 0
