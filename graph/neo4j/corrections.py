"""Fields corrected by a reader: kept by the bytes of a source, in force for every text that has such a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.neo4j.connection import Server, rows
from graph.protocol import Correction

ALL = """MATCH (c:Correction) OPTIONAL MATCH (s:Source {sha256: c.sha256})<-[:HAS]-(d:Document)
RETURN c.sha256, c.field, c.cell, min(d.id) ORDER BY c.sha256, c.field"""
OWN = "MATCH (c:Correction) WHERE c.sha256 = $sha RETURN c.field, c.cell ORDER BY c.field"
KIN = """MATCH (s:Source {sha256: $sha})<-[:HAS]-(:Document)-[:HAS]->(o:Source) MATCH (c:Correction {sha256: o.sha256})
RETURN c.field, c.cell ORDER BY o.address"""
DROP = """OPTIONAL MATCH (s:Source {sha256: $sha})<-[:HAS]-(:Document)-[:HAS]->(o:Source)
WITH collect(o.sha256) + [$sha] AS kin MATCH (c:Correction) WHERE c.sha256 IN kin AND c.field = $field DELETE c"""
PUT = """MERGE (c:Correction {key: $sha + '|' + $field}) SET c.sha256 = $sha, c.field = $field, c.cell = $cell,
c.caption = $field + ': ' + $cell"""
MARK = "MATCH (s:Source {sha256: $sha})<-[:HAS]-(d:Document) SET d.extractor = ''"


def all_corrections(server: Server) -> tuple[Correction, ...]:
    """Every correction by file and field; ``document`` is null for a file that is not held now."""
    found = server.rows(ALL)
    return tuple(Correction(sha256=sha, field=field, cell=cell, document=one) for sha, field, cell, one in found)


def corrections_of(t: Any, sha256: str) -> dict[str, str]:
    """The cells by field that hold for a file: its own before those of other sources of the text."""
    found: dict[str, str] = {}
    for field, cell in (*rows(t, OWN, sha=sha256), *rows(t, KIN, sha=sha256)):
        found.setdefault(field, cell)
    return found


def put_corrections(t: Any, corrections: Sequence[Correction]) -> None:
    """Put corrections in force, in place of earlier ones of the same text; those with a null cell only take back."""
    for one in corrections:
        values = {"sha": one.sha256, "field": one.field, "cell": one.cell}
        t.run(DROP, values).consume()
        if one.cell is not None:
            t.run(PUT, values).consume()
    for sha in sorted({one.sha256 for one in corrections}):
        t.run(MARK, sha=sha).consume()
