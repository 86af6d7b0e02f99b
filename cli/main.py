"""The command ``zhengmai``: its subcommands by name, loaded only when called, and one way to fail.

Exit status: 0 done; 1 nothing found, or some inputs failed; 2 wrong usage; 3 the store or the set-up cannot be used;
130 interrupted. Answers go to standard output, everything else to standard error.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import NamedTuple

import click

from cli.status import INTERRUPTED

EPILOG = """\b
Examples:
  zhengmai ingest policies/ notice.txt     read files and folders into the store
  zhengmai who handles housing             who handles a matter, place by place
  zhengmai search 拖欠工资 --place 昆明市   measures on a subject in a place
  zhengmai show 内政发〔2015〕71号          a document and its outline

\b
DOC is a document's id, its number or its source (file name or address).
Exit status: 0 done; 1 nothing found, or some inputs failed; 2 wrong usage;
3 the store or the set-up cannot be used; 130 interrupted.
"""


class Subcommand(NamedTuple):
    """Where a subcommand lives (module of ``cli``, function in it) and the line that the list shows."""

    module: str
    function: str
    summary: str


SUBCOMMANDS = {
    "ingest": Subcommand("filling", "ingest", "Read documents into the store."),
    "delete": Subcommand("filling", "delete", "Take a document, and all that only it brought, out of the store."),
    "refresh": Subcommand("filling", "refresh", "Read again what an older extractor read."),
    "copy": Subcommand("copying", "copy", "Copy a store, to the same or to another engine."),
    "extract": Subcommand("halves", "extract", "Print all that documents say, one JSON object a line; no store needed."),
    "load": Subcommand("halves", "load", "Load what zhengmai extract printed into the store."),
    "instruments": Subcommand("instruments", "instruments", "Import and drop lists of instruments that citations may mean."),
    "resolve": Subcommand("reading", "resolve", "Tell body, place, level and systems of organisations' names."),
    "search": Subcommand("asking", "search", "Find measures by words and by meaning, in Chinese or English."),
    "why": Subcommand("finding", "why", "Tell why a provision is found for a question, or why it is not."),
    "figures": Subcommand("finding", "figures", "Tell how much and by when: targets on a topic, side by side."),
    "grounds": Subcommand("finding", "grounds", "Tell under which laws and policies the measures on a topic stand."),
    "places": Subcommand("finding", "places", "Set side by side what each place says of a topic."),
    "who": Subcommand("asking", "who", "Tell who handles a matter, document by document, leads first."),
    "show": Subcommand("asking", "show", "Show a document, measure, department, instrument, system or record."),
    "trace": Subcommand("asking", "trace", "Show what a document derives from and what derives from it."),
    "families": Subcommand("families", "families", "Show how one matter spread: who copied whom, who wrote it first."),
    "metadata": Subcommand("metadata", "metadata", "Correct the fields of documents in a table."),
    "duplicates": Subcommand("duplicates", "duplicates", "List texts that are nearly the same, with their differences."),
    "stats": Subcommand("asking", "stats", "Tell what the store holds."),
    "export": Subcommand("serving", "export", "Print the whole store as sorted JSON Lines."),
    "query": Subcommand("querying", "query", "Run one read-only statement, SQL or Cypher."),
    "serve": Subcommand("serving", "serve", "Serve the site and the API until Ctrl-C."),
}


class LazyGroup(click.Group):
    """Imports a subcommand's module when it is called, so that ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        place = SUBCOMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"cli.{place.module}"), place.function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in SUBCOMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in SUBCOMMANDS and not name.startswith("-"):
            ctx.fail(f"No such command {name!r}. There are: {', '.join(SUBCOMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def zhengmai() -> None:
    """Zhengmai (政脉) reads policy documents and answers who, where from, what and by when, with evidence."""


def main() -> None:
    """Run the command line; never ends in a traceback for what a user can cause."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """The exit status of one call; ``arguments`` default to those of the process."""
    try:
        outcome = zhengmai.main(args=arguments, prog_name="zhengmai", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: silence the flush that Python does at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last line: what reaches the user is a sentence, never a traceback
        from cli.failures import explain

        return explain(error)
