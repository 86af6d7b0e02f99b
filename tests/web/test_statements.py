"""The page of statements: shut, open, answered, refused with the place, as a file, in both languages, without scripts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graph.protocol import Reader
from tests.web.page import Page
from web.querying import examples

SQL = "SELECT body, role FROM v_who WHERE system = 'housing' ORDER BY body LIMIT 2"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_QUERY", "on")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_shut_unless_the_setting_opens_it(site: FlaskClient, language: str) -> None:
    for answer in (site.get(f"/query?lang={language}"), site.post("/query", data={"statement": SQL})):
        assert answer.status_code == 403
        assert "ZHENGMAI_QUERY=on" in answer.text
        assert "<textarea" not in answer.text
    assert 'href="/query"' not in site.get("/").text


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("language", "said"), [("zh", "2 行"), ("en", "2 rows")])
def test_a_statement_is_answered_as_a_table(site: FlaskClient, language: str, said: str) -> None:
    answer = site.post(f"/query?lang={language}", data={"statement": SQL})
    assert answer.status_code == 200
    assert said in answer.text
    assert '<th scope="col">body</th>' in answer.text
    assert "FROM v_who" in answer.text.split("<textarea")[1]
    found = Page(answer.text)
    assert found.tags.count("h1") == 1
    assert not found.inline
    assert site.get("/api/v1/stats").json["snapshot"] in answer.text
    assert 'href="/query"' in site.get("/").text


@pytest.mark.usefixtures("opened")
def test_an_address_fills_the_form_and_runs_nothing(site: FlaskClient) -> None:
    shown = site.get("/query", query_string={"statement": 'SELECT 1 AS "<b>" -- \'&'}).text
    assert "SELECT 1 AS &#34;&lt;b&gt;&#34; -- &#39;&amp;</textarea>" in shown
    assert 'class="answer"' not in shown


@pytest.mark.usefixtures("opened")
def test_rows_are_cut_where_asked_and_values_are_shown_as_they_are(site: FlaskClient) -> None:
    text = site.post("/query", data={"statement": "SELECT NULL, '<i>', 1.5, path FROM provisions", "limit": "2"}).text
    assert text.count("<td>&lt;i&gt;</td>") == 2
    assert '<td class="figure">1.5</td>' in text
    assert site.post("/query", data={"statement": SQL, "limit": "x"}).status_code == 200


@pytest.mark.usefixtures("opened")
def test_an_answer_can_be_kept_as_a_file(site: FlaskClient) -> None:
    table = site.post("/query", data={"statement": SQL, "format": "csv"})
    assert table.headers["Content-Disposition"] == 'attachment; filename="statement.csv"'
    assert table.text.startswith("\ufeffbody,role\r\n")
    kept = site.post("/query", data={"statement": SQL, "format": "json"}).json
    assert (kept["columns"], len(kept["rows"]), kept["language"]) == (["body", "role"], 2, "SQL")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("statement", "marked"),
    [
        ("SELECT '房屋',\nnocolumn FROM v_who", "<code><mark>▸</mark>nocolumn FROM v_who</code>"),
        ("SELECT title FRM documents", "<code>SELECT title FRM <mark>▸</mark>documents</code>"),
    ],
)
def test_an_error_shows_its_place(site: FlaskClient, statement: str, marked: str) -> None:
    refused = site.post("/query", data={"statement": statement.replace("\n", "\r\n")})  # as browsers send it
    assert refused.status_code == 400
    assert marked in refused.text
    assert f"(character {statement.index(marked.split('</mark>')[1].removesuffix('</code>')) + 1})" in refused.text
    problem = site.post("/api/v1/query", json={"statement": statement}).json
    assert problem["position"] == statement.index(marked.split("</mark>")[1].removesuffix("</code>"))


@pytest.mark.usefixtures("opened")
def test_what_writes_is_refused(site: FlaskClient) -> None:
    refused = site.post("/query", data={"statement": "DELETE FROM documents"})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text


def test_every_statement_offered_is_answered(shipped: Reader) -> None:
    for one in examples("SQL"):
        assert shipped.query(one.statement).rows, one.en
