"""The writer of the store on a server. Several may be open at once: each transaction waits for the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from graph.lineage.rows import Candidate, Compared
from graph.loading import adopt_document, load_document, take_out
from graph.neo4j import lineage, vectors
from graph.neo4j.bibliography import put_list, rename_works, report
from graph.neo4j.corrections import put_corrections
from graph.neo4j.likenesses import put_decisions, put_likenesses
from graph.neo4j.migrating import migrate
from graph.neo4j.reader import Neo4jReader
from graph.neo4j.relinking import is_stale, relink
from graph.neo4j.steps import Neo4jSteps
from graph.protocol import Correction, Imported, KnownInstrument, Loaded
from graph.writing import Copied, Original
from ingest.records import Extraction


class Neo4jStore(Neo4jReader):
    """A reader that also writes. Writing is for one thread at a time."""

    def _check(self) -> None:
        migrate(self._server)

    def load(self, extraction: Extraction, content: bytes, *, address: str, fetched_at: str | None = None) -> Loaded:
        original = Original(address, content, fetched_at)
        return self._server.write(lambda t: load_document(Neo4jSteps(t), extraction, original))

    def adopt(self, copied: Copied) -> None:
        self._server.write(lambda t: adopt_document(Neo4jSteps(t), copied))

    def delete(self, document_id: str) -> bool:
        return self._server.write(lambda t: _delete(t, document_id))

    def correct(self, corrections: Sequence[Correction]) -> None:
        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            put_corrections(t, corrections)
            steps.grow()

        if corrections:
            self._server.write(work)

    def put_likenesses(self, document_id: str, bands: Sequence[int], likenesses: Sequence[tuple[str, float]]) -> None:
        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            put_likenesses(t, document_id, bands, likenesses)
            steps.grow()

        self._server.write(work)

    def decide(self, decisions: Sequence[tuple[str, str, str | None]]) -> None:
        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            put_decisions(t, decisions)
            steps.grow()

        if decisions:
            self._server.write(work)

    def reload(self, document_ids: Sequence[str], files: Sequence[tuple[Extraction, Original]]) -> tuple[Loaded, ...]:
        def work(t: Any) -> tuple[Loaded, ...]:
            steps = Neo4jSteps(t)
            for one in document_ids:
                take_out(steps, one)
            return tuple(load_document(steps, extraction, original) for extraction, original in files)

        return self._server.write(work)

    def relink(self) -> None:
        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            relink(t)
            steps.grow()

        if self._server.read(is_stale):
            self._server.write(work)

    def put_bands(self, bands: Iterable[tuple[str, Sequence[Sequence[int]]]]) -> None:
        given = list(bands)
        self._server.write(lambda t: lineage.put_bands(t, given))

    def untraced(self, method: str) -> tuple[str, ...]:
        return lineage.untraced(self._server, method)

    def candidates(self, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
        return lineage.candidates(self._server, method, ids)

    def put_comparisons(self, method: str, compared: Sequence[Compared]) -> None:
        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            lineage.put_comparisons(t, method, compared)
            steps.grow()

        if compared:
            self._server.write(work)

    def set_traced(self, method: str, ids: Sequence[str]) -> None:
        if ids:
            self._server.write(lambda t: lineage.set_traced(t, method, ids))

    def put_list(self, name: str, entries: Sequence[KnownInstrument]) -> Imported:
        def work(t: Any) -> Imported:
            steps = Neo4jSteps(t)
            changed = put_list(t, name, entries)
            if changed:
                rename_works(t)
                relink(t)
                steps.grow()
            return report(t, name, *(changed or (0, 0)))

        return self._server.write(work)

    def missing_vectors(self, model: str) -> tuple[str, ...]:
        return vectors.missing(self._server, model)

    def put_vectors(self, model: str, ids: Sequence[str], matrix: np.ndarray) -> None:
        if len(matrix) != len(ids):
            raise ValueError(f"{len(ids)} ids for {len(matrix)} vectors")
        if len(ids):
            vectors.make_index(self._server, model, matrix.shape[1])

        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            vectors.put(t, model, ids, matrix, steps.version + 1)
            steps.grow()

        self._server.write(work)

    def drop_vectors(self, keep: str) -> None:
        for model in vectors.others(self._server, keep):
            vectors.drop(self._server, model)

            def work(t: Any, model: str = model) -> None:
                steps = Neo4jSteps(t)
                vectors.forget(t, model)
                steps.grow()

            self._server.write(work)

    def set_meta(self, items: Iterable[tuple[str, str]]) -> None:
        changed = [[name, value] for name, value in items if self.meta(name) != value]

        def work(t: Any) -> None:
            steps = Neo4jSteps(t)
            query = "UNWIND $items AS one MERGE (m:Meta {name: one[0]}) SET m.value = one[1], m.caption = one[0]"
            t.run(query, items=changed).consume()
            steps.grow()

        if changed:
            self._server.write(work)


def _delete(t: Any, document_id: str) -> bool:
    steps = Neo4jSteps(t)
    if not take_out(steps, document_id):
        return False
    relink(t)
    steps.grow()
    return True
