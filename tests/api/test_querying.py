from __future__ import annotations

import pytest
from flask.testing import FlaskClient

SQL = "SELECT jurisdiction, body, role FROM v_who WHERE system = 'housing' AND role = 'lead' ORDER BY 1, 2"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_QUERY", "on")


def test_statements_are_refused_unless_the_setting_is_on(api: FlaskClient) -> None:
    refused = api.post("/api/v1/query", json={"statement": "SELECT 1"})
    assert refused.status_code == 403
    assert "ZHENGMAI_QUERY" in refused.json["remedy"]


@pytest.mark.usefixtures("opened")
def test_a_statement_is_answered_with_the_snapshot(api: FlaskClient) -> None:
    answer = api.post("/api/v1/query", json={"statement": SQL, "limit": 2})
    assert answer.json["columns"] == ["jurisdiction", "body", "role"]
    assert len(answer.json["rows"]) == 2
    assert answer.json["truncated"] is True
    assert answer.json["snapshot"] == api.get("/api/v1/stats").json["snapshot"]


@pytest.mark.usefixtures("opened")
def test_a_table_is_csv_that_no_spreadsheet_runs(api: FlaskClient) -> None:
    answer = api.post("/api/v1/query?format=csv", json={"statement": "SELECT '=1+1' AS a, '住房，x' AS b"})
    assert answer.mimetype == "text/csv"
    assert answer.text.splitlines() == ["a,b", "'=1+1,住房，x"]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b'{"statement": 1}',
        b'{"statement": "SELECT 1", "limit": 0}',
        b'{"statement": "DROP TABLE x"}',
    ],
)
def test_what_is_no_reading_statement_is_a_bad_request(api: FlaskClient, body: bytes) -> None:
    refused = api.post("/api/v1/query", data=body)
    assert refused.status_code == 400
    assert refused.mimetype == "application/problem+json"
