"""The whole store as plain objects in one order, whatever the engine and the order of loading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from graph.identity import KIND_NAMES
from graph.protocol import Reader, Row

_PAGE = 500


def plain(kind: str, row: Row) -> dict[str, Any]:
    """A row as JSON's own types, with its kind first."""
    return {"type": kind, **msgspec.to_builtins(row)}


def export(reader: Reader) -> Iterator[dict[str, Any]]:
    """Places, departments, instruments, each document with its outline, facts, passages and links, what readers decided."""
    for place in reader.jurisdictions():
        yield plain("jurisdiction", place)
    for system in sorted(reader.systems(), key=lambda s: s.system):
        yield plain("system", system)
    for one_id in reader.ids("department"):
        if body := reader.department(one_id):
            yield plain("department", body)
    for one_id in reader.ids("instrument"):
        if found := reader.instrument(one_id):
            yield plain("instrument", found)
    for entry in reader.known_instruments():
        yield plain("known_instrument", entry)
    for one_id in reader.ids("document"):
        yield from _document(reader, one_id)
    yield from _decided(reader)


def _decided(reader: Reader) -> Iterator[dict[str, Any]]:
    """Corrections, decisions, and the pairs of documents that wait for one."""
    for correction in reader.corrections():
        yield plain("correction", correction)
    for decided in reader.decisions():
        yield plain("decision", decided)
    offset = 0
    while rows := reader.likenesses(offset=offset, limit=_PAGE).rows:
        yield from (plain("likeness", row) for row in rows)
        offset += len(rows)


def _document(reader: Reader, one_id: str) -> Iterator[dict[str, Any]]:
    if row := reader.document(one_id):
        passages = msgspec.to_builtins(reader.passages(one_id))
        places = msgspec.to_builtins(reader.locators(one_id))
        text = {"source_text": reader.source_text(one_id), "passages": passages, "locators": places}
        yield {**plain("document", row), **text}
    for item in reader.outline(one_id):
        yield plain("provision", item)
    for kind, found in reader.document_facts(one_id).items():
        for fact in found:
            yield plain(KIND_NAMES[kind], fact)
    for link in reader.links(one_id)[0]:
        yield plain("link", link)
