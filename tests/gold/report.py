"""``make gold``: extraction against the annotations, for each document and in all, with gains and losses.

    python -m tests.gold.report [--misses] [--raise-floor]

Exit status 1 when a figure is under its floor. Figures are F1, or the share that is right where there is nothing to miss.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.readers import ReadError
from tests.gold import asked, lineage_figures, local_fields, organisations, titled_issuers
from tests.gold import floor as floors
from tests.gold.cases import Case, further, readable, shipped
from tests.gold.scoring import CORE, NAMES, Pair, Tally, differences, score, total

COLUMNS = 5
"""Documents beside each other in a table."""
SHIPPED = "shipped"
FURTHER = "further"
QUESTIONS = "questions"
BASELINES = "lineage by simpler means"
ON_SERVER = "questions on Neo4j"
SIMPLE: dict[str, Callable[[], dict[str, float]]] = {
    "organisations": organisations.figures,
    "bodies in titles": titled_issuers.figures,
    "fields of local files": functools.partial(local_fields.figures, local_fields.FIRST, held_out=False),
    "fields of local files held out": functools.partial(local_fields.figures, local_fields.FIRST, held_out=True),
    "fields of more local files": functools.partial(local_fields.figures, local_fields.MORE, held_out=False),
    "fields of more local files held out": functools.partial(local_fields.figures, local_fields.MORE, held_out=True),
    "lineage": lineage_figures.figures,
    BASELINES: lineage_figures.baselines,
    QUESTIONS: asked.figures,
    ON_SERVER: asked.on_server,
    "own questions": functools.partial(asked.own, "develop"),
    "own questions kept aside": functools.partial(asked.own, "aside"),
    "own questions on other documents": functools.partial(asked.own, "fresh"),
    "own questions on local documents": functools.partial(asked.own, "local"),
    "own questions that nothing was set on": functools.partial(asked.own, "untuned"),
}
"""Sets of figures that are one table each: name of the set → what measures it."""
BINDING = (SHIPPED, FURTHER, *(name for name in SIMPLE if name not in (BASELINES, ON_SERVER)))
"""Sets whose figures may not fall; those of single documents are shown with gains and losses, and may be traded."""


def main() -> int:
    """Print the tables; the exit status."""
    parser = argparse.ArgumentParser(prog="make gold", description="Score extraction and search against the annotations.")
    parser.add_argument("--misses", action="store_true", help="list every record that was missed (-) or invented (+)")
    parser.add_argument("--raise-floor", action="store_true", help="keep today's gains as the new floor")
    options = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 160)
    floor = floors.read()
    now: dict[str, dict[str, float]] = {}
    for group, cases in ((SHIPPED, shipped()), (FURTHER, further())):
        now |= extraction_figures(console, group, cases, floor, options.misses)
    for group, measure in SIMPLE.items():
        now |= simple_figures(console, group, measure(), floor)
    if options.misses:
        for line in (*local_fields.misses(), *titled_issuers.misses()):
            console.print(f"- {line}", markup=False, highlight=False, soft_wrap=True)
    if options.raise_floor:
        floors.write(floors.raised(now, floor))
    return verdict(console, floors.losses({group: now[group] for group in BINDING if group in now}, floor))


def extraction_figures(
    console: Console, group: str, cases: list[Case], floor: floors.Figures, misses: bool
) -> dict[str, dict[str, float]]:
    """Score one group of documents and print its table; its figures and those of each document."""
    pairs: dict[str, Pair] = {}
    for case, found in readable(cases):
        if isinstance(found, ReadError):
            console.print(f"not scored: {case.name}: {found}", markup=False)
        else:
            pairs[case.name] = (case.annotation, found)
    if not pairs:
        return {}
    scores = {name: score(pair) for name, pair in pairs.items()}
    scores[group] = total(scores.values())
    for part in beside_each_other(scores, group):
        console.print(table(group, part, floor))
    if misses:
        list_misses(console, pairs)
    return {name: figures(tallies) for name, tallies in scores.items()}


def figures(tallies: Mapping[str, Tally]) -> dict[str, float]:
    """The figures that exist: those with something to count."""
    return {name: tally.f1 for name, tally in tallies.items() if tally.f1 is not None}


def beside_each_other(scores: Mapping[str, Mapping[str, Tally]], group: str) -> Iterator[dict[str, Mapping[str, Tally]]]:
    """The documents, a few to a table, with the group's own figures in the last."""
    names = [name for name in scores if name != group]
    for start in range(0, len(names), COLUMNS):
        part = names[start : start + COLUMNS]
        yield {name: scores[name] for name in (part if start + COLUMNS < len(names) else [*part, group])}


def table(group: str, scores: Mapping[str, Mapping[str, Tally]], floor: floors.Figures) -> Table:
    """One row for each figure (* core), one column for each document; precision and recall beside the group's own column."""
    made = Table(title=f"{group}: F1", title_justify="left", box=None, pad_edge=False)
    made.add_column("", no_wrap=True)
    for name in scores:
        made.add_column(name, justify="right", overflow="fold")
    for heading in ("precision", "recall", "in gold") if group in scores else ():
        made.add_column(heading, justify="right")
    for name in NAMES:
        cells = [cell(tallies[name].f1, floor.get(document, {}).get(name)) for document, tallies in scores.items()]
        ends = together(scores[group][name]) if group in scores else ()
        made.add_row(("* " if name in CORE else "  ") + name, *cells, *ends)
    return made


def together(tally: Tally) -> tuple[str, str, str]:
    """Precision, recall, and how many there are in gold."""
    return share(tally.right, tally.found), share(tally.right, tally.wanted), str(tally.wanted)


def share(part: int, whole: int) -> str:
    """A share with three digits, a dash when there is nothing to take it of."""
    return f"{part / whole:.3f}" if whole else "–"


def cell(figure: float | None, least: float | None) -> Text:
    """A figure with its gain or loss against the floor."""
    if figure is None:
        return Text("–")
    change = 0.0 if least is None else floors.rounded(figure) - least
    if abs(change) < 10**-floors.DIGITS / 2:
        return Text(f"{figure:.3f}")
    return Text(f"{figure:.3f} {change:+.3f}", style="green" if change > 0 else "bold red")


def list_misses(console: Console, pairs: Mapping[str, Pair]) -> None:
    """Every record missed or invented, by document."""
    for name, pair in pairs.items():
        for sign, figure, record in differences(pair):
            console.print(f"{sign} {name} {figure}: {record}", markup=False, highlight=False, soft_wrap=True)


def simple_figures(
    console: Console, group: str, measured: Mapping[str, float], floor: floors.Figures
) -> dict[str, dict[str, float]]:
    """Print figures that need no precision and recall; those that have a floor. Nothing where nothing was measured."""
    if not measured:
        return {}
    made = Table(title=group, title_justify="left", box=None, pad_edge=False, show_header=False)
    made.add_column("")
    made.add_column("", justify="right")
    for name, figure in measured.items():
        made.add_row("  " + name, cell(figure, floor.get(group, {}).get(name)))
    console.print(made)
    return {group: {name: figure for name, figure in measured.items() if not rests_on_few(name)}}


def rests_on_few(name: str) -> bool:
    """True for the figure of one kind of question (``nDCG@10 en who``): it is shown, and has no floor."""
    return name.startswith("nDCG") and len(name.split()) > 2


def verdict(console: Console, lost: list[str]) -> int:
    """Say what was lost; the exit status."""
    for line in lost:
        console.print(f"LOSS {line}", style="bold red", markup=False)
    console.print("no figure is under its floor" if not lost else f"{len(lost)} figures are under their floor", style="bold")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
