"""Subcommand for statements of one's own."""

from __future__ import annotations

import sys

import click

from cli.options import open_context
from cli.printing import grid, json_option, print_json
from cli.status import NOTHING


@click.command()
@click.argument("statement")
@click.option("--limit", default=1_000, show_default=True, type=click.IntRange(1, 1_000), help="Print at most so many rows.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a CSV table.")
@json_option
def query(statement: str, limit: int, as_csv: bool, as_json: bool) -> int:
    """Run one read-only statement, SQL or Cypher.

    SQL on the embedded store, Cypher on Neo4j (docs/neo4j.md has the labels and ten queries). Nothing that writes, reads
    files or reaches the network is run, and nothing for longer than ten seconds. A lone - reads the statement from standard
    input.

    \b
    Examples:
      zhengmai query "SELECT jurisdiction, body, quote FROM v_who WHERE system = 'housing' AND role = 'lead'"
      zhengmai query "MATCH (i:Instrument) RETURN i.title, i.documents ORDER BY i.documents DESC LIMIT 20" --csv
    """
    from api.querying import table

    given = sys.stdin.read() if statement == "-" else statement
    with open_context() as context:
        found = context.reader.query(given, limit=limit)
    if as_json:
        print_json(found)
    elif as_csv:
        click.echo("".join(table(found)), nl=False)
    else:
        grid([found.columns, *(["" if cell is None else str(cell) for cell in row] for row in found.rows)])
    if found.truncated and not as_json:
        click.echo(f"Cut off after {len(found.rows)} rows.", err=True)
    return 0 if found.rows else NOTHING
