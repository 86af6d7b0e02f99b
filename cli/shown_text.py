"""What ``zhengmai show`` prints, one function for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from api.answers import (
    DepartmentAnswer,
    DocumentAnswer,
    FactAnswer,
    FactView,
    InstrumentAnswer,
    MeasureAnswer,
    OutlineItem,
    Shown,
    SystemAnswer,
)
from cli.answer_text import name_of, print_snapshot, shortened
from cli.printing import ROLES, grid, indented, say, styled
from ingest.records import Citation, Programme, Record, Responsibility, Target

FIELDS = ("issuers", "jurisdiction", "level", "kind", "nature", "issued_on", "published_on", "addressees")


def print_shown(answer: Shown) -> None:
    """Any answer of ``show``."""
    PRINTERS[type(answer)](answer)
    print_snapshot(answer.snapshot)


def print_document(answer: DocumentAnswer) -> None:
    """Fields, outline with roles, and how many facts of each kind."""
    row = answer.document
    say(styled(name_of(row.brief), "bold"))
    fields = msgspec.structs.asdict(row.fields)
    grid([(name, in_one(fields[name])) for name in FIELDS if fields[name]])
    grid([("source", source.address) for source in row.sources] + [("id", row.id)])
    print_doubts(answer)
    say("")
    for item in answer.outline:
        print_outline_item(item)
    say("")
    counts = {kind: len(getattr(answer.facts, kind)) for kind in answer.facts.__struct_fields__}
    say("  ".join(f"{number} {kind}" for kind, number in counts.items()))


def print_doubts(answer: DocumentAnswer) -> None:
    """Fields on which the document's sources disagree, and documents with nearly the same text."""
    for conflict in answer.conflicts:
        indented(styled(f"{conflict.field}: {conflict.value or '-'} ({conflict.reason or 'not told'}), but", "yellow"), 2)
        for other in conflict.others:
            indented(f"{other.value} ({other.place}, {other.rule})", 4)
    for pair in answer.alike:
        other_one = pair.other if pair.one.id == answer.document.id else pair.one
        indented(styled(f"{pair.likeness:.2%} alike: {name_of(other_one)} {other_one.source}", "yellow"), 2)


def in_one(value: str | tuple[str, ...]) -> str:
    """A field's values in one cell."""
    return value if isinstance(value, str) else "；".join(value)


def print_outline_item(item: OutlineItem) -> None:
    """One line of an outline, set in by its depth."""
    provision = item.provision
    role = "" if provision.role == "measure" else f"  [{provision.role}]"
    indented(f"{provision.path}  {provision.heading or ''}{role}", 2 * provision.path.count("."))


def print_measure(answer: MeasureAnswer) -> None:
    """The words of a provision and its facts."""
    say(styled(f"{answer.provision.path} {answer.provision.heading or ''}", "bold"), f"  [{answer.provision.role}]")
    say(f"{answer.jurisdiction or ''}  {name_of(answer.document)}")
    say("")
    say(answer.text.strip())
    for kind in answer.facts.__struct_fields__:
        views = getattr(answer.facts, kind)
        if views:
            say("")
            say(styled(kind, "bold"))
            print_facts(views)


def print_department(answer: DepartmentAnswer) -> None:
    """A department and its duties."""
    row = answer.department
    say(styled(row.name, "bold"), f"  {row.jurisdiction or ''}  {'+'.join(row.systems)}")
    others = [name for name in row.names if name != row.name]
    if others:
        indented("also written " + "、".join(others), 2)
    print_duties(answer.duties.items, answer.duties.total)


def print_system(answer: SystemAnswer) -> None:
    """A system, its departments, its duties."""
    row = answer.system
    say(styled(f"{row.name_zh} {row.name_en}", "bold"), f"  {row.system}")
    grid([(each.jurisdiction or "", each.name, f"{each.duties} duties", each.id) for each in answer.departments.items])
    print_duties(answer.duties.items, answer.duties.total)


def print_instrument(answer: InstrumentAnswer) -> None:
    """An instrument and who cites it."""
    row = answer.instrument
    held = "held: " + "; ".join(map(name_of, row.held)) if row.held else "not held"
    say(styled(" ".join(part for part in (row.title, row.doc_number) if part), "bold"), f"  {row.kind}, {held}")
    for entry in row.known:
        parts = (entry.validity, entry.force, "、".join(entry.issuers), entry.published, entry.listed_in)
        say("  known: " + ", ".join(filter(None, parts)))
    say(f"{answer.citations.total} citations:")
    print_facts(answer.citations.items, with_document=True)


def print_fact(answer: FactAnswer) -> None:
    """One record with its evidence."""
    say(styled(answer.kind, "bold"))
    print_facts((answer.fact,), with_document=True)
    grid([(name, str(value)) for name, value in msgspec.structs.asdict(answer.fact.record).items() if value is not None])


def print_duties(duties: tuple[FactView[Responsibility], ...], total: int) -> None:
    """Duties with the document they stand in."""
    say(f"{total} duties" + (f", the first {len(duties)} of them (the API has pages of them):" if total > len(duties) else ":"))
    print_facts(duties, with_document=True)


def print_facts(views: tuple[FactView[Any], ...], with_document: bool = False) -> None:
    """Each fact in one line, and the words that state it with their offsets."""
    for view in views:
        record = view.record
        indented(in_words(record), 2)
        where = f" {name_of(view.document)} {record.path} {view.heading or ''}" if with_document else ""
        indented(styled(f"“{shortened(view.quote)}” [{record.start}:{record.end}] {record.rule}{where}", "dim"), 4)


def in_words(record: Record) -> Any:
    """What a record says, in one line."""
    match record:
        case Responsibility():
            return styled(f"{record.role}  {record.name}  {record.system}", ROLES[record.role])
        case Citation():
            return f"{record.relation}  {record.title} {record.doc_number or ''}  {record.kind}"
        case Target():
            amount = f"{record.op or ''} {'' if record.value is None else record.value}{record.unit or ''}".strip()
            parts = (record.metric or record.text, amount, record.period and "a year", record.by)
            return "  ".join(part for part in parts if part)
        case Programme():
            return record.name
    raise AssertionError(f"no words for {type(record).__name__}")


PRINTERS: dict[type[Any], Callable[[Any], None]] = {
    DocumentAnswer: print_document,
    MeasureAnswer: print_measure,
    DepartmentAnswer: print_department,
    SystemAnswer: print_system,
    InstrumentAnswer: print_instrument,
    FactAnswer: print_fact,
}
