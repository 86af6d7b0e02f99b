"""The JSON routes: every call under ``/api/v1``, and the description of them all."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, request

from api.call import Call
from api.calls import CALLS
from api.holder import current_context
from api.links import API
from api.openapi import description
from api.querying import query_response
from api.tables import spread_response, table_response


def json_routes() -> Blueprint:
    """A blueprint with one GET route for each call, and the POST of statements."""
    routes = Blueprint("api", __name__, url_prefix=API)
    for call in CALLS:
        routes.add_url_rule(call.rule, call.name, _view(call))

    @routes.get("/search/all.csv")
    def everything_as_table() -> Response:
        return table_response(current_context(), request.args)

    for name in ("texts", "articles"):
        routes.add_url_rule(f"/families/<path:title>/{name}.csv", f"spread_{name}", _table(name))
    routes.add_url_rule("/query", "query", query_response, methods=["POST"])

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return _json(msgspec.json.encode(description()))

    return routes


def _table(name: str) -> Callable[[str], Response]:
    return lambda title: spread_response(current_context(), title, name)


def _view(call: Call) -> Callable[..., Response]:
    def view(**variables: str) -> Response:
        answer = call.run(current_context(), request.args, variables)
        response = _json(msgspec.json.encode(answer))
        if isinstance(following := getattr(answer, "next", None), str):
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    return view


def _json(body: bytes) -> Response:
    """A JSON response that a client may keep and ask for again by its tag."""
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
