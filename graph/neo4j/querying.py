"""Cypher that a researcher writes: explained first, and run only when every step of its plan is known to read only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.neo4j.connection import EXPLAIN, Server
from graph.querying import SECONDS, Collected, QueryError, QueryResult, allowed, check_length

FIRST_WORDS = ("match", "optional", "with", "return", "unwind", "call")
FORBIDDEN = ("use", "load", "csv", "show", "terminate", "explain", "profile", "cypher", "start", "foreach")
"""Words that no reading needs; refused even where the plan would show what they do."""
FUNCTIONS = allowed("cypher", "functions")
"""Functions with a dotted name; others may be a plugin's and do anything."""
TOKENS = ("words", "bigrams", "heading_words", "heading_bigrams", "context_words", "context_bigrams", "title_bigrams")
HEAVY = ("content", *TOKENS)
"""Properties that a node is shown without; asked for by name they are given."""

OPERATORS = allowed("cypher", "operators")
_TOKEN = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | /\*.*?\*/ | //[^\n]* | (?P<word>[^\W\d]\w*) | (?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)


_POSITION = re.compile(r"\s*\(line \d+, column \d+ \(offset: (\d+)\)\)")


def query(server: Server, statement: str, limit: int) -> QueryResult:
    """The answer to one statement. Raises ``QueryError``."""
    from neo4j.exceptions import Neo4jError

    check_length(statement)
    check_words(statement)
    try:
        check_plan(*server.explained(statement))
        found = Collected(limit)
        columns = server.stream(statement, SECONDS, lambda row: found.add(tuple(map(_plain, row))))
    except Neo4jError as error:
        raise QueryError(_reason(error), _position(error)) from error
    return QueryResult(language="Cypher", columns=columns, rows=tuple(found.rows), truncated=found.truncated)


def check_words(statement: str) -> None:
    """Refuse what could hide from the plan: escapes, quoted names, unknown functions with dots. Raises ``QueryError``."""
    if "\\u" in statement or "\\U" in statement or "`" in statement:
        raise QueryError("Neither \\u escapes nor names in backticks are allowed.")
    tokens = list(_tokens(statement))
    words = [token.lower() for token, _ in tokens]
    if not words or words[0] not in FIRST_WORDS:
        raise QueryError(f"A statement begins with one of: {', '.join(word.upper() for word in FIRST_WORDS)}.")
    for number, word in enumerate(words):
        before, after = words[number - 1] if number else "", words[number + 1 : number + 2]
        if word in FORBIDDEN and before not in (".", ":", "|") and after != [":"]:
            raise QueryError(f"{word.upper()} is not allowed.", tokens[number][1])
    for name in _called(words):
        if "." in name and name not in FUNCTIONS:
            raise QueryError(f"The function {name} is not allowed.")


def _tokens(statement: str) -> Iterator[tuple[str, int]]:
    """Words and marks with their places, without comments; a text in quotation marks counts as one mark."""
    for match in _TOKEN.finditer(statement):
        text = match[0]
        if match["word"] or match["mark"]:
            yield text, match.start()
        elif text[0] in "'\"":
            yield "''", match.start()


def _called(words: list[str]) -> Iterator[str]:
    """The names that stand before an opening bracket, with all their dots."""
    for number, word in enumerate(words):
        if word == "(" and number and words[number - 1].isidentifier():
            start = number - 1
            while start >= 2 and words[start - 1] == "." and words[start - 2].isidentifier():
                start -= 2
            yield "".join(words[start:number])


def check_plan(kind: str | None, plan: Any) -> None:
    """Refuse what is not a query of known steps. Raises ``QueryError``."""
    if kind != "r":
        raise QueryError("Only statements that read are allowed.")
    for operator in _operators(plan):
        if operator not in OPERATORS:
            raise QueryError(f"The step {operator} of this statement is not allowed.")


def _operators(plan: Any) -> Iterator[str]:
    if not isinstance(plan, dict):
        raise QueryError("The server gave no plan for this statement.")
    yield re.sub(r"\(.*\)$", "", str(plan["operatorType"]).partition("@")[0]).lower()
    for child in plan.get("children") or ():
        yield from _operators(child)


def _plain(value: Any) -> Any:
    """A value as JSON's own types: nodes and relationships as maps of their properties."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (bytes, bytearray)):
        return f"({len(value)} bytes)"
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if hasattr(value, "relationships"):
        return [_plain(one) for one in (*value.nodes, *value.relationships)]
    if hasattr(value, "items") and callable(value.items):
        kind = {"labels": sorted(value.labels)} if hasattr(value, "labels") else {"type": value.type}
        return {**kind, **{name: _plain(one) for name, one in value.items() if not _is_heavy(name)}}
    return str(value)


def _is_heavy(name: str) -> bool:
    return name in HEAVY or name.startswith("vector_")


def _reason(error: Any) -> str:
    if "TransactionTimedOut" in (error.code or "") or "Terminated" in (error.code or ""):
        return f"The statement took more than {SECONDS:g} seconds. Ask for less, or start from a property with an index."
    if "Memory" in (error.code or ""):
        return "The statement needs more memory than one statement may have. Ask for less."
    return f"The statement is wrong: {_POSITION.split(error.message or '')[0].strip()}"


def _position(error: Any) -> int | None:
    """Where the server, which was given the statement after another word, met what it could not read."""
    found = _POSITION.search(error.message or "")
    return max(0, int(found[1]) - len(EXPLAIN)) if found else None
