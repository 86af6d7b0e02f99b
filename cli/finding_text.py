"""Answers to further questions as text for a terminal: everything, why, figures, grounds, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answer_text import name_of, print_hit, print_nearest, print_snapshot, print_understood, shortened
from cli.printing import ROLES, grid, indented, marked, say, styled

if TYPE_CHECKING:
    from ingest.records import Target
    from search.boolean.answers import Everything, Matched, Share
    from search.figures_answer import FigureGroup, FiguresAnswer
    from search.grounds_answer import GroundInstrument, GroundsAnswer
    from search.places_answer import InPlace, PlacesAnswer
    from search.why import WhyAnswer

BARRIERS = {
    "filter": "the filter leaves it out",
    "place": "it is not of the place that the question names",
    "phrase": "it does not hold the exact words that the question insists on",
    "excluded": "it holds words that the question excludes",
    "heading": "it is a heading over other provisions, without words of its own",
    "little_said": "it speaks of too little of what is asked",
    "unsure": "too little speaks for it",
    "no_answer": "nothing at all is sure enough to be an answer",
    "others_better": "others fit better",
}
PLACES_SHOWN = 3
"""Matches of a provision that are shown; ``--json`` and ``--csv`` have more."""


def print_everything(answer: Everything) -> None:
    """Exact totals, counts, and keyword in context for one page."""
    say(styled(f"{answer.total} provisions in {answer.documents} documents", "bold"))
    for title, shares in (("by place", answer.by_place), ("by year", answer.by_year)):
        if shares:
            say(styled(f"{title}: ", "dim"), ", ".join(map(_share, shares)))
    for number, one in enumerate(answer.items, answer.offset + 1):
        _print_matched(one, number)
    if answer.offset + len(answer.items) < answer.total:
        say("")
        say(f"… more: --offset {answer.offset + answer.limit}")
    print_snapshot(answer.snapshot)


def _share(share: Share) -> str:
    return f"{share.name or '?'} {share.provisions} ({share.documents})"


def _print_matched(one: Matched, number: int) -> None:
    say("")
    say(styled(f"{number}. {one.heading or one.path}", "bold"), f"  {one.jurisdiction or ''}  {one.issued_on or ''}")
    indented(f"{name_of(one.document)} · {one.path}", 3)
    for place in one.places[:PLACES_SHOWN]:
        before = f"{place.before} "
        line = f"{before}{place.match} {place.after}"
        indented(marked(line, [(len(before), len(before) + len(place.match))]), 3)


def print_why(answer: WhyAnswer) -> None:
    """Place among the hits or what keeps it out, and what it says of each thing asked."""
    print_understood(answer.understood)
    say(styled(f"{answer.heading or answer.path}", "bold"), f"  {answer.jurisdiction or ''}")
    indented(f"{name_of(answer.document)} · {answer.path}", 3)
    say(f"Hit number {answer.rank}." if answer.rank else "No hit.")
    for barrier in answer.barriers:
        indented(f"- {BARRIERS[barrier]}", 2)
    rows = [
        (asked.words, f"weight {asked.weight:.2f}", f"said {asked.share:.2f}", f"with what stands above {asked.in_context:.2f}")
        for asked in answer.asked
    ]
    grid(rows, 2)
    why = answer.why
    last = "" if answer.last_score is None else f" (last hit shown: {answer.last_score:.2f})"
    say(
        f"score {answer.score:.2f}{last} = words {why.keyword:.2f} + gate {why.gate:.2f} × meaning {why.similarity:.2f}"
        f" + 0.9 × share of the question {why.coverage:.2f} + {why.bonus:.2f}"
    )
    say(f"confidence {answer.confidence:.2f}: a hit needs {answer.least:.2f}, an answer one hit with {answer.threshold:.2f}")
    print_snapshot(answer.snapshot)


def print_figures(answer: FiguresAnswer) -> None:
    """Groups of targets that count the same thing."""
    print_understood(answer.understood)
    for group in answer.groups:
        _print_group(group)
    if not answer.groups:
        print_nearest(answer.nearest)
    print_snapshot(answer.snapshot)


def _print_group(group: FigureGroup) -> None:
    say("")
    say(styled(group.metric or "?", "bold"), styled("  not the same everywhere" if group.differ else "", "yellow"))
    grid([(one.jurisdiction or "?", amount(one.record), name_of(one.document), one.record.path) for one in group.figures], 2)
    for one in group.figures:
        indented(styled(f"“{shortened(one.quote)}” [{one.start}:{one.end}]", "dim"), 4)


def amount(target: Target) -> str:
    """A target's bound, value, unit, period and end in one line."""
    value = "" if target.value is None else f"{target.value:g}" if isinstance(target.value, float) else str(target.value)
    parts = (target.op if value else None, value + (target.unit or ""), "a year" if target.period else None)
    end = f"by {target.by}" if target.by else None
    return " ".join(part for part in (*parts, end) if part)


def print_grounds(answer: GroundsAnswer) -> None:
    """Instruments with the places that name them."""
    print_understood(answer.understood)
    for one in answer.instruments:
        _print_instrument(one)
    if not answer.instruments:
        say("No instrument is named by the measures on this.")
        print_nearest(answer.measures)
    print_snapshot(answer.snapshot)


def _print_instrument(one: GroundInstrument) -> None:
    say("")
    say(styled(one.title, "bold"), f"  {one.doc_number or ''}  {'held' if one.held else 'not held'}")
    for ground in one.grounds:
        scope = "whole document" if ground.whole_document else ground.heading or ""
        indented(f"{ground.relation} · {ground.jurisdiction or '?'} · {name_of(ground.document)} · {scope}", 2)
        indented(styled(f"“{shortened(ground.quote)}” [{ground.start}:{ground.end}]", "dim"), 4)


def print_places(answer: PlacesAnswer) -> None:
    """Each place with its measures, leading bodies and targets."""
    print_understood(answer.understood)
    for place in answer.places:
        _print_place(place)
    if answer.silent:
        say("")
        say(f"Held, but nothing found: {'、'.join(answer.silent)}")
    print_snapshot(answer.snapshot)


def _print_place(place: InPlace) -> None:
    say("")
    say(styled(place.jurisdiction or "?", "bold"))
    for number, hit in enumerate(place.measures, 1):
        print_hit(hit, f"{number}.")
    grid([(styled(body.role, ROLES[body.role]), styled(body.name, ROLES[body.role])) for body in place.bodies], 3)
    grid([(one.record.metric or "?", amount(one.record)) for one in place.figures], 3)
