"""Vectors: float32, little-endian, one for each provision and model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import numpy as np

from graph.protocol import VectorSet

COMPLETE = """
UPDATE documents SET changed = ?1, embedded = CASE WHEN EXISTS (
        SELECT 1 FROM provisions p WHERE p.document = documents.document
        AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ?2 AND v.provision = p.provision)) THEN NULL ELSE ?2 END
WHERE id = ?3"""


def put_vectors(db: apsw.Connection, model: str, ids: Sequence[str], matrix: np.ndarray, version: int) -> None:
    """Write one row for each id that is held, and mark the documents that have all of theirs."""
    find = "SELECT p.provision FROM provisions p JOIN documents d USING (document) WHERE d.id = ? AND p.path = ?"
    for one, row in zip(ids, matrix, strict=True):
        provision = db.execute(find, _parts(one)).get
        if provision is not None:
            db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (provision, model, row.tobytes()))
    for doc_id in sorted({one.partition(":")[0] for one in ids}):
        db.execute(COMPLETE, (version, model, doc_id))


IN_ORDER = """
SELECT d.id, p.path, v.vector FROM documents d CROSS JOIN provisions p ON p.document = d.document
    CROSS JOIN vectors v ON v.provision = p.provision AND v.model = ?"""


def read_vectors(db: apsw.Connection, model: str, ids: Sequence[str] | None) -> VectorSet:
    """Vectors of one model by id, all or those asked for; an empty set has shape (0, 0)."""
    if ids is None:
        most = int(db.execute("SELECT count(*) FROM vectors WHERE model = ?", (model,)).get or 0)
        return _collect(db.execute(f"{IN_ORDER} ORDER BY d.id, p.path", (model,)), most)
    asked = sorted(set(ids))
    one = f"{IN_ORDER} WHERE d.id = ? AND p.path = ?"
    found = (db.execute(one, (model, *_parts(one_id))).fetchone() for one_id in asked)
    return _collect((row for row in found if row), len(asked))


def _parts(provision_id: str) -> tuple[str, str]:
    doc_id, _, path = provision_id.partition(":")
    return doc_id, path


def _collect(rows: Iterable[tuple[str, str, bytes]], most: int) -> VectorSet:
    """Rows into one matrix, filled in place: all vectors of a large store must not be in memory twice."""
    ids: list[str] = []
    matrix = np.empty((0, 0), dtype=np.float32)
    for doc_id, path, blob in rows:
        vector = np.frombuffer(blob, dtype="<f4")
        if not ids:
            matrix = np.empty((most, len(vector)), dtype=np.float32)
        matrix[len(ids)] = vector
        ids.append(f"{doc_id}:{path}")
    return VectorSet(ids=tuple(ids), matrix=matrix[: len(ids)])
