"""What a wrong request gets: problem details that say what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.calls import CALLS
from api.holder import KEY
from api.parameters import DESCRIPTIONS


def refusal(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    body: dict[str, Any] = response.json
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"]
    return body


def test_an_unknown_parameter_is_refused_with_the_known_ones(api: FlaskClient) -> None:
    body = refusal(api.get("/api/v1/search?q=住房&size=3"), 400)
    assert "size" in body["detail"]
    assert {"q", "k", "jurisdiction"} <= set(body["parameters"])


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/search", "q"),
        ("/search?q=", "q"),
        ("/search?q=%20", "1 to 500"),
        ("/search?q=住房&k=0", "k"),
        ("/search?q=住房&k=many", "k"),
        ("/search?q=a&q=b", "2 times"),
        ("/targets?limit=0", "limit"),
        ("/targets?offset=-1", "offset"),
        ("/targets?level=galactic", "galactic"),
        ("/targets?role=boss", "boss"),
        ("/targets?system=magic", "magic"),
        ("/targets?since=yesterday", "yesterday"),
        ("/departments?generic=perhaps", "generic"),
        ("/resolve", "name"),
        ("/resolve?name=市住建局&place=Atlantis", "Atlantis"),
    ],
)
def test_a_wrong_value_is_named(api: FlaskClient, address: str, named: str) -> None:
    assert named in refusal(api.get(f"/api/v1{address}"), 400)["detail"]


def test_a_value_outside_a_vocabulary_gets_the_vocabulary(api: FlaskClient) -> None:
    assert "lead" in refusal(api.get("/api/v1/targets?role=boss"), 400)["choices"]
    assert "housing" in refusal(api.get("/api/v1/systems/magic"), 404)["choices"]


@pytest.mark.parametrize("kind", ["documents", "measures", "departments", "instruments", "trace", "show"])
def test_what_is_not_held_is_said_to_be_so(api: FlaskClient, kind: str) -> None:
    assert "nowhere" in refusal(api.get(f"/api/v1/{kind}/nowhere"), 404)["detail"]


def test_an_address_that_does_not_exist(api: FlaskClient) -> None:
    assert "openapi.json" in refusal(api.get("/api/v1/nothing"), 404)["remedy"]


def test_a_method_that_is_not_allowed(api: FlaskClient) -> None:
    response = api.post("/api/v1/search")
    refusal(response, 405)
    assert "GET" in response.headers["Allow"]


def test_another_snapshot_than_the_one_in_force(api: FlaskClient) -> None:
    held = api.get("/api/v1/stats").json["snapshot"]
    assert api.get(f"/api/v1/targets?snapshot={held}").status_code == 200
    body = refusal(api.get("/api/v1/targets?snapshot=0000"), 409)
    assert body["snapshot"] == held
    assert "ZHENGMAI_HOME" in body["remedy"]


def test_without_a_store_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    client = create_app({"STORE": str(tmp_path)}).test_client()
    assert "zhengmai ingest" in refusal(client.get("/api/v1/stats"), 503)["detail"]


def test_a_defect_is_a_problem_that_tells_no_internals(shipped_home: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app({"STORE": str(shipped_home)})
    client = app.test_client()
    client.get("/api/v1/stats")
    app.extensions[KEY].get().reader = None
    body = refusal(client.get("/api/v1/stats"), 500)
    assert "NoneType" not in body["detail"]
    assert "NoneType" in caplog.text


ODD = ["true", "lead", "housing", "2016", "全国", "\x00", "%", "'"]
VALUES = st.text(max_size=12) | st.integers().map(str) | st.sampled_from(ODD)
PARAMETERS = st.dictionaries(st.sampled_from(sorted(DESCRIPTIONS)), VALUES, max_size=4)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(call=st.sampled_from(CALLS), variable=st.text(min_size=1, max_size=8), parameters=PARAMETERS)
def test_no_request_makes_the_server_fail(api: FlaskClient, call: Any, variable: str, parameters: dict[str, str]) -> None:
    rule = call.rule.split("<", maxsplit=1)
    path = rule[0] + (quote(variable, safe="/") if len(rule) == 2 else "")
    response = api.get(f"/api/v1{path}", query_string=parameters)
    assert response.status_code in (200, 400, 404, 409), response.text
    assert response.mimetype == ("application/json" if response.status_code == 200 else "application/problem+json")
