"""Reading provisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import apsw
import msgspec

from graph.protocol import Filter, ProvisionRow
from graph.sqlite.documents import BRIEF, brief
from graph.sqlite.filters import provision_conditions
from graph.sqlite.loading import PROVISION_COLUMNS
from ingest.records import Provision

COLUMNS = f"{BRIEF}, j.name, d.level, p.headings, p.text, {', '.join('p.' + c for c in PROVISION_COLUMNS.split(', '))}"
FROM = "FROM provisions p JOIN documents d USING (document) LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction"
HEADINGS = msgspec.json.Decoder(tuple[str, ...])


def _row(values: Sequence[Any]) -> ProvisionRow:
    item = Provision(**dict(zip(Provision.__struct_fields__, values[8:], strict=True)))
    document = brief(values[:4])
    return ProvisionRow(
        id=f"{document.id}:{item.path}",
        document=document,
        jurisdiction=values[4],
        level=values[5],
        provision=item,
        text=values[7],
        headings=HEADINGS.decode(values[6]),
    )


def provision(db: apsw.Connection, provision_id: str) -> ProvisionRow | None:
    """One provision by its id."""
    doc_id, _, path = provision_id.partition(":")
    row = db.execute(f"SELECT {COLUMNS} {FROM} WHERE d.id = ? AND p.path = ?", (doc_id, path)).fetchone()
    return None if row is None else _row(row)


def provisions(db: apsw.Connection, ids: Sequence[str]) -> tuple[ProvisionRow, ...]:
    """Provisions by their ids, in their order, read at once; those not held are left out."""
    wanted = msgspec.json.encode([identifier.partition(":")[::2] for identifier in ids]).decode()
    sql = f"""SELECT {COLUMNS} FROM json_each(?) w CROSS JOIN documents d ON d.id = json_extract(w.value, '$[0]')
        CROSS JOIN provisions p ON p.document = d.document AND p.path = json_extract(w.value, '$[1]')
        LEFT JOIN jurisdictions j ON j.jurisdiction = d.jurisdiction ORDER BY w.key"""
    return tuple(map(_row, db.execute(sql, (wanted,))))


def outline(db: apsw.Connection, document_id: str) -> tuple[ProvisionRow, ...]:
    """All provisions of a document in its order."""
    sql = f"SELECT {COLUMNS} {FROM} WHERE d.id = ? ORDER BY p.position, p.path"
    return tuple(map(_row, db.execute(sql, (document_id,))))


def provision_ids(db: apsw.Connection, where: Filter) -> frozenset[str]:
    """Ids of the provisions that the filter admits."""
    found = provision_conditions(where)
    sql = f"SELECT d.id || ':' || p.path FROM documents d JOIN provisions p USING (document) {found.where}"
    return frozenset(row for (row,) in db.execute(sql, found.values))


def changed_since(db: apsw.Connection, version: int) -> tuple[str, ...]:
    """Ids of provisions loaded or embedded after that version."""
    sql = """SELECT d.id || ':' || p.path FROM documents d JOIN provisions p USING (document) WHERE d.changed > ?
        ORDER BY +d.id, p.path"""
    return tuple(row for (row,) in db.execute(sql, (version,)))


def all_provisions(db: apsw.Connection) -> Iterator[ProvisionRow]:
    """Every provision by document id and path, one document in memory at a time."""
    for (document,) in db.execute("SELECT document FROM documents ORDER BY id"):
        yield from map(_row, list(db.execute(f"SELECT {COLUMNS} {FROM} WHERE p.document = ? ORDER BY p.path", (document,))))
