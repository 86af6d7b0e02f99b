"""The whole store as plain objects in one order, whatever the order of loading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apsw
import msgspec

from graph.identity import KIND_NAMES
from graph.protocol import Row
from graph.sqlite import bibliography, documents, facts, instruments, provisions, registry
from graph.sqlite.texts import passages_held, text_held


def plain(kind: str, row: Row) -> dict[str, Any]:
    """A row as JSON's own types, with its kind first."""
    return {"type": kind, **msgspec.to_builtins(row)}


def export(db: apsw.Connection) -> Iterator[dict[str, Any]]:
    """Places, departments, instruments, then each document with its outline, facts, passages and links."""
    for place in documents.jurisdictions(db):
        yield plain("jurisdiction", place)
    for system in sorted(registry.systems(db), key=lambda s: s.system):
        yield plain("system", system)
    for (one_id,) in list(db.execute("SELECT id FROM departments ORDER BY id")):
        if body := registry.department(db, one_id):
            yield plain("department", body)
    for (one_id,) in list(db.execute("SELECT id FROM instruments WHERE documents > 0 ORDER BY id")):
        if found := instruments.instrument(db, one_id):
            yield plain("instrument", found)
    for entry in bibliography.entries(db):
        yield plain("known_instrument", entry)
    for document, one_id in list(db.execute("SELECT document, id FROM documents ORDER BY id")):
        yield from _document(db, document, one_id)


def _document(db: apsw.Connection, document: int, one_id: str) -> Iterator[dict[str, Any]]:
    if row := documents.document(db, one_id):
        passages = msgspec.to_builtins(passages_held(db, document))
        yield {**plain("document", row), "source_text": text_held(db, document), "passages": passages}
    for item in provisions.outline(db, one_id):
        yield plain("provision", item)
    for kind, found in facts.document_facts(db, one_id).items():
        for fact in found:
            yield plain(KIND_NAMES[kind], fact)
    for link in instruments.links(db, one_id)[0]:
        yield plain("link", link)
