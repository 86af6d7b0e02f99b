"""Subcommands about texts that are nearly the same: the list, and what a reader decides of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.answer_text import name_of, print_snapshot, shortened
from cli.filling import open_for_writing
from cli.options import open_context
from cli.printing import indented, json_option, print_json, say, styled
from cli.status import NOTHING

if TYPE_CHECKING:
    from api.field_answers import AlikeView

SIGNS = {"changed": "~", "dropped": "-", "added": "+"}


@click.group(invoke_without_command=True)
@click.option("--decided/--undecided", default=None, help="Only pairs that were decided on, or only those that wait for it.")
@click.option("-n", "--limit", default=50, show_default=True, type=click.IntRange(1, 500), help="So many pairs.")
@json_option
@click.pass_context
def duplicates(ctx: click.Context, decided: bool | None, limit: int, as_json: bool) -> int:
    """List texts that are nearly the same, with their differences.

    Equal texts from several places are one document with several sources. Texts that are only nearly the same stay apart
    until you decide: same makes them one document, different takes them off the list, undecided takes a decision back.
    Name each text by its document's id, number or source, or by the SHA-256 of its file.

    \b
    Examples:
      zhengmai duplicates --undecided
      zhengmai duplicates of 内政发〔2015〕71号
      zhengmai duplicates same notice.txt reposted.html
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from api import resources

    with open_context() as context:
        answer = resources.duplicates(context, decided=decided, limit=limit)
    if as_json:
        print_json(answer)
        return 0
    for item in answer.items:
        print_pair(item)
    say(f"{answer.total} pairs" + (f", the first {len(answer.items)} of them" if answer.total > len(answer.items) else ""))
    print_snapshot(answer.snapshot)
    return 0


@duplicates.command("of")
@click.argument("doc")
@json_option
def of(doc: str, as_json: bool) -> int:
    """Show every difference between a document and those nearly the same.

    \b
    Example:
      zhengmai duplicates of notice.txt
    """
    from api import resources

    with open_context() as context:
        answer = resources.duplicate(context, doc)
    if as_json:
        print_json(answer)
    for item in () if as_json else answer.items:
        print_pair(item)
    return 0 if answer.items else NOTHING


def decision(name: str, doing: str) -> click.Command:
    """The subcommand that decides of two texts."""

    @click.argument("one")
    @click.argument("other")
    @json_option
    def decided(one: str, other: str, as_json: bool) -> int:
        from graph.deciding import decide

        with open_for_writing(must_exist=True) as store:
            outcome = decide(store, one, other, name)
        if as_json:
            print_json(outcome)
        else:
            say(f"{name}: {len(outcome.documents)} document" + ("s" if len(outcome.documents) > 1 else ""))
            indented(", ".join(outcome.documents), 2)
        return 0

    return duplicates.command(name, help=doing)(decided)


decision("same", "Make two texts one document with two sources.")
decision("different", "Take a pair off the list of those that wait for a decision.")
decision("undecided", "Take a decision back, and part what it joined.")


def print_pair(item: AlikeView) -> None:
    """Two documents, how alike they are, and where they differ."""
    pair = item.likeness
    decided = f", decided: {pair.decision}" if pair.decision else ""
    say(styled(f"{pair.likeness:.2%} alike", "bold"), f", {item.relation}{decided}")
    for brief, day in zip((pair.one, pair.other), item.issued, strict=True):
        indented(f"{brief.id}  {name_of(brief)}  {day or ''}  {brief.source}", 2)
    for each in item.differences:
        words = " → ".join(f"“{shortened(text)}”" for text in (each.one, each.other) if text)
        place = f"[{each.one_start}:{each.one_end}] [{each.other_start}:{each.other_end}]"
        indented(styled(f"{SIGNS[each.kind]} {words} {place}", "dim"), 4)
    if item.differing > len(item.differences):
        indented(styled(f"and {item.differing - len(item.differences)} more: zhengmai duplicates of {pair.one.id}", "dim"), 4)
