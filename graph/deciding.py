"""A reader's decision on two texts that are nearly the same, and what follows from it in the store."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from graph.batch import embed_missing, load_embedder
from graph.comparing import compare_new
from graph.extracting import Input, extract_one
from graph.protocol import Loaded, Store
from graph.rows import Row

SAME, DIFFERENT, UNDECIDED = "same", "different", "undecided"
DECISIONS = (SAME, DIFFERENT, UNDECIDED)


class NotTwoTextsError(ValueError):
    """What was named are not two files that are held; the message says which is missing."""


class Outcome(Row, frozen=True, kw_only=True):
    """What a decision did: the documents that the two files belong to now, one when they are the same."""

    decision: str
    documents: tuple[str, ...]


def decide(store: Store, one: str, other: str, decision: str) -> Outcome:
    """Decide of two texts, each named by id, number, source or SHA-256.

    ``same`` makes them one document with two sources, as if their wording were equal; ``different`` only takes them off the
    list; ``undecided`` takes a decision back, and parts what it joined. Raises ``NotTwoTextsError``.
    """
    pairs = list(itertools.product(_files(store, one), _files(store, other)))
    if any(left == right for left, right in pairs):
        raise NotTwoTextsError(f"{one} and {other} are one file; name each by its own source.")
    kept = None if decision == UNDECIDED else decision
    before = [document.id for sha in pairs[0] if (document := store.document_of_file(sha))]
    store.decide([(*pair, kept) for pair in pairs])
    joined = len(set(before)) == 1
    if joined != (decision == SAME):
        reload(store, sorted(set(before)))
    now = {document.id for pair in pairs for sha in pair if (document := store.document_of_file(sha))}
    return Outcome(decision=decision, documents=tuple(sorted(now)))


def reload(store: Store, document_ids: Sequence[str]) -> tuple[Loaded, ...]:
    """Take documents apart into their files and load these anew, under the decisions in force."""
    from ingest.readers.sidecars import told_beside

    files = []
    beside = {row.brief.source: told_beside(row.fields.candidates) for one in document_ids if (row := store.document(one))}
    for original in itertools.chain.from_iterable(map(store.originals, document_ids)):
        corrections = store.corrections_of(original.sha256)
        told = beside.get(original.address, ())
        output = extract_one(Input(original.address, original.content, corrections, sidecar=told))
        if output.extraction is None:
            raise NotTwoTextsError(output.error)
        files.append((output.extraction, original))
    loaded = store.reload(document_ids, files)
    store.relink()
    compare_new(store)
    embed_missing(store, load_embedder(None))
    return loaded


def _files(store: Store, ref: str) -> list[str]:
    """The SHA-256 of the file that ``ref`` names, or of all files of the document that it names."""
    if store.document_of_file(ref):
        return [ref]
    document_id = store.find_document(ref)
    row = store.document(document_id) if document_id else None
    if row is None:
        raise NotTwoTextsError(f"No document or file is named “{ref}”. Give an id, a number, a source or a SHA-256.")
    own = [source.sha256 for source in row.sources if source.address == ref]
    return own or [source.sha256 for source in row.sources]
