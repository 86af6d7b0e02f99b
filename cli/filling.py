"""Subcommands that change the store: ingest, delete, refresh."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cli.options import mapping_option, workers_options
from cli.printing import grid, indented, json_option, print_json, say, styled
from cli.status import NOTHING

if TYPE_CHECKING:
    from graph.batch import Summary
    from graph.protocol import Store
    from graph.tally import Progress

SHOWN = ("documents", "measures", "departments", "citations", "targets", "not_understood")
"""Counts that a summary shows; ``zhengmai stats`` has the others."""
NOTES_OF_ONE = 3
DOCUMENTS_NOTED = 10
"""Notes of a document, and documents with notes, that a summary shows."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@workers_options
@mapping_option
@json_option
def ingest(paths: tuple[str, ...], jobs: int, on: str, mapping: dict[str, str] | None, as_json: bool) -> int:
    """Read documents into the store.

    PATH is a file, a folder with all that is in it, or an address (https://…). Read are web pages, PDF, Word (.docx,
    .doc, .wps), Markdown, plain text, JSON and JSON Lines, and archives (.zip) of them. What the store holds already is
    left as it is; a file that cannot be read is named with the reason, and the others are still ingested (exit status 1).
    Stopped by Ctrl-C, it goes on where it stopped when the same command is given again.

    \b
    Examples:
      zhengmai ingest data/policies
      zhengmai ingest ~/policies notice.pdf pages.zip --jobs 4
      zhengmai ingest crawl.jsonl --map text=content,title=biaoti
      zhengmai ingest ~/policies --on ray://10.0.0.5:10001
      zhengmai ingest https://www.gov.cn/zhengce/content/2019-01/25/content_5361158.htm
    """
    from graph.batch import ingest_paths

    with open_for_writing() as store, progress_bar("Reading") as progress:
        summary = ingest_paths(store, paths, jobs=jobs, on=on, mapping=mapping, progress=progress)
    return tell(summary, as_json)


def tell(summary: Summary, as_json: bool) -> int:
    """Print what a batch did; its exit status."""
    print_json(summary) if as_json else print_summary(summary)
    return NOTHING if summary.failures else 0


@click.command()
@workers_options
@json_option
def refresh(jobs: int, on: str, as_json: bool) -> int:
    """Read again what an older extractor read.

    The stored bytes are read, not the files; vectors of another model than the one set are made anew.

    \b
    Example:
      zhengmai refresh
    """
    from graph.batch import refresh as refresh_store

    with open_for_writing(must_exist=True) as store, progress_bar("Reading again") as progress:
        summary = refresh_store(store, jobs=jobs, on=on, progress=progress)
    return tell(summary, as_json)


@click.command()
@click.argument("DOC")
@json_option
def delete(doc: str, as_json: bool) -> int:
    """Take a document, and all that only it brought, out of the store.

    DOC is a document's id, its number or its source (file name or address).

    \b
    Example:
      zhengmai delete 内政发〔2015〕71号
    """
    with open_for_writing(must_exist=True) as store:
        document_id = store.find_document(doc)
        row = store.document(document_id) if document_id else None
        if row is None:
            raise not_held(doc)
        store.delete(row.id)
        store.relink()
        answer = {"deleted": row.brief, "counts": store.counts(), "snapshot": store.snapshot()}
    if as_json:
        print_json(answer)
    else:
        say("Deleted ", styled(row.brief.title or row.brief.source, "bold"), f" ({row.id}).")
    return 0


@contextlib.contextmanager
def open_for_writing(must_exist: bool = False) -> Iterator[Store]:
    """The store of the settings, held by this process alone. With ``must_exist`` none is made. Raises StoreError."""
    from graph.opening import open_store

    if must_exist:
        open_store().close()
    store = open_store(write=True)
    try:
        yield store
        build_caches(store)
    finally:
        store.close()


def build_caches(store: Store) -> None:
    """Build the search indexes again where they are stale: only the process that holds the store may."""
    import settings
    from ingest.embedding import load
    from search.caches import refresh as refresh_caches

    refresh_caches(store, settings.home(), load(settings.MODEL.value).name)


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Progress | None]:
    """A bar on standard error while the work goes on; none where that is no terminal."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    name_column = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
    )
    columns = (TextColumn(title), BarColumn(24), MofNCompleteColumn(), TimeRemainingColumn(), name_column)
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        task = bar.add_task("", total=None)
        # After the last file the batch is linked and embedded, which takes a moment and has no steps of its own.
        yield lambda done, total, name: bar.update(
            task, completed=min(done, total), total=total, description=name if done < total else "linking and embedding …"
        )


def print_summary(summary: Summary) -> None:
    """What was read, what the store holds now, what failed, and what no rule understood."""
    outcomes = Counter(item.outcome for item in summary.items)
    say(", ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in sorted(outcomes.items())) or "nothing to read")
    grid([(name.replace("_", " "), styled(str(getattr(summary.counts, name)), "bold")) for name in SHOWN])
    print_notes(summary)
    if summary.failures:
        click.echo(f"{len(summary.failures)} failed:", err=True)
    for failure in summary.failures:
        click.echo(f"  {failure.message}", err=True)


def print_notes(summary: Summary) -> None:
    """What the reader of a batch should know of single documents, the first few of them."""
    noted = [(item, [*filter(None, [item.note]), *item.warnings]) for item in summary.items if item.note or item.warnings]
    for item, notes in noted[:DOCUMENTS_NOTED]:
        say(styled(f"{item.file}:", "yellow"))
        for note in notes[:NOTES_OF_ONE]:
            indented(note, 2)
        if len(notes) > NOTES_OF_ONE:
            indented(f"and {len(notes) - NOTES_OF_ONE} more: zhengmai show {item.document_id} --json", 2)
    if len(noted) > DOCUMENTS_NOTED:
        say(f"{len(noted) - DOCUMENTS_NOTED} more documents have such notes (ingest --json lists them all).")


def not_held(doc: str) -> Exception:
    """The error for a document that the store has not."""
    from api.problems import NotHeld

    return NotHeld(
        f"No document held is named “{doc}”.", remedy="Give its id, its number or its source; zhengmai search finds it."
    )
