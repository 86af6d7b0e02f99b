"""Writing vectors: float32, little-endian, one for each provision and model."""

from __future__ import annotations

from collections.abc import Sequence

import apsw
import numpy as np

COMPLETE = """
UPDATE documents SET changed = ?1, embedded = CASE WHEN EXISTS (
        SELECT 1 FROM provisions p WHERE p.document = documents.document
        AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ?2 AND v.provision = p.provision)) THEN NULL ELSE ?2 END
WHERE id = ?3"""


def put_vectors(db: apsw.Connection, model: str, ids: Sequence[str], matrix: np.ndarray, version: int) -> None:
    """Write one row for each id that is held, and mark the documents that have all of theirs."""
    find = "SELECT p.provision FROM provisions p JOIN documents d USING (document) WHERE d.id = ? AND p.path = ?"
    for one, row in zip(ids, matrix, strict=True):
        doc_id, _, path = one.partition(":")
        provision = db.execute(find, (doc_id, path)).get
        if provision is not None:
            db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (model, provision, row.tobytes()))
    for doc_id in sorted({one.partition(":")[0] for one in ids}):
        db.execute(COMPLETE, (version, model, doc_id))
