"""Subcommands about lists of instruments: import one, drop it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.filling import open_for_writing
from cli.printing import json_option, print_json, say, styled
from cli.status import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.bibliography_file import BadRow
    from graph.rows import Imported

SHOWN = 20
"""Bad rows that are named; the number of the others is told."""


@click.group()
def instruments() -> None:
    """Import and drop lists of instruments that citations may mean.

    \b
    Examples:
      zhengmai instruments import policies.csv
      zhengmai instruments drop policies.csv
    """


@instruments.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="What the list is called in the store (default: the file's name).")
@json_option
def import_list(file: Path, name: str | None, as_json: bool) -> int:
    """Import a list of instruments from a CSV file.

    Its first line names the columns, in any usual heading: title (标题), doc_number (发文字号), issuers (发布部门), force
    (效力级别), validity (时效性), published (发布日期), effective (实施日期); only title is needed. A list of the same name is
    replaced. A row that cannot be used is named by its line, the others apply (exit status 1).

    \b
    Example:
      zhengmai instruments import policies.csv
    """
    from graph.bibliography_file import read_list

    read = read_list(file, name)
    with open_for_writing() as store:
        done = store.put_list(name or file.name, read.entries)
        snapshot = store.snapshot()
    if as_json:
        bad = [{"line": row.line, "problem": row.problem} for row in read.bad]
        print_json({**_plain(done), "bad": bad, "snapshot": snapshot})
    else:
        print_done(done)
    print_bad(file.name, read.bad)
    return NOTHING if read.bad else 0


@instruments.command("drop")
@click.argument("name")
@json_option
def drop_list(name: str, as_json: bool) -> int:
    """Forget a list; citations that meant its entries are stubs again.

    \b
    Example:
      zhengmai instruments drop policies.csv
    """
    with open_for_writing(must_exist=True) as store:
        names = sorted({entry.listed_in for entry in store.known_instruments()})
        if name not in names:
            raise _no_list(name, names)
        done = store.put_list(name, ())
        snapshot = store.snapshot()
    print_json({**_plain(done), "snapshot": snapshot}) if as_json else say(f"Dropped {name}: {done.removed} instruments.")
    return 0


def _no_list(name: str, names: Sequence[str]) -> Exception:
    from api.problems import NotHeld

    return NotHeld(f"No list is called “{name}”.", remedy="Imported are: " + (", ".join(names) or "none") + ".")


def _plain(done: Imported) -> dict[str, object]:
    return {name: getattr(done, name) for name in done.__struct_fields__}


def print_done(done: Imported) -> None:
    """What the store now knows."""
    say(styled(done.listed_in, "bold"), f": {done.entries} instruments ({done.added} new, {done.removed} gone)")
    say(f"{done.citations} citations mean {done.instruments} of them")


def print_bad(file: str, bad: Sequence[BadRow]) -> None:
    """The rows that were left out, on standard error."""
    for row in bad[:SHOWN]:
        click.echo(f"{file}, {row}", err=True)
    if len(bad) > SHOWN:
        click.echo(f"{file}: {len(bad) - SHOWN} more rows left out", err=True)
