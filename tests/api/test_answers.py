"""What scripts rely on in the answers of the API."""

from __future__ import annotations

import itertools

import jsonschema
import openapi_spec_validator
import pytest
from flask.testing import FlaskClient

from api.calls import CALLS
from api.parameters import DESCRIPTIONS
from tests.api.addresses import addresses, first_id


def get(api: FlaskClient, address: str):
    response = api.get(f"/api/v1{address}")
    assert response.status_code == 200, response.text
    return response.json


@pytest.mark.parametrize("call", [call.name for call in CALLS])
def test_an_answer_has_the_described_form_and_a_snapshot(api: FlaskClient, call: str) -> None:
    address = addresses(api)[call]
    answer = get(api, address)
    description = get(api, "/openapi.json")
    path = next(path for path, item in description["paths"].items() if item["get"]["operationId"] == call)
    schema = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": description["components"]}).validate(answer)
    assert answer["snapshot"] == get(api, "/stats")["snapshot"]


def test_the_description_is_valid_openapi(api: FlaskClient) -> None:
    description = get(api, "/openapi.json")
    openapi_spec_validator.validate(description)
    assert description["openapi"].startswith("3.1")
    assert len(description["paths"]) == len(CALLS) + 1, "the calls, and the POST of statements"


def test_every_parameter_is_described() -> None:
    used = set(itertools.chain.from_iterable(call.query.__struct_fields__ for call in CALLS))
    assert used == set(DESCRIPTIONS)


def test_a_search_names_the_document_and_says_why(api: FlaskClient) -> None:
    answer = get(api, "/search?q=工伤保险&k=3")
    assert 1 <= len(answer["hits"]) <= 3
    for hit in answer["hits"]:
        assert {"id", "path", "heading", "role", "score", "snippet", "why", "document"} <= set(hit)
        assert set(hit["document"]) == {"id", "title", "doc_number", "source"}
    assert answer["hits"][0]["score"] == max(hit["score"] for hit in answer["hits"])


def test_who_quotes_the_words_that_make_a_body_responsible(api: FlaskClient) -> None:
    for one in get(api, "/who?q=谁负责住房")["answers"]:
        text = get(api, f"/documents/{one['document']['id']}")["source_text"]
        for body in one["bodies"]:
            assert text[body["start"] : body["end"]] == body["quote"]
            assert text[body["name_start"] : body["name_end"]] == body["name"]


def test_every_fact_quotes_the_characters_it_points_at(api: FlaskClient) -> None:
    for row in get(api, "/documents")["items"]:
        answer = get(api, f"/documents/{row['id']}")
        facts = list(itertools.chain.from_iterable(answer["facts"].values()))
        assert facts
        for fact in facts:
            record = fact["record"]
            assert answer["source_text"][record["start"] : record["end"]] == fact["quote"] != ""
            assert fact["context_start"] <= record["start"] < record["end"] <= fact["context_end"]
            assert answer["source_text"][fact["context_start"] : fact["context_end"]] == fact["context"]


def test_a_document_answers_to_its_id_its_number_and_its_source(api: FlaskClient) -> None:
    by_number = get(api, "/documents/内政发〔2015〕71号")
    document = by_number["document"]
    assert document["brief"]["title"] == "内蒙古自治区人民政府关于进一步做好为农牧民工服务工作的实施意见"
    for ref in (document["id"], document["brief"]["source"], "内政发[2015]71号"):
        assert get(api, f"/documents/{ref}") == by_number


