"""Answers to questions as text for a terminal: search, who, stats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from cli.printing import ROLES, grid, indented, marked, say, styled

if TYPE_CHECKING:
    from api.answers import StatsAnswer
    from graph.protocol import DocumentBrief
    from search.answers import AnswerBody, Hit, SearchResult, Understood, WhoAnswer, WhoDocument

QUOTE = 160
"""Characters of a quote that are shown; ``--json`` has all of them."""

TRANSLATED = ("glossary", "dictionary", "place")
"""Sources of what a word was taken for that are worth telling: the others took it as typed."""


def print_search(answer: SearchResult) -> None:
    """Hits with the words that matched, or the nearest ones, said to be so."""
    print_understood(answer.understood)
    for number, hit in enumerate(answer.hits, 1):
        print_hit(hit, f"{number}.")
    if not answer.hits:
        print_nearest(answer.nearest)
    print_snapshot(answer.snapshot)


def print_who(answer: WhoAnswer) -> None:
    """For each document the bodies, leads first, and the words that name them."""
    print_understood(answer.understood)
    if answer.place and not answer.place_held:
        say(f"No document of {answer.place} is held.")
    for document in answer.answers:
        print_who_document(document)
    if not answer.answers:
        print_nearest(answer.nearest)
    print_snapshot(answer.snapshot)


def print_who_document(answer: WhoDocument) -> None:
    """One document's bodies, measure by measure."""
    say("")
    say(styled(answer.jurisdiction or "?", "bold"), "  ", name_of(answer.document))
    if not answer.bodies:
        indented("no body is named", 2)
    for (path, heading), bodies in groupby(answer.bodies, key=lambda body: (body.path, body.heading)):
        print_bodies(path, heading, list(bodies))


def print_bodies(path: str, heading: str | None, bodies: Sequence[AnswerBody]) -> None:
    """The bodies of one measure, with each quote once."""
    indented(f"{path} {heading or ''}", 2)
    grid([(styled(body.role, ROLES[body.role]), styled(body.name, ROLES[body.role]), body.system) for body in bodies], 4)
    for quote in dict.fromkeys((body.quote, body.start, body.end) for body in bodies):
        indented(styled(f"“{shortened(quote[0])}” [{quote[1]}:{quote[2]}]", "dim"), 4)


def print_stats(answer: StatsAnswer) -> None:
    """How many of everything."""
    counts = msgspec.structs.asdict(answer.counts)
    grid([(name.replace("_", " "), styled(str(number), "bold")) for name, number in counts.items()], 0)
    grid([("extractor", answer.extractor or "–"), ("model", answer.model)], 0)
    print_snapshot(answer.snapshot)


def print_hit(hit: Hit, number: str) -> None:
    """One provision found."""
    say("")
    say(styled(f"{number} {hit.heading or hit.path}", "bold"), f"  {hit.jurisdiction or ''}  {hit.score:.2f}")
    indented(f"{name_of(hit.document)} · {hit.path}", 3)
    indented(marked(hit.snippet, hit.marks), 3)
    indented(styled(f"zhengmai show {hit.id}", "dim"), 3)


def print_nearest(hits: Sequence[Hit]) -> None:
    """What came nearest when nothing was found."""
    say("Nothing found." + (" The nearest, which may be about something else:" if hits else ""))
    for hit in hits:
        print_hit(hit, "~")


def print_understood(parts: Iterable[Understood]) -> None:
    """What the words of the question were taken for; nothing when all were taken as typed."""
    kept = list(parts)
    taken = [f"{part.words} → {'、'.join(part.taken_for)}" for part in kept if part.source in TRANSLATED]
    missed = [part.words for part in kept if part.source == "none"]
    if taken:
        say(styled("understood: " + "; ".join(taken), "dim"))
    if missed:
        say(styled("not understood: " + "; ".join(missed), "yellow"))


def print_snapshot(snapshot: str) -> None:
    """The state of the store that the answer came from."""
    say("")
    say(styled(f"snapshot {snapshot}", "dim"))


def name_of(document: DocumentBrief) -> str:
    """A document in one line: title, number, or the source when it has neither."""
    named = " · ".join(part for part in (document.title, document.doc_number) if part)
    return named or document.source


def shortened(text: str) -> str:
    """A quote on one line, cut in its middle so that its end, where the bodies stand, is kept."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE else f"{line[: QUOTE // 3]} … {line[-(QUOTE * 2 // 3) :]}"
