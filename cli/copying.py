"""Subcommand that moves a store between engines."""

from __future__ import annotations

import click

from cli.printing import json_option, print_json, say, styled
from cli.status import NOTHING


@click.command(name="copy")
@click.option("--from", "source", required=True, metavar="STORE", help="Where the store is.")
@click.option("--to", "target", required=True, metavar="STORE", help="Where it is to be; empty, or an unfinished copy.")
@json_option
def copy(source: str, target: str, as_json: bool) -> int:
    """Copy a store, to the same or to another engine.

    STORE is a folder, a .db file, or the address of a Neo4j server (neo4j://user:password@host). Copying that was stopped goes
    on where it stopped. At the end both exports are compared (exit status 1 when they differ).

    \b
    Example:
      zhengmai copy --from var --to neo4j://neo4j:password@localhost
    """
    from cli.filling import progress_bar
    from graph.copying import copy_store
    from graph.opening import open_store

    with open_store(source) as held, open_store(target, write=True) as made, progress_bar("Copying") as progress:
        summary = copy_store(held, made, progress=progress)
    if as_json:
        print_json(summary)
        return 0 if summary.same else NOTHING
    say(f"{summary.documents} documents copied, {summary.unchanged} were there already; {summary.vectors} vectors.")
    if not summary.same:
        again = " Run zhengmai refresh on the first store and copy again." if summary.stale else ""
        say(
            styled(
                f"The two stores answer differently; {summary.stale} documents were read by another version.{again}", "yellow"
            )
        )
    return 0 if summary.same else NOTHING
