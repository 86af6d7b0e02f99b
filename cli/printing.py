"""How answers are printed: as the API's JSON, or as text in which Chinese characters count two columns."""

from __future__ import annotations

import functools
import json
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

F = TypeVar("F", bound=Callable[..., Any])
WIDTH_OF_A_FILE = 120
"""Columns of text that goes to a file or another program."""

ROLES = {"lead": "bold", "joint": "", "responsible": "", "support": "dim"}


def json_option(command: F) -> F:
    """``--json``: print the object that the API sends."""
    return click.option("--json", "as_json", is_flag=True, help="Print the same JSON object as the API.")(command)


def print_json(value: Any) -> None:
    """A struct or plain value as indented JSON, Chinese as it is."""
    import msgspec

    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))


@functools.cache
def console() -> Console:
    """Where text answers go."""
    from rich.console import Console

    on_screen = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_screen else WIDTH_OF_A_FILE
    return Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def emit(shown: Any) -> None:
    """Print something that rich can render, without the spaces it fills lines with."""
    with console().capture() as captured:
        console().print(shown)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def say(*parts: str | Text) -> None:
    """One line of text, made of plain and styled parts."""
    from rich.text import Text

    emit(Text.assemble(*parts))


def indented(text: str | Text, by: int) -> None:
    """A paragraph set in from the left, wrapped to the width."""
    from rich.padding import Padding

    emit(Padding(text, (0, 0, 0, by), expand=False))


def styled(text: str, style: str) -> Text:
    """A stretch of text in a style."""
    from rich.text import Text

    return Text(text, style=style)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    """A text with some of its spans in bold."""
    from rich.text import Text

    made = Text(text)
    for start, end in spans:
        made.stylize("bold", start, end)
    return made


def grid(rows: Iterable[Iterable[str | Text]], by: int = 2) -> None:
    """Rows in columns without lines, set in from the left; the last column takes what is left of the width."""
    from rich.padding import Padding
    from rich.table import Table

    kept = [tuple(row) for row in rows]
    if not kept:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    for last in (False,) * (len(kept[0]) - 1) + (True,):
        table.add_column(no_wrap=not last, overflow="fold")
    for row in kept:
        table.add_row(*row)
    emit(Padding(table, (0, 0, 0, by), expand=False))
