"""Tables as CSV, sent line by line."""

from __future__ import annotations

from flask import Response, stream_with_context
from werkzeug.datastructures import MultiDict

from api.context import Context
from api.parameters import parse
from api.search_calls import EverythingQuery, table_of_everything

MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


def table_response(context: Context, arguments: MultiDict[str, str]) -> Response:
    """All that matches a Boolean query. Raises ``Problem`` before anything is sent."""
    lines = table_of_everything(context, parse(EverythingQuery, arguments, lenient=True))

    def body() -> object:
        yield MARK
        yield from lines

    response = Response(stream_with_context(body()), mimetype="text/csv")  # type: ignore[call-overload]
    response.headers["Content-Disposition"] = 'attachment; filename="matches.csv"'
    return response
