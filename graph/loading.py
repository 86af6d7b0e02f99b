"""Loading one document, whatever the engine: what it is to those held, what is written, which ids follow.

An engine offers ``Steps`` over one transaction; a document's row is its number inside the store, which outlives its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal, Protocol

from graph.identity import Decision, Held, Incoming, decide, document_id, incoming
from graph.protocol import Loaded
from graph.writing import Copied, Original
from ingest.records import Extraction


class Steps(Protocol):
    """What one transaction of an engine can do with documents, by their rows."""

    def is_unseen(self, new: Incoming, original: Original) -> bool:
        """Whether nothing held, decided or corrected has to do with this text or this file."""

    def known(self, original: Original, extractor: str) -> str | None:
        """The id of the document that this very file gave to this extractor."""

    def held(self, name: Literal["key", "wording"], value: str) -> list[Held]:
        """Documents with this key or wording, by id."""

    def row_of(self, doc_id: str) -> int | None: ...

    def id_of(self, document: int) -> str: ...

    def key_of(self, document: int) -> str: ...

    def decided_same(self, sha256: str) -> Held | None:
        """The document of a file that a reader decided to be the same text as this file."""

    def read_before(self, original: Original) -> int | None:
        """The document whose text came from this very file, read by another extractor."""

    def write_document(self, document: int | None, extraction: Extraction, new: Incoming, doc_id: str) -> int:
        """Write a document (null: a new one) and all its records; its sources are written apart."""

    def clear_document(self, document: int) -> None:
        """Remove everything that hangs on its text; the document and its sources stay."""

    def remove_document(self, document: int) -> None:
        """Remove a document with its records and sources."""

    def put_source(self, document: int, original: Original, revision: str) -> None: ...

    def drop_source(self, document: int, address: str) -> bool:
        """Take a source from a document; whether it has others."""

    def under_key(self, key: str) -> Sequence[tuple[int, str, str, str]]:
        """Row, id, wording and sort key of the documents under a key, by address and wording."""

    def rename(self, document: int, doc_id: str, sort_key: str, final: bool) -> None:
        """Give a document another id; it has changed when the id is ``final``."""

    def mark_uncorrected(self, document: int) -> None:
        """Note that a document must be read again, when other corrections hold than those that it was read with."""

    def grow(self) -> None:
        """Make the store's version one more."""


def load_document(steps: Steps, extraction: Extraction, original: Original) -> Loaded:
    """Load one document inside the caller's transaction."""
    new = incoming(extraction, original.address)
    if steps.is_unseen(new, original):
        return _load_new(steps, extraction, original, new)
    if found := steps.known(original, extraction.extractor):
        return Loaded(document_id=found, outcome="unchanged")
    before = steps.read_before(original)
    same = next(iter(steps.held("wording", new.wording)), None) or steps.decided_same(original.sha256)
    choice = decide(new, same, steps.held("key", new.key.text), before)
    document, note = _apply(steps, choice, extraction, new)
    steps.put_source(document, original, new.revision)
    if before is not None and before != document:
        forget_source(steps, before, original.address)
    steps.mark_uncorrected(document)
    settle_ids(steps, new.key.text)
    steps.grow()
    outcome = "refreshed" if document == before else choice.outcome
    return Loaded(document_id=steps.id_of(document), outcome=outcome, note=note)


def _load_new(steps: Steps, extraction: Extraction, original: Original, new: Incoming) -> Loaded:
    """Most documents of a first ingest: none of the questions about what is held need be asked."""
    doc_id = document_id(new.key.text)
    steps.put_source(steps.write_document(None, extraction, new, doc_id), original, new.revision)
    steps.grow()
    return Loaded(document_id=doc_id, outcome="new")


def _apply(steps: Steps, choice: Decision, extraction: Extraction, new: Incoming) -> tuple[int, str | None]:
    """Write what was decided; the document's row, and a note for the summary."""
    if choice.document is not None:
        if choice.write:
            steps.clear_document(choice.document)
            old_key = steps.key_of(choice.document)
            steps.write_document(choice.document, extraction, new, free_id(steps, new, choice.document))
            settle_ids(steps, old_key)
        return choice.document, None
    note = f"another text is held under the same key: {new.key.text}" if choice.outcome == "conflict" else None
    return steps.write_document(None, extraction, new, free_id(steps, new, None)), note


def adopt_document(steps: Steps, copied: Copied) -> None:
    """Write a document as another store holds it, in place of what this one holds under its id."""
    document = steps.row_of(copied.id)
    if document is not None:
        steps.remove_document(document)
    document = steps.write_document(None, copied.extraction, copied.incoming, copied.id)
    for original, revision in copied.sources:
        steps.put_source(document, original, revision)
    steps.grow()


def forget_source(steps: Steps, document: int, address: str) -> None:
    """Take a source from a document to which it turned out not to belong; one that stood on it alone goes."""
    key = steps.key_of(document)
    if not steps.drop_source(document, address):
        steps.remove_document(document)
        settle_ids(steps, key)


def take_out(steps: Steps, doc_id: str) -> bool:
    """Remove a document; whether it was held. Rows that only it brought go with the next ``relink``."""
    document = steps.row_of(doc_id)
    if document is None:
        return False
    key = steps.key_of(document)
    steps.remove_document(document)
    settle_ids(steps, key)
    return True


def free_id(steps: Steps, new: Incoming, document: int | None) -> str:
    """The plain id of a key, unless another document has it."""
    plain = document_id(new.key.text)
    return plain if steps.row_of(plain) in (None, document) else document_id(new.key.text, new.wording)


def settle_ids(steps: Steps, key: str) -> None:
    """Of several texts under one key, the one with the smallest address has the plain id, whatever came first."""
    rows = steps.under_key(key)
    wanted = {row[0]: document_id(key, row[2] if rank else None) for rank, row in enumerate(rows)}
    moved = [row for row in rows if row[1] != wanted[row[0]]]
    for document, old, _, _ in moved:
        passing = sha256(f"{old} moving".encode()).hexdigest()
        steps.rename(document, passing, passing, final=False)
    for document, old, _, order in moved:
        steps.rename(document, wanted[document], order.removesuffix(old) + wanted[document], final=True)
