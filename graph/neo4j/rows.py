"""The maps that queries return, as rows of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from graph.identity import source_id
from graph.protocol import (
    DepartmentRow,
    DocumentBrief,
    DocumentRow,
    Fact,
    InstrumentRow,
    KnownInstrument,
    ProvisionRow,
    SourceRow,
)
from ingest.records import FACTS, DocumentFields, Provision

Map = Mapping[str, Any]

# A projected map hides the node of its name: what is sorted by other properties is sorted before it is returned.
BRIEF = "d {.id, .title, .doc_number, .address}"
PLACED = "[d.id, d.title, d.doc_number, d.address, d.jurisdiction, d.level, d.issued_on]"
"""A document where many are returned: lists are read in half the time of maps."""
OWN = (
    "d {.id, .title, .doc_number, .address, .key, .revision, .fields, .measures, .warnings, .extractor, "
    "sources: [(d)-[:HAS]->(s:Source) | s {.address, .sha256, .fetched_at, .bytes}]}"
)
PROVISION = "[" + ", ".join(f"p.{name}" for name in (*Provision.__struct_fields__, "text", "headings")) + "]"
RECORDS = {kind: "[" + ", ".join(f"f.{name}" for name in one.__struct_fields__) + "]" for kind, one in FACTS.items()}


def record_of(kind: Callable[..., Any], values: Map) -> Any:
    """A record from the properties that hold its fields; a property that is not there is null."""
    names: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
    return kind(**{name: values.get(name) for name in names})


def to_brief(values: Map) -> DocumentBrief:
    """From ``BRIEF``."""
    return DocumentBrief(
        id=values["id"], title=values.get("title"), doc_number=values.get("doc_number"), source=values["address"]
    )


def to_document(values: Map) -> DocumentRow:
    """From ``OWN``."""
    sources = sorted(values["sources"], key=lambda s: (s["address"], s["sha256"]))
    return DocumentRow(
        id=values["id"],
        brief=to_brief(values),
        key=values["key"],
        revision=values["revision"],
        fields=msgspec.json.decode(values["fields"], type=DocumentFields),
        sources=tuple(SourceRow(id=source_id(values["id"], one["address"]), **one) for one in sources),
        measures=values["measures"],
        warnings=tuple(values["warnings"]),
        extractor=values["extractor"],
    )


def to_provision(placed: Sequence[Any], values: Sequence[Any]) -> ProvisionRow:
    """From ``PLACED`` and ``PROVISION``."""
    *fields, text, headings = values
    item = Provision(**dict(zip(Provision.__struct_fields__, fields, strict=True)))
    return ProvisionRow(
        id=f"{placed[0]}:{item.path}",
        document=_brief(placed),
        jurisdiction=placed[4],
        level=placed[5],
        provision=item,
        text=text,
        headings=tuple(headings),
    )


def _brief(placed: Sequence[Any]) -> DocumentBrief:
    return DocumentBrief(id=placed[0], title=placed[1], doc_number=placed[2], source=placed[3])


def to_fact(
    kind: str, placed: Sequence[Any], heading: str | None, one_id: str, values: Sequence[Any], linked: str | None
) -> Fact:
    """From ``PLACED``, the fact's id, ``RECORDS``, and the id of the department or instrument that it leads to."""
    record: Any = FACTS[kind](**dict(zip(FACTS[kind].__struct_fields__, values, strict=True)))
    return Fact(
        id=one_id,
        document=_brief(placed),
        jurisdiction=placed[4],
        level=placed[5],
        issued_on=placed[6],
        provision_id=f"{placed[0]}:{record.path}",
        heading=heading,
        record=record,
        department_id=linked if kind == "responsibilities" else None,
        instrument_id=linked if kind == "citations" else None,
    )


def to_department(values: Map) -> DepartmentRow:
    """From the properties of a department."""
    return DepartmentRow(
        id=values["id"],
        name=values["name"],
        names=tuple(sorted(values.get("names") or ())),
        jurisdiction=values.get("jurisdiction"),
        level=values.get("level"),
        systems=tuple(sorted(values.get("systems") or ())),
        generic=values["generic"],
        duties=values.get("duties") or 0,
        documents=values.get("documents") or 0,
    )


INSTRUMENT = """i {.id, .title, .doc_number, .kind, .citations, .documents,
held: COLLECT { MATCH (i)<-[:VERSION_OF]-(d:Document) WITH d ORDER BY coalesce(d.dated, '') DESC, d.id
    RETURN d {.id, .title, .doc_number, .address} },
known: COLLECT { MATCH (i)<-[:NAMES]-(:Work)<-[:NAMED]-(k:KnownInstrument) RETURN k {.*} }}"""


def to_instrument(values: Map) -> InstrumentRow:
    """From ``INSTRUMENT``."""
    known = tuple(to_known(one) for one in sorted(values["known"], key=_newest_first))
    return InstrumentRow(
        id=values["id"],
        title=values["title"],
        doc_number=values.get("doc_number"),
        kind=values.get("kind") or "other",
        held=tuple(map(to_brief, values["held"])),
        citations=values.get("citations") or 0,
        documents=values.get("documents") or 0,
        known=known,
        validity=next((entry.validity for entry in known if entry.validity), None),
    )


def to_known(values: Map) -> KnownInstrument:
    """From the properties of an entry of a list."""
    entry: KnownInstrument = record_of(KnownInstrument, {**values, "issuers": tuple(values.get("issuers") or ())})
    return entry


def _newest_first(values: Map) -> tuple[bool, list[int], str, str, str]:
    published = values.get("published")
    return published is None, [-ord(c) for c in published or ""], values["title"], values["listed_in"], values["id"]
