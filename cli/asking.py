"""Subcommands that answer from the store: search, who, show, trace, stats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.options import filter_options, open_context, question_argument
from cli.printing import json_option, print_json
from cli.status import NOTHING

if TYPE_CHECKING:
    from graph.protocol import Filter


@click.command()
@question_argument
@click.option("-k", "--hits", "k", default=10, show_default=True, help="At most so many hits.")
@click.option("--plain", is_flag=True, help="Take words that ask (who, how much) like any others.")
@click.option("--all", "everything", is_flag=True, help="Everything that matches a Boolean query, unranked.")
@click.option("--csv", "as_csv", is_flag=True, help="With --all: all of it as a table.")
@click.option("--offset", default=0, help="With --all: leave out so many.")
@click.option("--limit", default=50, show_default=True, help="With --all: print so many.")
@filter_options
@json_option
def search(
    question: str, k: int, plain: bool, everything: bool, as_csv: bool, offset: int, limit: int, where: Filter, as_json: bool
) -> int:
    """Find measures by words and by meaning, in Chinese or English.

    With --all QUERY is Boolean: words side by side must all stand, OR, NOT or -, NEAR/10, brackets, quotation marks.

    \b
    Examples:
      zhengmai search 拖欠工资
      zhengmai search "schooling of migrant children" --place 昆明市 -k 5
      zhengmai search 技能培训 --level province --json
      zhengmai search --all '(拖欠 OR 欠薪) AND 保证金 NEAR/10 工资' --csv
    """
    from api import resources
    from cli.answer_text import print_search

    if everything or as_csv:
        return _everything(question, where, as_csv, as_json, offset, limit)
    with open_context() as context:
        answer = resources.search(context, question, where, k, plain=plain)
    print_json(answer) if as_json else print_search(answer)
    return 0 if answer.hits else NOTHING


def _everything(query: str, where: Filter, as_csv: bool, as_json: bool, offset: int, limit: int) -> int:
    """Everything that matches, as text, JSON or a table."""
    from api import resources
    from cli.finding_text import print_everything

    with open_context() as context:
        if as_csv:
            lines = 0
            for lines, line in enumerate(resources.asking.table(context, query, where)):  # noqa: B007 - the last is the total
                click.echo(line, nl=False)
            return 0 if lines else NOTHING
        answer = resources.asking.everything(context, query, where, offset=offset, limit=limit)
    print_json(answer) if as_json else print_everything(answer)
    return 0 if answer.total else NOTHING


@click.command()
@question_argument
@filter_options
@json_option
def who(question: str, where: Filter, as_json: bool) -> int:
    """Tell who handles a matter, document by document, leads first.

    \b
    Examples:
      zhengmai who handles housing
      zhengmai who 谁负责住房 --place 吉安市
      zhengmai who handles wage arrears --role lead --json
    """
    from api import resources
    from cli.answer_text import print_who

    with open_context() as context:
        answer = resources.who(context, question, where)
    print_json(answer) if as_json else print_who(answer)
    return 0 if answer.answers else NOTHING


@click.command()
@click.argument("ID")
@click.option("--facts", is_flag=True, help="Of a document: each fact with its rule, and what was not understood.")
@json_option
def show(id: str, facts: bool, as_json: bool) -> int:
    """Show a document, measure, department, instrument, system or record.

    ID is the id that any answer gives, a document's number or source, or a system's code.

    \b
    Examples:
      zhengmai show 内政发〔2015〕71号
      zhengmai show 内政发〔2015〕71号 --facts
      zhengmai show hrss
    """
    from api import resources
    from cli.provenance_text import print_provenance
    from cli.shown_text import print_shown

    with open_context() as context:
        if facts:
            found = resources.provenance(context, id)
            print_json(found) if as_json else print_provenance(found)
            return 0
        answer = resources.show(context, id)
    print_json(answer) if as_json else print_shown(answer)
    return 0


@click.command()
@click.argument("DOC")
@click.option("--source", metavar="DOC2", help="Compare measure by measure with this document.")
@json_option
def trace(doc: str, source: str | None, as_json: bool) -> int:
    """Show what a document derives from and what derives from it.

    DOC is a document's id, its number or its source (file name or address).

    \b
    Examples:
      zhengmai trace 内政发〔2015〕71号
      zhengmai trace 001_fb8999b9bcbab4cd.txt --json
      zhengmai trace 二政发〔2016〕7号 --source 内政发〔2015〕71号
    """
    from api import resources
    from cli.lineage_text import print_comparison, print_trace

    with open_context() as context:
        if source is not None:
            compared = resources.comparison(context, doc, source)
            print_json(compared) if as_json else print_comparison(compared)
            return 0 if any(pair.source_path for pair in compared.pairs) else NOTHING
        answer = resources.trace(context, doc)
    print_json(answer) if as_json else print_trace(answer)
    return 0 if answer.sources or answer.descendants else NOTHING


@click.command()
@json_option
def stats(as_json: bool) -> int:
    """Tell what the store holds."""
    from api import resources
    from cli.answer_text import print_stats

    with open_context() as context:
        answer = resources.stats(context)
    print_json(answer) if as_json else print_stats(answer)
    return 0
