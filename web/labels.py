"""The closed vocabularies in the reader's language, and small texts made of them."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l

from ingest.records import Citation, Programme, Record, Responsibility, Target

LABELS: dict[str, dict[str, Any]] = {
    "role": {"lead": _l("leads"), "joint": _l("jointly"), "support": _l("supports"), "responsible": _l("responsible")},
    "level": {
        "national": _l("national"),
        "province": _l("province"),
        "prefecture": _l("prefecture"),
        "county": _l("county"),
        "township": _l("township"),
    },
    "provision": {"section": _l("section"), "statement": _l("statement"), "goal": _l("goal"), "measure": _l("measure")},
    "relation": {"basis": _l("basis"), "implements": _l("implements"), "mentions": _l("mentions")},
    "instrument": {
        "law": _l("law"),
        "regulation": _l("regulation"),
        "policy": _l("policy"),
        "self": _l("this document"),
        "other": _l("other"),
    },
    "target": {"target": _l("target"), "milestone": _l("milestone"), "standard": _l("standard")},
    "quantity": {
        "stock": _l("level"),
        "yearly": _l("each year"),
        "cumulative": _l("in all"),
        "rate": _l("rate"),
        "growth": _l("change"),
    },
    "version": {"at_date": _l("Text held, newest on that day"), "nearest": _l("Nearest text held")},
    "unread": {
        "responsibility": _l("looks like a responsibility"),
        "citation": _l("looks like a citation"),
        "target": _l("looks like a target"),
        "outside": _l("outside of every provision"),
    },
    "stated": {"bracket": _l("in brackets"), "text": _l("in running text")},
    "effect": {"amends": _l("amends"), "repeals": _l("repeals"), "replaces": _l("replaces"), "interprets": _l("interprets")},
    "standing": {
        "derives": _l("made under the source"),
        "siblings": _l("both made under one instrument"),
        "unstated": _l("neither text says"),
        "unrelated": _l("about different matters, nothing was compared"),
    },
    "coverage": {
        "verbatim": _l("word for word"),
        "changed": _l("changed"),
        "new": _l("new"),
        "left_out": _l("left out"),
        "doubtful": _l("in doubt"),
    },
    "measure_relation": {
        "verbatim": _l("word for word"),
        "adapted": _l("adapted"),
        "extended": _l("extended"),
        "new": _l("new"),
    },
    "evidence": {"stated": _l("stated"), "copied": _l("copied"), "inferred": _l("inferred")},
    "nature": {
        "normative": _l("normative text"),
        "draft": _l("draft for comment"),
        "interpretation": _l("interpretation"),
        "qa": _l("questions and answers"),
        "news": _l("news"),
        "list": _l("list"),
        "reply": _l("reply"),
        "unknown": _l("not known"),
    },
    "kind": {
        "provisions": _l("Provisions"),
        "responsibilities": _l("Responsibilities"),
        "citations": _l("Citations"),
        "targets": _l("Targets"),
        "programmes": _l("Programmes"),
    },
    "source": {
        "text": _l("as written"),
        "glossary": _l("glossary"),
        "dictionary": _l("dictionary"),
        "place": _l("place"),
        "intent": _l("kind of question"),
        "none": _l("not understood"),
    },
}
"""Vocabulary → value → label."""

BOUNDS = {">=": "≥", "<=": "≤", "=": "=", "~": "≈"}


def label(value: str | None, vocabulary: str) -> str:
    """The label of a value; the value itself when the vocabulary does not have it."""
    return "" if value is None else str(LABELS[vocabulary].get(value, value))


def amount(target: Target) -> str:
    """Bound, value and unit of a target: ``≥ 2,600,000 人次``; empty when it has no number."""
    if target.value is None:
        return ""
    number = str(format_decimal(target.value))
    joint = "" if target.unit in ("%", "‰") else "\u00a0"
    shown = f"{number}{joint}{target.unit or ''}".rstrip()
    sign = BOUNDS.get(target.op or "", "")
    return f"{sign}\u00a0{shown}" if sign and sign != "=" else shown


def span_of_time(target: Target) -> str:
    """The time a target holds for: ``2016–2020``, ``by 2020``; empty when none is stated."""
    if target.from_year and target.by and target.from_year != target.by:
        return f"{target.from_year}–{target.by}"
    if target.by:
        return str(gettext("by %(day)s", day=target.by))
    return str(gettext("from %(day)s", day=target.from_year)) if target.from_year else ""


def fact_title(kind: str, record: Record) -> str:
    """One line about a fact, shown where its words are pointed at."""
    parts = [label(kind, "kind"), *_about(record), f"{record.start}–{record.end}", record.rule]
    return " · ".join(str(part) for part in parts if part)


def _about(record: Record) -> list[str]:
    if isinstance(record, Responsibility):
        return [label(record.role, "role"), record.corrected or ""]
    if isinstance(record, Citation):
        return [label(record.relation, "relation"), record.doc_number or ""]
    if isinstance(record, Target):
        return [record.metric or "", amount(record), span_of_time(record)]
    return [record.name] if isinstance(record, Programme) else []
