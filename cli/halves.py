"""Subcommands that are the two halves of an ingest: extract and load."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.failures import complain
from cli.filling import open_for_writing, progress_bar, tell
from cli.options import mapping_option, workers_options
from cli.printing import json_option, say
from cli.status import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.halves import Extracted


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Go on with this file of records.")
@workers_options
@mapping_option
@click.option("--vectors", is_flag=True, help="Make the vectors, too (model: ZHENGMAI_MODEL).")
@click.option("--json", is_flag=True, expose_value=False, help="Accepted for uniformity: the answer is always JSON.")
def extract(
    paths: tuple[str, ...], output: Path | None, jobs: int, on: str, mapping: dict[str, str] | None, vectors: bool
) -> int:
    """Print all that documents say, one JSON object a line; no store needed.

    PATH is what zhengmai ingest takes, or one document of a file (pages.zip!/notice.html, crawl.jsonl#12). Every record has
    start and end (code points of source_text) and the rule that found it. zhengmai load takes the lines into a store, here or
    on another machine. With -o, documents that the file holds already are left out, so that a run that was stopped goes on.

    \b
    Examples:
      zhengmai extract notice.pdf | python -m json.tool --no-ensure-ascii
      zhengmai extract ~/policies --jobs 8 -o policies.jsonl
    """
    import settings
    from graph.halves import extract_paths, gone_on_with

    model = settings.MODEL.value if vectors else ""
    run = functools.partial(extract_paths, paths, jobs=jobs, on=on, model=model, mapping=mapping)
    if output is None:
        return told(printed(run, sys.stdout.buffer.write))
    with gone_on_with(output, model) as (file, done):
        found = printed(run, file.write, done)
    say(f"{found.written} documents written, {found.there} were there already.")
    return told(found)


def printed(run: Callable[..., Extracted], write: Callable[[bytes], object], done: Collection[object] = ()) -> Extracted:
    """Run the first half, with a bar where it would not stand between the records."""
    with contextlib.nullcontext() if sys.stdout.isatty() and not done else progress_bar("Reading") as progress:
        return run(write, done=done, progress=progress)


def told(found: Extracted) -> int:
    """Name what failed; the exit status."""
    for failure in found.failures:
        complain(failure.message)
    return NOTHING if found.failures else 0


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE... | -")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Compare in so many processes.")
@json_option
def load(files: tuple[str, ...], jobs: int, as_json: bool) -> int:
    """Load what zhengmai extract printed into the store.

    - reads standard input. What the store holds already is left as it is; a damaged line is named with file and number, and the
    others are still loaded (exit status 1).

    \b
    Examples:
      zhengmai load policies.jsonl more.jsonl
      zstdcat policies.jsonl.zst | zhengmai load -
    """
    from graph.halves import load_records

    with open_for_writing() as store, progress_bar("Loading") as progress:
        summary = load_records(store, files, jobs=jobs, progress=progress)
    return tell(summary, as_json)
