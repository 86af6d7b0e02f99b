"""Lineage as text for a terminal: a document's line, and a document against its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.answer_text import name_of, print_snapshot, shortened
from cli.printing import grid, indented, say, styled

if TYPE_CHECKING:
    from api.answers import TraceAnswer, TraceItem
    from api.lineage_answers import ComparisonAnswer, MeasurePair, Unmatched

STANDINGS = {
    "derives": "made under the source",
    "siblings": "both made under one instrument",
    "unstated": "neither text says how the two are related",
    "unrelated": "about different matters: nothing was compared",
}
COLOURS = {"verbatim": "green", "adapted": "yellow", "extended": "cyan", "new": "magenta"}


def print_trace(answer: TraceAnswer) -> None:
    """The texts above a document, and those below it."""
    say(styled(name_of(answer.document), "bold"))
    print_line("derives from", answer.sources)
    print_line("from it derive", answer.descendants)
    print_snapshot(answer.snapshot)


def print_line(heading: str, items: Sequence[TraceItem]) -> None:
    """One direction of a document's line."""
    say(f"{heading}:" if items else f"{heading}: nothing that is stated in the texts held")
    for item in items:
        held = "" if item.held else " (cited, not held)"
        indented(f"{item.title or item.source or item.id} {item.doc_number or ''}{held}", 2)
        where = f" in {item.path}" if item.path else ""
        indented(styled(f"{item.evidence}{where}" + (f": “{shortened(item.quote)}”" if item.quote else ""), "dim"), 4)


def print_comparison(answer: ComparisonAnswer) -> None:
    """A document against its source, measure by measure, and what has no counterpart."""
    say(styled(name_of(answer.document), "bold"))
    say("against ", styled(name_of(answer.source), "bold"))
    say(styled(STANDINGS[answer.standing] + (f" ({answer.evidence})" if answer.evidence else ""), "dim"))
    if answer.via:
        say(styled(f"texts of {'、'.join(answer.via)} may lie between: what changed may have changed there", "dim"))
    for pair in answer.pairs:
        print_pair(pair)
    print_unmatched("left out of the source", answer.left_out)
    print_unmatched("in doubt, neither linked nor called new", answer.doubtful)
    print_unmatched("in doubt in the source", answer.doubtful_sources)
    say("")
    grid([(name.replace("_", " "), str(getattr(answer.coverage, name))) for name in answer.coverage.__struct_fields__], 0)
    print_snapshot(answer.snapshot)


def print_pair(pair: MeasurePair) -> None:
    """One measure and where it comes from."""
    say("")
    source = f" ← {pair.source_path} {pair.source_heading or ''}" if pair.source_path else ""
    say(styled(pair.relation, COLOURS[pair.relation]), f" {pair.path} {pair.heading or ''}{source}")
    known = f"{pair.evidence} {pair.score:.2f}  " if pair.score is not None else ""
    indented(styled(f"{known}{pair.summary.en}", "dim"), 4)


def print_unmatched(heading: str, items: Sequence[Unmatched]) -> None:
    """Measures without a counterpart."""
    if items:
        say("")
        say(f"{heading}:")
        for item in items:
            indented(f"{item.path} {item.heading or item.words}", 2)
