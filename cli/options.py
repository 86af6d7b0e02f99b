"""What several subcommands take: a document, filters; and the open store they ask."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from api.context import Context

F = TypeVar("F", bound=Callable[..., Any])

FILTERS = (
    (("--place", "--jurisdiction", "jurisdiction"), "Only documents of this place and everything below it (内蒙古自治区)."),
    (("--level",), "Only documents of this level: national, province, prefecture, county or township."),
    (("--kind",), "Only documents of this genre (实施意见, 通知, 条例)."),
    (("--since",), "Only documents issued on or after this day (2015, 2015-08 or 2015-08-07)."),
    (("--until",), "Only documents issued on or before this day."),
    (("--system",), "Only measures for which bodies of this system are responsible (hrss, housing)."),
    (("--role",), "Only measures in which that body has this role: lead, joint, support or responsible."),
    (("--document",), "Only this document (id, number or source)."),
    (("--instrument",), "Only documents that cite this instrument (id)."),
)


def filter_options(command: F) -> F:
    """The filters, handed to the command as one ``where``."""

    @functools.wraps(command)
    def filtered(**values: Any) -> Any:
        from graph.protocol import Filter

        names = Filter.__struct_fields__
        chosen = {name: values.pop(name) for name in names if name in values}
        return command(where=Filter(**chosen), **values)

    made: Any = filtered
    for declarations, help_text in reversed(FILTERS):
        made = click.option(*declarations, help=help_text)(made)
    return made  # type: ignore[no-any-return]


def workers_options(command: F) -> F:
    """``--jobs`` and ``--on``: where documents are extracted."""
    where = "Extract on a Ray cluster instead, whose client port is at ray://HOST:PORT."
    made = click.option("--on", default="", metavar="ADDRESS", callback=_cluster, help=where)(command)
    processes = click.IntRange(1, 256)
    return click.option("--jobs", default=1, show_default=True, type=processes, help="Extract in so many processes.")(made)


def _cluster(_: click.Context, __: click.Parameter, given: str) -> str:
    """The address; wrong usage when it is none of a cluster."""
    if given and not given.startswith("ray://"):
        raise click.BadParameter(f"{given}: no cluster of this kind. Give ray://HOST:PORT.")
    return given


def mapping_option(command: F) -> F:
    """``--map``, handed to the command as ``mapping``."""
    text = "Which members of JSON records are what; or a TOML file."
    return click.option("--map", "mapping", metavar="FIELD=MEMBER,...", callback=_mapping, help=text)(command)


def _mapping(_: click.Context, __: click.Parameter, given: str | None) -> dict[str, str] | None:
    """The mapping; wrong usage when it cannot be used."""
    from ingest.readers.mapping import MappingError, read_mapping

    try:
        return read_mapping(given) if given else None
    except MappingError as error:
        raise click.BadParameter(str(error)) from error


def question_argument(command: F) -> F:
    """The words of a question, with or without quotation marks around them."""

    @functools.wraps(command)
    def asked(question: tuple[str, ...], **values: Any) -> Any:
        return command(question=" ".join(question), **values)

    made: Any = click.argument("question", nargs=-1, required=True)(asked)
    return made  # type: ignore[no-any-return]


@contextlib.contextmanager
def open_context() -> Iterator[Context]:
    """The store of the settings, open for reading."""
    from api.context import open_context as opening

    context = opening()
    try:
        yield context
    finally:
        context.close()
