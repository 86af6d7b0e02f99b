"""The closed vocabularies in the reader's language, and small texts made of them."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l

from api.resources.cascades import NO_COUNTERPART, NO_NUMBER, PERIODS, UNITS
from ingest.records import Citation, Programme, Record, Responsibility, Target

_ARTICLE = re.compile(r"(?:p\d+/)?a(?P<article>\d+)(?P<items>(?:\.\d+)*)")

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
    "intent": {
        "who": _l("This asks who handles something:"),
        "targets": _l("This asks how much or by when:"),
        "basis": _l("This asks under which law:"),
        "compare": _l("This asks for places side by side:"),
    },
    "barrier": {
        "filter": _l("The filter leaves it out."),
        "place": _l("It is not of the place that the question names."),
        "phrase": _l("It does not hold the exact words that the question insists on."),
        "excluded": _l("It holds words that the question excludes."),
        "heading": _l("It is a heading over other provisions, without words of its own."),
        "little_said": _l("It speaks of too little of what is asked."),
        "unsure": _l("Too little speaks for it."),
        "no_answer": _l("Nothing at all is sure enough to be an answer."),
        "others_better": _l("Others fit better."),
    },
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
    "cell": {"left_out": _l("left out"), "doubtful": _l("in doubt")},
    "direction": {"parent": _l("above"), "child": _l("below")},
    "reason": {
        NO_COUNTERPART: _l("no target of the linked measure counts the same thing"),
        UNITS: _l("different units"),
        PERIODS: _l("one is for each year, the other for the whole time"),
        NO_NUMBER: _l("one of the two has no number"),
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
    "field": {
        "title": _l("Title"),
        "doc_number": _l("Number"),
        "issuers": _l("Issued by"),
        "jurisdiction": _l("Place"),
        "level": _l("Level"),
        "kind": _l("Genre"),
        "issued_on": _l("Issued"),
        "published_on": _l("Published"),
        "addressees": _l("Addressed to"),
        "nature": _l("Nature"),
    },
    "place": {
        "masthead": _l("printed at the head"),
        "head": _l("printed at the head"),
        "enacted": _l("note of who passed it"),
        "signature": _l("signature"),
        "metadata": _l("table of the page"),
        "title_tag": _l("title of the page"),
        "origin": _l("origin that the page names"),
        "sidecar": _l("record beside the text"),
        "file_name": _l("name of the file"),
        "properties": _l("properties of the file"),
        "replaced": _l("extracted, then corrected"),
    },
    "alike": {"version": _l("one title, two dates: perhaps versions"), "copy": _l("perhaps copies of one text")},
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
        "excluded": _l("excluded"),
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


def provision_name(path: str) -> str:
    """What a provision without a heading is called: its article and items by their numbers, or its path."""
    found = _ARTICLE.fullmatch(path)
    if not found:
        return path
    items = [gettext("item %(number)s", number=number) for number in found["items"].split(".")[1:]]
    return " ".join([gettext("Article %(number)s", number=found["article"]), *items])
