"""The page of statements: SQL or Cypher in a form, answered as a table, as JSON or as CSV. Shut unless the setting opens it."""

from __future__ import annotations

import functools
import tomllib
from typing import Any, Literal

import msgspec
from flask import Response, render_template, request

import settings
from api.holder import current_context
from api.problems import BadRequest
from api.querying import QueryAnswer, Statement, answer_query, table
from graph.querying import ROWS, Language
from web.language import current

EXAMPLES = settings.ROOT / "data" / "reference" / "example_statements.toml"
MARK = "\ufeff"
"""Tells spreadsheets that the table is UTF-8."""


class Example(msgspec.Struct, frozen=True):
    """A statement to begin with, and what it answers, in both languages."""

    zh: str
    en: str
    statement: str

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.zh if current() == "zh" else self.en


class Wrong(msgspec.Struct, frozen=True):
    """A refusal, with the statement before and after the place where it arose, if that is known."""

    detail: str
    before: str = ""
    after: str = ""


@functools.cache
def examples(language: Language) -> tuple[Example, ...]:
    """The statements offered, in the language of the store."""
    found = msgspec.convert(tomllib.loads(EXAMPLES.read_text("utf-8")), dict[str, tuple[Example, ...]])
    return tuple(msgspec.structs.replace(one, statement=one.statement.strip()) for one in found[language])


def is_open() -> bool:
    """Whether statements are taken."""
    return bool(settings.QUERY.value)


def query_page() -> Any:
    """The form, with the answer to what was sent; a statement in the address fills the form, and is not run."""
    statement = request.form.get("statement", request.args.get("statement", "")).replace("\r\n", "\n")
    if not is_open():
        return _page(statement), 403
    if request.method == "GET" or not statement.strip():
        return _page(statement)
    try:
        answer = answer_query(current_context(), Statement(statement, _limit()))
    except BadRequest as problem:
        return _page(statement, wrong=_wrong(problem, statement)), 400
    match request.form.get("format"):
        case "csv":
            return _file(MARK + "".join(table(answer)), "csv")
        case "json":
            return _file(msgspec.json.encode(answer).decode(), "json")
    return _page(statement, answer)


def _limit() -> int:
    given = request.form.get("limit", "")
    return min(ROWS, max(1, int(given))) if given.isdecimal() else ROWS


def _page(statement: str, found: QueryAnswer | None = None, wrong: Wrong | None = None) -> str:
    language = current_context().reader.language
    return render_template(
        "query.html",
        opened=is_open(),
        statement=statement,
        found=found,
        wrong=wrong,
        language=language,
        examples=examples(language),
        most=ROWS,
        limit=_limit(),
    )


def _wrong(problem: BadRequest, statement: str) -> Wrong:
    position = problem.members.get("position")
    if position is None:
        return Wrong(problem.detail)
    start = statement.rfind("\n", 0, position) + 1
    end = statement.find("\n", position)
    return Wrong(problem.detail, statement[start:position], statement[position : end if end >= 0 else len(statement)])


def _file(content: str, suffix: Literal["csv", "json"]) -> Response:
    mimetype = {"csv": "text/csv", "json": "application/json"}[suffix]
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="statement.{suffix}"'})