@pytest.mark.parametrize("listing", ["targets", "departments", "instruments", "documents"])
def test_the_next_links_lead_through_the_whole_list_once(api: FlaskClient, listing: str) -> None:
    whole = [item["id"] for item in get(api, f"/{listing}?limit=500")["items"]]
    size = max(2, len(whole) // 3)
    found, address = [], f"/api/v1/{listing}?limit={size}"
    while address:
        response = api.get(address)
        found += [item["id"] for item in response.json["items"]]
        assert response.json["total"] == len(whole)
        address = response.json["next"]
        assert (address is not None) == ("Link" in response.headers)
    assert found == whole


def test_the_previous_link_leads_back(api: FlaskClient) -> None:
    second = get(api, "/targets?limit=10&offset=10&jurisdiction=全国")
    assert api.get(second["previous"]).json["items"] == get(api, "/targets?limit=10&jurisdiction=全国")["items"]


def test_a_place_includes_what_lies_in_it(api: FlaskClient) -> None:
    inside = {fact["jurisdiction"] for fact in get(api, "/targets?jurisdiction=内蒙古自治区&limit=500")["items"]}
    assert inside == {"内蒙古自治区", "二连浩特市"}


def test_a_department_lists_its_duties_leads_first(api: FlaskClient) -> None:
    rows = get(api, "/departments?generic=false&system=housing&limit=500")["items"]
    assert rows
    order = ["lead", "joint", "responsible", "support"]
    for row in rows:
        answer = get(api, f"/departments/{row['id']}")
        places = [order.index(duty["record"]["role"]) for duty in answer["duties"]["items"]]
        assert places == sorted(places)
        assert answer["duties"]["total"] == answer["department"]["duties"] > 0


def test_a_measure_holds_the_facts_of_its_own_words(api: FlaskClient) -> None:
    for duty in get(api, "/systems/housing?role=lead")["duties"]["items"]:
        answer = get(api, f"/measures/{duty['provision_id']}")
        assert duty["id"] in {fact["id"] for fact in answer["facts"]["responsibilities"]}
        assert duty["quote"] in answer["text"]


def test_a_measure_knows_its_place_in_the_outline(api: FlaskClient) -> None:
    outline = get(api, "/documents/内政发〔2015〕71号")["outline"]
    child = next(item for item in outline if item["provision"]["parent"])
    answer = get(api, f"/measures/{child['id']}")
    assert answer["above"][-1]["provision"]["path"] == child["provision"]["parent"]
    parent = get(api, f"/measures/{answer['above'][-1]['id']}")
    assert child["id"] in {item["id"] for item in parent["below"]}
    following = get(api, f"/measures/{answer['next']['id']}")
    assert following["previous"]["id"] == child["id"]


def test_an_instrument_is_cited_as_often_as_it_says(api: FlaskClient) -> None:
    for row in get(api, "/instruments?limit=500")["items"]:
        answer = get(api, f"/instruments/{row['id']}")
        assert answer["citations"]["total"] == row["citations"]
        assert len({fact["document"]["id"] for fact in answer["citations"]["items"]}) == row["documents"]


def test_what_stands_under_the_same_instrument_is_beside_it(api: FlaskClient) -> None:
    trace = get(api, "/trace/内政发〔2015〕71号")
    assert "国发〔2014〕40号" in {item["doc_number"] for item in trace["sources"]}
    assert {"id", "title", "doc_number", "source", "held", "evidence"} <= set(trace["sources"][0])
    beside = {one["jurisdiction"] for one in trace["siblings"] if one["instrument_doc_number"] == "国发〔2014〕40号"}
    assert beside == {"昆明市"}


@pytest.mark.parametrize("name", ["document", "measure", "department", "instrument", "system"])
def test_show_gives_what_an_id_names(api: FlaskClient, name: str) -> None:
    address = addresses(api)[name]
    assert get(api, f"/show/{address.split('/', 2)[2]}") == get(api, address)


def test_show_gives_one_record(api: FlaskClient) -> None:
    fact = get(api, "/targets?limit=1")["items"][0]
    shown = get(api, f"/show/{fact['id']}")
    assert (shown["kind"], shown["fact"]) == ("targets", fact)


def test_names_are_resolved_where_they_are_used(api: FlaskClient) -> None:
    rows = get(api, addresses(api)["resolve"])["items"]
    assert [row["name"] for row in rows] == ["市住建局", "内蒙古自治区国土资源厅"]
    assert rows[0]["jurisdiction"] == "昆明市"
    assert rows[0]["systems"] == ["housing"]
    assert rows[1]["level"] == "province"


def test_an_answer_that_did_not_change_is_not_sent_again(api: FlaskClient) -> None:
    address = f"/api/v1/documents/{first_id(api, 'documents')}"
    tag = api.get(address).headers["ETag"]
    again = api.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_system_that_nothing_names_is_listed_and_has_a_page(api: FlaskClient) -> None:
    rows = get(api, "/systems")["items"]
    assert rows == sorted(rows, key=lambda row: -row["duties"])
    unnamed = next(row for row in rows if not row["duties"])
    assert get(api, f"/systems/{unnamed['system']}")["duties"]["items"] == []
