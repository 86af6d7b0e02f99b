"""Every page: it answers, links only to what exists, loads nothing from elsewhere, and has a JSON twin."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page

NAMES = [
    "everything", "why", "figures", "grounds", "places", "home", "search", "nothing", "who", "documents", "document",
    "provenance", "measure", "departments", "department", "systems", "system",
    "conflicts", "corrections", "duplicates", "duplicate", "instruments", "instrument", "targets", "trace", "compare",
    "matrix", "family", "matters", "spread", "cascade", "resolve", "about", "error",
]  # fmt: skip


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_page_is_tested(pages: dict[str, str]) -> None:
    assert set(NAMES) == set(pages)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_answers_in_both_languages(site: FlaskClient, pages: dict[str, str], name: str, language: str) -> None:
    response = site.get(pages[name], headers={"Accept-Language": language})
    assert response.status_code == (404 if name == "error" else 200)
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in response.text
    found = Page(response.text)
    assert found.tags.count("h1") == 1
    assert found.tags.count("main") == 1
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(site: FlaskClient, pages: dict[str, str], name: str) -> None:
    response = site.get(pages[name])
    found = Page(response.text)
    assert not found.inline
    assert not {name for name in found.attributes if name.startswith("on") or name == "style"}
    assert not [link for link in found.links if re.match(r"[a-z]+:|//", link)]


@pytest.mark.parametrize("address", ["/", "/nothing-here", "/static/site.css", "/api/v1/stats", "/api/v1/nothing"])
def test_the_policy_stands_on_every_response(site: FlaskClient, address: str) -> None:
    with site.get(address) as response:
        headers = response.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert not [value for value in policy.values() if "unsafe" in value or "http" in value or "*" in value]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("error",)])
def test_the_json_twin_has_the_snapshot_of_the_page(site: FlaskClient, pages: dict[str, str], name: str) -> None:
    text = site.get(pages[name]).text
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', text)
    assert twin
    answer = site.get(twin[1].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert f'<code class="snapshot">{answer.json["snapshot"]}</code>' in text


def _without_values(address: str) -> str:
    """Addresses that differ only in what is asked for lead to the same page: one of each kind is followed."""
    path = re.sub(r"^((?:/api/v1)?/\w+)/.+?(\?|$)", r"\1/*\2", address)
    return re.sub(r"=[^&]*", "=", path)


def test_every_link_leads_somewhere(site: FlaskClient, pages: dict[str, str]) -> None:
    """The site from every kind of page: each address answers, and each fragment is the id of something."""
    waiting, followed, kinds, ids = list(pages.values()), set(), {}, {}
    fragments: set[tuple[str, str]] = set()
    while waiting:
        address = waiting.pop()
        if address in followed or kinds.setdefault(_without_values(address), 0) >= 8:
            continue
        kinds[_without_values(address)] += 1
        followed.add(address)
        response = site.get(address, buffered=True)
        assert response.status_code < 400 or address.startswith(pages["error"]), address
        if response.mimetype != "text/html":
            continue
        found = Page(response.text)
        ids[address] = set(found.ids)
        for link in found.links:
            target, fragment = urldefrag(link)
            waiting.append(target or address)
            if fragment:
                fragments.add((target or address, unquote(fragment)))
    assert len(followed) > 60
    known = [(address, fragment) for address, fragment in fragments if address in ids]
    assert len(known) > 100
    assert not [pair for pair in known if pair[1] not in ids[pair[0]]]


def test_a_question_goes_to_the_page_that_answers_its_kind(site: FlaskClient) -> None:
    assert site.get("/ask?q=谁负责住房").headers["Location"].startswith("/who?q=")
    assert site.get("/ask?q=who handles housing").headers["Location"].startswith("/who?q=")
    assert site.get("/ask?q=工伤保险").headers["Location"].startswith("/search?q=")
    assert site.get("/ask?q=").headers["Location"] == "/"


def test_an_id_goes_to_its_page(site: FlaskClient) -> None:
    fact = site.get("/api/v1/targets?limit=1").json["items"][0]
    assert site.get(f"/show/{fact['id']}").headers["Location"].endswith(f"/documents/{fact['document']['id']}#{fact['id']}")
    assert site.get("/show/housing").headers["Location"] == "/systems/housing"
    assert site.get("/show/内政发〔2015〕71号").headers["Location"].startswith("/documents/")


def test_the_question_is_shown_as_text(site: FlaskClient) -> None:
    text = site.get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_empty_fields_of_a_form_mean_nothing(site: FlaskClient) -> None:
    every = site.get("/targets").text
    assert site.get("/targets?jurisdiction=&level=&since=&until=").text.count("<tr>") == every.count("<tr>")


def test_a_filter_narrows_the_table(site: FlaskClient) -> None:
    text = site.get("/targets?jurisdiction=昆明市").text
    assert "昆明市" in text
    assert 'value="昆明市" selected' in text
    assert "吉农工办" not in text


def test_who_leads_on_housing_is_on_the_page(site: FlaskClient) -> None:
    text = site.get("/who?q=who+handles+housing").text
    for name in ("自治区住房城乡建设厅", "市城建局", "市房管局", "市住房和城乡建设局"):
        assert name in text


def test_a_store_that_is_missing_gets_a_page_with_the_remedy(tmp_path) -> None:
    from web.app import create_app

    response = create_app({"STORE": str(tmp_path)}).test_client().get("/", headers={"Accept-Language": "zh"})
    assert response.status_code == 503
    assert "zhengmai ingest" in response.text
    assert "资料库无法打开" in response.text


def test_an_empty_store_invites_to_fill_it(tmp_path) -> None:
    from graph.opening import open_store
    from web.app import create_app

    open_store(tmp_path, write=True).close()
    client = create_app({"STORE": str(tmp_path)}).test_client()
    assert "zhengmai ingest" in client.get("/", headers={"Accept-Language": "en"}).text
    for address in ("/documents", "/departments", "/systems", "/instruments", "/targets", "/search?q=住房", "/who?q=住房"):
        assert client.get(address).status_code == 200
