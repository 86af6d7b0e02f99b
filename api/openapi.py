"""The description of the API (OpenAPI 3.1), made from the calls and their structs: nothing is written down twice."""

from __future__ import annotations

import functools
import re
import typing
from typing import Any

import msgspec

from api.call import Call
from api.calls import CALLS
from api.links import API
from api.parameters import DESCRIPTIONS
from api.querying import QueryAnswer, Statement

VERSION = "1.0.0"
_REFERENCE = "#/components/schemas/{name}"
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_VARIABLES = {
    "ref": "Id of a document, its number or its source.",
    "id": "Id, as answers give it.",
    "code": "Code of a system.",
    "title": "Title of a matter as /families lists it, without the place.",
}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457); further members name choices or the remedy.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
    },
}


@functools.cache
def description() -> dict[str, Any]:
    """The whole document."""
    kinds = [*(kind for call in CALLS for kind in _kinds(call)), Statement, QueryAnswer]
    _, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    paths = {API + _VARIABLE.sub(r"{\1}", call.rule): {"get": _operation(call)} for call in CALLS}
    paths[f"{API}/query"] = {"post": _query_operation()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zhengmai 政脉",
            "version": VERSION,
            "summary": "Government policy documents as measures, departments, laws cited and targets, each with its evidence.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": {**components, "Problem": _PROBLEM}},
    }


def _kinds(call: Call) -> tuple[type[msgspec.Struct], ...]:
    """The structs that a call may answer with."""
    return typing.get_args(call.answer) or (call.answer,)


def _operation(call: Call) -> dict[str, Any]:
    references = [{"$ref": _REFERENCE.format(name=kind.__name__)} for kind in _kinds(call)]
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    codes = ["400", "404", "409", "503"] if "<" in call.rule else ["400", "409", "503"]
    return {
        "operationId": call.name,
        "summary": call.summary,
        "parameters": [*_path_parameters(call), *_query_parameters(call)],
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": {"schema": schema}}},
            **{code: _refusal() for code in codes},
        },
    }


def _query_operation() -> dict[str, Any]:
    given, answer = ({"schema": {"$ref": _REFERENCE.format(name=kind.__name__)}} for kind in (Statement, QueryAnswer))
    return {
        "operationId": "query",
        "summary": "Run one read-only statement, SQL or Cypher; shut unless the server's setting opens it.",
        "parameters": [
            {
                "name": "format",
                "in": "query",
                "required": False,
                "description": "csv for a table instead of JSON.",
                "schema": {"type": "string", "enum": ["json", "csv"]},
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": given}},
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": answer, "text/csv": {}}},
            **{code: _refusal() for code in ("400", "403", "503")},
        },
    }


def _refusal() -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(name="Problem")}
    return {"description": "A refusal that says what is wrong", "content": {"application/problem+json": {"schema": schema}}}


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "description": _VARIABLES[name], "schema": {"type": "string"}}
        for name in _VARIABLE.findall(call.rule)
    ]


def _query_parameters(call: Call) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([call.query])
    schema = components[call.query.__name__]
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "description": DESCRIPTIONS[name], "schema": _given(one)}
        for name, one in schema["properties"].items()
    ]


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that is given: not null, which a query string cannot say."""
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if "enum" in schema:
        return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
    return {name: value for name, value in schema.items() if not (name == "default" and value is None)}
