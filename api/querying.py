"""Read-only statements of users: one POST, answered as JSON or as a table. Shut unless the setting opens it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from flask import Response, request

import settings
from api.context import Context
from api.csv_lines import csv_line
from api.holder import current_context
from api.problems import BadRequest, Forbidden
from graph.querying import ROWS, QueryError, QueryResult

OPEN = "Set ZHENGMAI_QUERY=on where the server is started."


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sent: SQL or Cypher, as the store's engine speaks it; ``limit`` is the most rows wanted."""

    statement: str
    limit: int = ROWS


class QueryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A table as ``graph.querying.QueryResult``, with the snapshot that it is of."""

    language: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    snapshot: str


def answer_query(context: Context, given: Statement) -> QueryAnswer:
    """The answer to one statement. Raises ``Forbidden`` and ``BadRequest``."""
    if not settings.QUERY.value:
        raise Forbidden("This server takes no statements.", remedy=OPEN)
    if not 0 < given.limit <= ROWS:
        raise BadRequest(f"limit must be between 1 and {ROWS}.")
    try:
        found = context.reader.query(given.statement, limit=given.limit)
    except QueryError as error:
        raise BadRequest(str(error), position=error.position) from error
    return QueryAnswer(**msgspec.structs.asdict(found), snapshot=context.reader.snapshot())


def query_response() -> Response:
    """The answer to the statement of this request, as CSV where ``?format=csv`` asks for that."""
    try:
        given = msgspec.json.decode(request.get_data(), type=Statement)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"The body must be JSON with a statement ({error}).") from error
    answer = answer_query(current_context(), given)
    if request.args.get("format") == "csv":
        return Response("".join(table(answer)), mimetype="text/csv")
    return Response(msgspec.json.encode(answer), mimetype="application/json")


def table(answer: QueryAnswer | QueryResult) -> Iterator[str]:
    """The lines of a CSV file; maps and lists as JSON, texts that a spreadsheet would take for formulas with a mark."""
    yield csv_line(answer.columns)
    yield from map(csv_line, answer.rows)
