"""Copying a store into another one, of either engine: documents as they are held, then what is made from them made again.

Copying may stop at any moment and be started again: documents that the target holds as they are are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from graph.comparing import compare_new
from graph.errors import StoreError
from graph.lineage.tracing import trace_all
from graph.protocol import Reader, Row, Store
from graph.writing import Copied
from ingest.records import Extraction

Progress = Callable[[int, int, str], None]
VECTORS_AT_ONCE = 2_000


class OtherContentError(StoreError):
    """The target holds what the source does not: a copy would mix two stores."""

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"The store to copy to holds other documents ({document_id} …). Copy into an empty store, or an unfinished copy."
        )


class CopySummary(Row, frozen=True, kw_only=True):
    """What a copy did: documents written and left alone, vectors copied, and whether both answer alike now.

    ``stale`` is how many documents another version of the extractor had read: what their names lead to was made anew, and may
    differ.
    """

    documents: int
    unchanged: int
    vectors: int
    stale: int
    same: bool


def copy_store(source: Reader, target: Store, *, progress: Progress | None = None, check: bool = True) -> CopySummary:
    """Make ``target`` hold what ``source`` holds. ``check`` compares the exports at the end. Raises ``OtherContentError``."""
    from ingest.extract import extractor_version

    total = source.counts().documents
    _check_target(source, target)
    _copy_decisions(source, target)
    written = unchanged = 0
    for number, document_id in enumerate(source.ids("document"), 1):
        if target.document(document_id) == source.document(document_id):
            unchanged += 1
        else:
            target.adopt(copied(source, document_id))
            written += 1
        if progress:
            progress(number, total, document_id)
    target.relink()
    vectors = _copy_vectors(source, target)
    compare_new(target)
    trace_all(target)
    same = source.snapshot() == target.snapshot() and (not check or _same_export(source, target))
    stale = len(source.stale(extractor_version()))
    return CopySummary(documents=written, unchanged=unchanged, vectors=vectors, stale=stale, same=same)


def copied(reader: Reader, document_id: str) -> Copied:
    """A document as another store can take it up."""
    row = reader.document(document_id)
    assert row is not None
    facts = reader.document_facts(document_id)
    found = {kind: tuple(fact.record for fact in of_kind) for kind, of_kind in facts.items()}
    extraction = Extraction(
        file=row.brief.source,
        source_text=reader.source_text(document_id) or "",
        document=row.fields,
        provisions=tuple(item.provision for item in reader.outline(document_id)),
        boilerplate=reader.passages(document_id, "boilerplate"),
        not_understood=reader.passages(document_id, "not_understood"),
        locators=reader.locators(document_id),
        warnings=row.warnings,
        extractor=row.extractor,
        **found,  # type: ignore[arg-type]
    )
    rank, wording, revisions = reader.identity_of(document_id)
    sources = tuple((original, revisions[original.address]) for original in reader.originals(document_id))
    return Copied(document_id, row.key, rank, wording, row.revision, extraction, sources)


def _check_target(source: Reader, target: Reader) -> None:
    for one in target.ids("document"):
        if source.document(one) is None:
            raise OtherContentError(one)


def _copy_decisions(source: Reader, target: Store) -> None:
    """Corrections, lists and decisions, before the documents that they concern."""
    held = {(c.sha256, c.field, c.cell) for c in target.corrections()}
    target.correct([c for c in source.corrections() if (c.sha256, c.field, c.cell) not in held])
    for name, entries in groupby(source.known_instruments(), key=lambda entry: entry.listed_in):
        target.put_list(name, list(entries))
    decided = set(target.decisions())
    target.decide([(d.one, d.other, d.decision) for d in source.decisions() if d not in decided])


def _copy_vectors(source: Reader, target: Store) -> int:
    model = source.meta("model")
    if model is None:
        return 0
    done = 0
    for ids in _chunks(target.missing_vectors(model)):
        found = source.vectors(model, ids)
        if found.ids:
            target.put_vectors(model, found.ids, found.matrix)
        done += len(found.ids)
    target.set_meta([("model", model)])
    return done


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), VECTORS_AT_ONCE):
        yield ids[start : start + VECTORS_AT_ONCE]


def _same_export(source: Reader, target: Reader) -> bool:
    """Whether the two exports are equal, line by line."""
    mine, theirs = source.export(), target.export()
    return all(one == other for one, other in zip(mine, theirs, strict=False)) and next(mine, None) is next(theirs, None)
