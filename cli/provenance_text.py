"""What ``zhengmai show DOC --facts`` prints: the facts of a document with their rules, and what no rule understood."""

from __future__ import annotations

from api.answers import ProvenanceAnswer, UnreadPassage
from cli.answer_text import name_of, print_snapshot, shortened
from cli.printing import grid, indented, say, styled
from ingest.records import FACTS, Record


def print_provenance(answer: ProvenanceAnswer) -> None:
    """Facts by kind in the order of the text, the rules with their counts, then what was left unread."""
    say(styled(name_of(answer.document.brief), "bold"))
    for kind in FACTS:
        views = getattr(answer.facts, kind)
        if views:
            say("")
            say(styled(f"{kind} ({len(views)})", "bold"))
            grid([(v.record.path, shortened(v.quote), place(v.record), v.record.rule) for v in views])
    say("")
    say(styled("rules", "bold"))
    grid([(rule.kind, rule.rule, str(rule.count)) for rule in answer.rules])
    say("")
    say(styled(f"not understood ({len(answer.not_understood)})", "bold"))
    for passage in answer.not_understood:
        print_unread(passage)
    say(f"{len(answer.silent)} measures in which nothing was found: {' '.join(i.provision.path for i in answer.silent)}")
    print_snapshot(answer.snapshot)


def place(record: Record | UnreadPassage) -> str:
    """The characters of the source text that something stands at."""
    return f"{record.start}-{record.end}"


def print_unread(passage: UnreadPassage) -> None:
    """One passage on one line."""
    words = shortened(passage.text)
    indented(f"{passage.path or '-'}  {words}  {place(passage)}  [{passage.label}]", 2)
