"""Subcommands that ask further: why, figures, grounds, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.options import filter_options, open_context, question_argument
from cli.printing import json_option, print_json
from cli.status import NOTHING

if TYPE_CHECKING:
    from graph.protocol import Filter


@click.command()
@click.argument("query")
@click.argument("ID")
@click.option("-k", "--hits", "k", default=10, show_default=True, help="How many hits count as found.")
@filter_options
@json_option
def why(query: str, id: str, k: int, where: Filter, as_json: bool) -> int:
    """Tell why a provision is found for a question, or why it is not.

    ID is a provision's id, or a document by id, number or source: then its provision that answers best counts.

    \b
    Examples:
      zhengmai why 工资保证金 内政发〔2015〕71号
      zhengmai why "wage deposit" 2f0c…:3.2 --json
    """
    from api import resources
    from cli.finding_text import print_why

    with open_context() as context:
        answer = resources.asking.why(context, query, id, where, k)
    print_json(answer) if as_json else print_why(answer)
    return 0 if answer.rank is not None else NOTHING


@click.command()
@question_argument
@filter_options
@json_option
def figures(question: str, where: Filter, as_json: bool) -> int:
    """Tell how much and by when: targets on a topic, side by side.

    \b
    Examples:
      zhengmai figures 每年培训多少农民工
      zhengmai figures vaccination rate --level prefecture
    """
    from api import resources
    from cli.finding_text import print_figures

    with open_context() as context:
        answer = resources.asking.figures(context, question, where)
    print_json(answer) if as_json else print_figures(answer)
    return 0 if answer.groups else NOTHING


@click.command()
@question_argument
@filter_options
@json_option
def grounds(question: str, where: Filter, as_json: bool) -> int:
    """Tell under which laws and policies the measures on a topic stand.

    \b
    Examples:
      zhengmai grounds 工伤保险依据什么法律
      zhengmai grounds residence permits --place 昆明市
    """
    from api import resources
    from cli.finding_text import print_grounds

    with open_context() as context:
        answer = resources.asking.grounds(context, question, where)
    print_json(answer) if as_json else print_grounds(answer)
    return 0 if answer.instruments else NOTHING


@click.command()
@question_argument
@filter_options
@json_option
def places(question: str, where: Filter, as_json: bool) -> int:
    """Set side by side what each place says of a topic.

    Places whose documents say nothing of it are named.

    \b
    Examples:
      zhengmai places 拖欠工资
      zhengmai places subsidies for start-ups --level prefecture
    """
    from api import resources
    from cli.finding_text import print_places

    with open_context() as context:
        answer = resources.asking.places(context, question, where)
    print_json(answer) if as_json else print_places(answer)
    return 0 if answer.places else NOTHING
