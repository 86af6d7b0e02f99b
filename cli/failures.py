"""From an exception to a message on standard error and an exit status; knows the rooms' errors by name, importing none."""

from __future__ import annotations

import os
import traceback

import click

import settings
from cli.status import NOTHING, UNUSABLE, USAGE

STATUS = {
    "api.problems.BadRequest": USAGE,
    "api.problems.NotHeld": NOTHING,
    "api.problems.Conflict": NOTHING,
    "api.problems.Unavailable": UNUSABLE,
    "graph.cluster.ClusterError": UNUSABLE,
    "graph.errors.StoreError": UNUSABLE,
    "graph.halves.NoRecordsError": USAGE,
    "ingest.embedding.embedder.ModelError": UNUSABLE,
    "graph.querying.QueryError": USAGE,
    "graph.corrections.TableError": NOTHING,
    "graph.deciding.NotTwoTextsError": NOTHING,
    "ingest.readers.errors.ReadError": NOTHING,
    "builtins.FileNotFoundError": NOTHING,
    "builtins.OSError": UNUSABLE,
}
"""Exit status by the most specific class named here; the message is the error's own, which names the remedy."""

UNEXPECTED = """\
{kind}: {error}
This is a defect of Zhengmai, not of your input. Please report it with what {variable}=1 prints for the same call."""


def explain(error: Exception) -> int:
    """Print what went wrong and what to do; the exit status of the call."""
    if settings.DEBUG.value:
        traceback.print_exception(error)
    status = known_status(error)
    if status is None:
        complain(UNEXPECTED.format(kind=type(error).__name__, error=error, variable=settings.DEBUG.variable))
        return UNUSABLE
    complain(sentence(error))
    for line in members(error):
        click.echo(line, err=True)
    return status


def known_status(error: Exception) -> int | None:
    """The exit status of an error that users can cause; null for any other."""
    names = [f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__]
    return next((STATUS[name] for name in names if name in STATUS), None)


def sentence(error: Exception) -> str:
    """The error in words: for the system's own errors the file and the reason, without their number."""
    if isinstance(error, OSError) and error.strerror:
        return f"{os.fspath(error.filename)}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def members(error: Exception) -> list[str]:
    """What a problem says besides: the choices there are, the remedy."""
    extra = getattr(error, "members", {})
    lines = [str(extra["remedy"])] if extra.get("remedy") else []
    if extra.get("choices"):
        lines.append("There are: " + ", ".join(map(str, extra["choices"])))
    return lines


def complain(message: str) -> None:
    """One error on standard error."""
    click.echo(f"zhengmai: {message}", err=True)
