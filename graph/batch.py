"""Ingest of files and folders: read and extract each, load it, then link and embed what is new."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from graph.comparing import compare_new
from graph.dispatching import extract_all
from graph.extracting import Input, Output
from graph.gathering import Failure, gather
from graph.identity import provision_id
from graph.lineage.tracing import trace_all
from graph.protocol import Counts, Loaded, Row, Store
from graph.tally import Progress, Tally, documents_in

if TYPE_CHECKING:
    from ingest.embedding import Embedder
    from ingest.records import Extraction

EMBEDDED_AT_ONCE = 1_000
WRITTEN = ("new", "replaced", "refreshed", "conflict")
"""Outcomes of a document whose provisions are now those of the extraction."""
OTHER_VERSION = "was read by another version of the extractor; zhengmai refresh reads it again"


class Item(Row, frozen=True, kw_only=True):
    """What became of one input: ``outcome`` as in ``Loaded``. The numbers are its own."""

    file: str
    document_id: str
    outcome: str
    note: str | None = None
    warnings: tuple[str, ...] = ()
    measures: int = 0
    not_understood: int = 0


class Summary(Row, frozen=True, kw_only=True):
    """What an ingest did. ``counts`` is what the store holds afterwards; ``embedded`` how many provisions got a vector."""

    items: tuple[Item, ...]
    failures: tuple[Failure, ...]
    embedded: int
    counts: Counts

    def of(self, outcome: str) -> int:
        """How many inputs had this outcome."""
        return sum(item.outcome == outcome for item in self.items)


def ingest_paths(
    store: Store,
    paths: Iterable[str | Path],
    *,
    jobs: int = 1,
    on: str = "",
    model: str | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Ingest files, folders with all that is in them, and addresses; one bad file does not stop the others.

    Files are loaded in the order of their names, so that the order of ``paths`` does not matter. ``jobs`` above 1
    extracts in that many spawned processes, ``on`` on a cluster (see ``extract_all``). ``model`` is the embedding model, by
    default that of the settings; ``mapping`` (field → member) tells what the members of JSON records are.
    """
    files, missing = gather(paths)
    run = Run(store, len(files), progress, jobs, model)
    run.take_all(extract_all(_not_known(run, documents_in(run, files, mapping)), jobs, on, run.model if on else ""))
    return run.finish(missing)


def refresh(
    store: Store, *, jobs: int = 1, on: str = "", model: str | None = None, progress: Progress | None = None
) -> Summary:
    """Do again, from the stored bytes, what an older extractor or another embedding model did."""
    from ingest.extract import extractor_version

    return read_again(store, store.stale(extractor_version()), jobs=jobs, on=on, model=model, progress=progress)


