"""The subcommand families: how one matter spread from place to place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.options import open_context
from cli.printing import grid, json_option, print_json, say, styled
from cli.status import NOTHING

if TYPE_CHECKING:
    from api.spread_answers import MattersAnswer, SpreadAnswer

ARTICLES = 20
"""Articles that are shown; ``--json`` and ``--csv`` have more."""


@click.command()
@click.argument("TITLE", required=False)
@click.option("--csv", "table", type=click.Choice(["texts", "articles"]), help="Of one family: its texts, or all articles.")
@click.option("--limit", default=50, show_default=True, help="Without TITLE: print so many.")
@json_option
def families(title: str | None, table: str | None, limit: int, as_json: bool) -> int:
    """Show how one matter spread: who copied whom, who wrote it first.

    TITLE is the title that the texts share, without the place. Without it the families are listed.

    \b
    Examples:
      zhengmai families
      zhengmai families 文明行为促进条例
      zhengmai families 文明行为促进条例 --csv texts
    """
    from api import resources
    from api.resources import spread_tables

    with open_context() as context:
        if title is None:
            listed = resources.matters(context, limit=limit)
            print_json(listed) if as_json else _print_matters(listed)
            return 0 if listed.total else NOTHING
        if table:
            tables = {"texts": spread_tables.texts_table, "articles": spread_tables.articles_table}
            for line in tables[table](context, title):
                click.echo(line, nl=False)
            return 0
        answer = resources.spread(context, title)
    print_json(answer) if as_json else _print_spread(answer)
    return 0


def _print_matters(answer: MattersAnswer) -> None:
    say(styled(f"{answer.total} titles are shared by three texts or more", "bold"))
    grid([(one.title, str(one.texts), f"{one.first or '?'} – {one.last or '?'}") for one in answer.items])


def _print_spread(answer: SpreadAnswer) -> None:
    about = answer.matter
    say(styled(about.title, "bold"), f": {about.texts} texts of {about.places} places, {about.first} – {about.last}")
    say("")
    for text in answer.texts:
        taken = f" ← {text.source_place} {text.source_date or ''} {text.copied}/{text.units}" if text.source else ""
        say(f"{text.date or '?':10} {text.place or text.document.title or text.document.id}", styled(taken, "dim"))
    say("")
    say("who wrote it first:")
    grid(
        [
            (str(one.texts), f"{one.first.jurisdiction or ''} {one.first.date or ''}", one.words)
            for one in answer.articles[:ARTICLES]
        ]
    )
