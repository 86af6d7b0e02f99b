"""What lists say of an instrument stands on its page and in its JSON twin."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.holder import KEY
from graph.opening import open_store
from graph.protocol import KnownInstrument
from web.app import create_app

ENTRY = KnownInstrument(
    title="国务院关于进一步做好为农民工服务工作的意见",
    doc_number="国发〔2014〕40号",
    issuers=("国务院",),
    force="国务院规范性文件",
    validity="部分失效",
    published="2014-09-12",
    listed_in="list.csv",
)


@pytest.fixture
def site(shipped_home: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """The site over a store that holds a list."""
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    with open_store(home, write=True) as store:
        store.put_list("list.csv", (ENTRY,))
    app = create_app({"STORE": str(home)})
    yield app.test_client()
    app.extensions[KEY].close()


def test_an_instrument_shows_what_a_list_says_of_it(site: FlaskClient) -> None:
    [row] = site.get("/api/v1/instruments?title=国发〔2014〕40号").get_json()["items"]
    assert (row["validity"], row["known"][0]["force"]) == ("部分失效", "国务院规范性文件")
    page = site.get(f"/instruments/{row['id']}").text
    assert "国务院规范性文件" in page
    assert page.count("部分失效") == 2
    assert "部分失效" in site.get("/instruments").text