def read_again(
    store: Store,
    ids: Sequence[str],
    *,
    jobs: int = 1,
    on: str = "",
    model: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read these documents again from the stored bytes, with the corrections in force."""
    run = Run(store, len(ids), progress, jobs, model)
    run.take_all(extract_all(_originals(store, ids), jobs, on, run.model if on else ""))
    return run.finish()


def embed_missing(store: Store, embedder: Embedder, progress: Progress | None = None) -> int:
    """Give every provision a vector of this model, and forget those of other models; how many were made."""
    from ingest.embedding import encode_provisions

    missing = store.missing_vectors(embedder.name)
    for start in range(0, len(missing), EMBEDDED_AT_ONCE):
        rows = store.provisions(missing[start : start + EMBEDDED_AT_ONCE])
        matrix = encode_provisions(embedder, [row.provision.heading for row in rows], [row.text for row in rows])
        store.put_vectors(embedder.name, [row.id for row in rows], matrix)
        if progress:
            progress(start + len(rows), len(missing), f"vectors of {embedder.name}")
    store.set_meta([("model", embedder.name)])
    store.drop_vectors(embedder.name)
    return len(missing)


def load_embedder(model: str | None) -> Embedder:
    """The model, loaded before anything is written, so that a wrong name costs nothing."""
    from ingest.embedding import load

    return load(model or settings.MODEL.value)


class Run(Tally):
    """One batch under way: what has become of each input so far. ``model`` is the name that the settings know."""

    def __init__(
        self, store: Store, total: int, progress: Progress | None = None, jobs: int = 1, model: str | None = None
    ) -> None:
        super().__init__(total, progress)
        self.store = store
        self.model = model or settings.MODEL.value
        self._embedder = load_embedder(self.model)
        self._jobs = jobs
        self._items: list[Item] = []
        self._embedded = 0

    def take_all(self, outputs: Iterable[Output]) -> None:
        """Load what comes, then read again what must be because other corrections hold."""
        for output in outputs:
            self.take(output)
        for output in extract_all(_originals(self.store, self.store.uncorrected())):
            self.take(output, again=True)

    def take(self, output: Output, again: bool = False) -> None:
        """Load what was extracted, or note why it could not be; ``again`` for an input that was counted before."""
        if output.extraction is None:
            self.fail(Failure(file=output.name, message=output.error))
            return
        loaded = self.store.load(output.extraction, output.content, address=output.name, fetched_at=output.fetched_at)
        self._put_vectors(output, loaded)
        if not again:
            self.note(_item(loaded, output.name, output.extraction))

    def _put_vectors(self, output: Output, loaded: Loaded) -> None:
        """Keep the vectors that came with an extraction; those of another model are left out."""
        found = output.embedded
        if output.extraction and found and found.model == self._embedder.name and loaded.outcome in WRITTEN:
            if ids := [provision_id(loaded.document_id, item.path) for item in output.extraction.provisions]:
                self.store.put_vectors(found.model, ids, found.matrix)
            self._embedded += len(ids)

    def note(self, item: Item) -> None:
        self._items.append(item)
        self.step(item.file)

    def finish(self, missing: Sequence[Failure] = ()) -> Summary:
        """Link and embed, and sum up."""
        self.store.relink()
        compare_new(self.store)
        self._embedded += embed_missing(self.store, self._embedder, self.progress)
        trace_all(self.store, jobs=self._jobs)
        items = sorted(self._items, key=lambda item: item.file)
        failures = (*missing, *self.failures)
        return Summary(items=tuple(items), failures=failures, embedded=self._embedded, counts=self.store.counts())


def _not_known(run: Run, inputs: Iterable[Input]) -> Iterator[Input]:
    """The documents that the store has not read before, with the corrections in force; what is known is only noted."""
    from ingest.extract import extractor_version
    from ingest.readers.sidecars import stamped

    for given in inputs:
        sha256 = hashlib.sha256(given.content).hexdigest()
        known = run.store.known(given.name, sha256, stamped(extractor_version(), given.sidecar))
        if known is None:
            yield dataclasses.replace(given, corrections=run.store.corrections_of(sha256))
        else:
            run.note(Item(file=given.name, document_id=known, outcome="unchanged"))


def _originals(store: Store, ids: Sequence[str]) -> Iterator[Input]:
    from ingest.readers.sidecars import told_beside

    for one in ids:
        if (found := store.original(one)) and (document := store.document(one)):
            corrections = store.corrections_of(hashlib.sha256(found[1]).hexdigest())
            yield Input(*found, corrections, sidecar=told_beside(document.fields.candidates))


def _item(loaded: Loaded, name: str, extraction: Extraction) -> Item:
    from ingest.extract import extractor_version
    from ingest.readers.sidecars import version_in

    return Item(
        file=name,
        document_id=loaded.document_id,
        outcome=loaded.outcome,
        note=loaded.note or (OTHER_VERSION if version_in(extraction.extractor) != extractor_version() else None),
        warnings=extraction.warnings,
        measures=sum(p.role == "measure" for p in extraction.provisions),
        not_understood=len(extraction.not_understood),
    )
