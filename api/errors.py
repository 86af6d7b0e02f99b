"""Errors in one shape: problem details for the API, and the same object handed to a page for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from api.links import API
from api.problems import Problem, problem_details
from graph.errors import StoreError

RETRY_SECONDS = "5"

Page = Callable[[dict[str, Any]], str]


def register(app: Flask, page: Page | None = None) -> None:
    """Turn every failure of ``app`` into problem details, or outside the API into ``page`` of them."""

    def respond(body: dict[str, Any], headers: list[tuple[str, str]] | None = None) -> Response:
        if page is None or request.path.startswith(f"{API}/"):
            response = Response(msgspec.json.encode(body), body["status"], mimetype="application/problem+json")
        else:
            response = Response(page(body), body["status"], mimetype="text/html")
        response.headers.extend(headers or [])
        return response

    @app.errorhandler(Problem)
    def on_problem(problem: Problem) -> Response:
        return respond(problem.as_json())

    @app.errorhandler(StoreError)
    def on_store(error: StoreError) -> Response:
        return respond(problem_details(503, str(error)), [("Retry-After", RETRY_SECONDS)])

    @app.errorhandler(HTTPException)
    def on_http(error: HTTPException) -> Response:
        kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
        return respond(problem_details(error.code or 500, error.description or "", **_remedy(error)), kept)

    @app.errorhandler(Exception)
    def on_defect(error: Exception) -> Response:
        current_app.logger.error("%s %s failed", request.method, request.full_path, exc_info=error)
        return respond(problem_details(500, "The server failed on this request; its log says why."))


def _remedy(error: HTTPException) -> dict[str, Any]:
    return {"remedy": f"{API}/openapi.json describes every call."} if error.code == 404 else {}
