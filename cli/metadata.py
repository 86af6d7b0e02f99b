"""Subcommands about the fields of documents: the table in which a reader corrects them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.filling import open_for_writing
from cli.options import open_context
from cli.printing import grid, indented, json_option, print_json, say, styled
from cli.status import NOTHING

if TYPE_CHECKING:
    from graph.corrections import Checked

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the table is UTF-8."""


@click.group()
def metadata() -> None:
    """Correct the fields of documents in a table.

    export writes title, number, issuers, place, level, genre, dates, addressees and nature of every document, a line for
    each source file, which its SHA-256 names. Change cells, in a spreadsheet if you like, and import the table: the facts
    of those documents are read again with the corrected fields. Corrections are kept apart from what was extracted and
    survive another ingest; a cell set back to what was extracted takes its correction back.

    \b
    An empty cell corrects nothing. - says that the text does not have the field. Several names are joined by ；
    Columns and lines may be left out, but for sha256.
    """


@metadata.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
def export(output: str | None) -> int:
    """Write the table of all documents, as CSV in UTF-8.

    \b
    Example:
      zhengmai metadata export -o fields.csv
    """
    from graph.corrections import table_of

    with open_context() as context:
        content = BYTE_ORDER_MARK + "".join(table_of(context.reader))
    if output:
        Path(output).write_bytes(content.encode())
    else:
        sys.stdout.buffer.write(content.encode())
    return 0


@metadata.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@json_option
def check(file: str, as_json: bool) -> int:
    """Tell what a table would correct, and which lines would be refused.

    \b
    Example:
      zhengmai metadata check fields.csv
    """
    from graph.corrections import check_table

    with open_context() as context:
        checked = check_table(context.reader, Path(file).read_bytes(), file)
    print_json(checked) if as_json else print_checked(checked, "would be corrected")
    return NOTHING if checked.refused else 0


@metadata.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@json_option
def import_table(file: str, as_json: bool) -> int:
    """Put a table's corrections in force; wrong lines are refused one by one (exit status 1), the others apply.

    \b
    Example:
      zhengmai metadata import fields.csv
    """
    from graph.corrections import apply_table

    with open_for_writing(must_exist=True) as store:
        checked, summary = apply_table(store, Path(file).read_bytes(), file)
        answer = {"checked": checked, "summary": summary, "snapshot": store.snapshot()}
    if as_json:
        print_json(answer)
    else:
        print_checked(checked, "corrected")
        say(f"{len(summary.items)} documents read again")
        for failure in summary.failures:
            click.echo(f"  {failure.message}", err=True)
    return NOTHING if checked.refused or summary.failures else 0


def print_checked(checked: Checked, done: str) -> None:
    """Corrections one by one, and lines refused with their numbers."""
    made = [one for one in checked.corrections if one.cell is not None]
    say(f"{checked.lines} lines right, ", styled(f"{len(made)} fields {done}", "bold"))
    grid([(one.sha256[:12], one.field, one.cell or "") for one in made])
    for one in checked.corrections:
        if one.cell is None:
            indented(f"{one.sha256[:12]}  {one.field}: back to what was extracted", 2)
    if checked.refused:
        click.echo(f"{len(checked.refused)} lines refused:", err=True)
    for refusal in checked.refused:
        click.echo(f"  line {refusal.line}: {refusal.message}", err=True)
