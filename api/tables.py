"""Tables as CSV, sent line by line."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, stream_with_context
from werkzeug.datastructures import MultiDict

from api.context import Context
from api.parameters import parse
from api.resources import spread_tables
from api.search_calls import EverythingQuery, table_of_everything

MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


def table_response(context: Context, arguments: MultiDict[str, str]) -> Response:
    """All that matches a Boolean query. Raises ``Problem`` before anything is sent."""
    return _response(table_of_everything(context, parse(EverythingQuery, arguments, lenient=True)), "matches")


def spread_response(context: Context, title: str, name: str) -> Response:
    """The texts of a matter, or its articles. Raises ``Problem`` before anything is sent."""
    tables = {"texts": spread_tables.texts_table, "articles": spread_tables.articles_table}
    return _response(tables[name](context, title), name)


def _response(lines: Iterator[str], name: str) -> Response:
    first = next(lines)

    def body() -> object:
        yield MARK + first
        yield from lines

    response = Response(stream_with_context(body()), mimetype="text/csv")  # type: ignore[call-overload]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
