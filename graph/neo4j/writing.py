"""One document's nodes and relationships, written together: what documents share first, then its outline, then its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from graph.bodies_of import DepartmentIdentity, body_named, department_of, place_of
from graph.identity import Incoming, codes, fact_id, provision_id
from graph.linking import Work, cited_works
from graph.neo4j.bibliography import lookup, work_of_document
from graph.neo4j.connection import KEEP_PLAN
from graph.neo4j.registering import assign_instruments, key_of, put_shared
from graph.system_names import system_names
from graph.writing import PlaceLink, context_of, day_of, headings_above, own_values, place_chain
from ingest.records import FACTS, Extraction, Provision, Record
from ingest.registry.jurisdictions import Place
from ingest.tokens import bigrams, words

DOCUMENT = """MERGE (d:Document {row: $row}) SET d = $values
CREATE (d)-[:HAS]->(x:Text) SET x = $text
WITH d
CALL (d) { MATCH (j:Jurisdiction {key: d.place}) CREATE (d)-[:IN]->(j) }
CALL (d) { UNWIND $provisions AS item CREATE (d)-[:HAS]->(p:Provision) SET p = item
    FOREACH (_ IN CASE item.role WHEN 'measure' THEN [1] ELSE [] END | SET p:Measure) }
CALL () { UNWIND $parts AS pair MATCH (p:Provision {id: pair[0]}) MATCH (above:Provision {id: pair[1]})
    CREATE (p)-[:PART_OF]->(above) }"""
AT = "UNWIND $facts.{kind} AS one OPTIONAL MATCH (p:Provision {{id: one.at}}) WITH d, one, coalesce(p, d) AS at"
"""Where a fact hangs: on its provision, or on the document where its path has none."""
BRANCHES = {
    "responsibilities": "MATCH (b:Department {id: one.to}) CREATE (b)-[r:RESPONSIBLE]->(at) SET r = one.values",
    "citations": "MATCH (i:Instrument {id: one.to}) CREATE (at)-[r:CITES]->(i) SET r = one.values",
    "own": "CREATE (at)-[r:CITES]->(d) SET r = one.values",
    "targets": "CREATE (at)-[:SETS]->(f:Target) SET f = one.values",
    "programmes": "CREATE (at)-[:RUNS]->(f:Programme) SET f = one.values",
}
"""How each kind of fact is written; a citation of the text that a document itself prints (own) leads to the document."""
OF_DOCUMENT = """CALL (d) { UNWIND $issuers AS one MATCH (b:Department {id: one.to})
    CREATE (d)-[r:ISSUED_BY]->(b) SET r = one.values }
CALL (d) { MATCH (:Work {key: d.work})-[:NAMES]->(i:Instrument) MERGE (d)-[:VERSION_OF]->(i) }
CALL () { UNWIND $systems AS one MERGE (s:System {system: one.system})
    ON CREATE SET s.duties = 0, s.documents = 0, s.forms = [], s.caption = one.name
    SET s.duties = s.duties + one.duties, s.documents = s.documents + 1,
        s.forms = s.forms + [form IN one.forms WHERE NOT form IN s.forms] }"""
FACTS_WRITTEN = "\n".join(
    (
        "MATCH (d:Document {row: $row})",
        *(f"CALL (d) {{ {AT.format(kind=kind)} {branch} }}" for kind, branch in BRANCHES.items()),
        OF_DOCUMENT,
    )
)
Values = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """A document as its records see it: its id and order, its paths, and what settles what its names mean."""

    id: str
    sort_key: str
    text: str
    paths: frozenset[str]
    place: Place | None
    chain: Sequence[PlaceLink]
    on: str | None


def write_document(t: Any, row: int, extraction: Extraction, new: Incoming, doc_id: str, version: int, listed: bool) -> None:
    """Write a document's own node and all its records; its sources are written apart. ``listed``: there are imported lists."""
    values = own_values(extraction, new, doc_id, version)
    setting = _setting(extraction, doc_id, values["sort_key"])
    own, cited = _works(t, extraction, setting, listed)
    duties = [department_of(record, setting.place, setting.on) for record in extraction.responsibilities]
    issuers = [body_named(name, setting.place, setting.on) for name in extraction.document.issuers]
    works = [work for work in (*cited, own) if work]
    put_shared(t, [setting.chain], [*duties, *issuers], works)
    instruments = assign_instruments(t, {key_of(work) for work in works})
    values |= _more_values(extraction, setting, new, own)
    values |= {"row": row, "conflicting": True if values["conflicts"] else None}
    provisions, parts = list(_provisions(extraction, setting)), _parts(extraction, setting)
    t.run(KEEP_PLAN + DOCUMENT, row=row, values=values, text=_text(extraction), provisions=provisions, parts=parts).consume()
    t.run(
        KEEP_PLAN + FACTS_WRITTEN,
        row=row,
        facts=_facts(extraction, setting, duties, cited, instruments),
        issuers=_issuers(extraction, issuers, setting),
        systems=_systems(extraction),
    ).consume()


def _setting(extraction: Extraction, doc_id: str, order: str) -> Setting:
    on = day_of(extraction)
    name = extraction.document.jurisdiction
    paths = frozenset(item.path for item in extraction.provisions)
    return Setting(doc_id, order, extraction.source_text, paths, place_of(name, on), place_chain(name, on), on)


def _works(t: Any, extraction: Extraction, setting: Setting, listed: bool) -> tuple[Work | None, list[Work | None]]:
    """The work that the document is a text of, and that of each citation."""
    place, on = setting.place, setting.on
    find = lookup(t, extraction.citations, place, on) if listed else None
    own = work_of_document(t, extraction.document, place, listed)
    return own, cited_works(extraction.citations, place, on, find)


def _more_values(extraction: Extraction, setting: Setting, new: Incoming, own: Work | None) -> Values:
    """A document's own values that lead to shared nodes, or that this engine keeps."""
    return {
        "warnings": list(extraction.warnings),
        "place": setting.chain[-1].key if setting.chain else None,
        "jurisdiction": setting.chain[-1].name if setting.chain else None,
        "dated": setting.on,
        "embedded": "",
        "work": key_of(own) if own else None,
        "understood_not": len(extraction.not_understood),
        "caption": extraction.document.title or new.address,
    }


def _text(extraction: Extraction) -> Values:
    names = ("boilerplate", "not_understood", "locators")
    passages = {name: msgspec.json.encode(getattr(extraction, name)).decode() for name in names}
    return {"text": extraction.source_text, "caption": "text", **passages}


def _provisions(extraction: Extraction, setting: Setting) -> Iterator[Values]:
    by_path, title = {p.path: p for p in extraction.provisions}, extraction.document.title
    titled = " ".join(bigrams(title or ""))
    for item in extraction.provisions:
        text, headings = setting.text[item.start : item.end], headings_above(item, by_path)
        above = by_path.get(item.parent or "")
        context = context_of(title, headings, setting.text[above.start : above.end] if above else "")
        yield {
            **msgspec.structs.asdict(item),
            "id": provision_id(setting.id, item.path),
            "document": setting.id,
            "text": text,
            "headings": headings,
            "title_bigrams": titled,
            **_tokens("", text),
            **_tokens("heading_", item.heading or ""),
            **_tokens("context_", context),
            "caption": item.heading or item.marker or item.path,
        }


def _tokens(prefix: str, text: str) -> Values:
    """Both token streams of a text, as the full-text index splits them."""
    return {f"{prefix}words": " ".join(words(text)), f"{prefix}bigrams": " ".join(bigrams(text))}


def _parts(extraction: Extraction, setting: Setting) -> list[list[str]]:
    """The id of each item that stands in another, and the id of that."""

    def pair(item: Provision) -> list[str]:
        return [provision_id(setting.id, path) for path in (item.path, item.parent or "")]

    return [pair(item) for item in extraction.provisions if item.parent in setting.paths]


def _facts(
    extraction: Extraction,
    setting: Setting,
    duties: Sequence[DepartmentIdentity],
    cited: Sequence[Work | None],
    instruments: dict[str, str],
) -> dict[str, list[Values]]:
    """The facts of each branch of ``BRANCHES``."""
    found = {kind: _of_kind(kind, getattr(extraction, kind), setting) for kind in FACTS}
    for fact, duty, body in zip(found["responsibilities"], extraction.responsibilities, duties, strict=True):
        fact["to"] = body.id
        systems = sorted(set(duty.system.split("+")))
        fact["values"] |= {"body": body.name, "systems": systems, "dated": setting.on, "caption": duty.role}
    for fact, citation, work in zip(found["citations"], extraction.citations, cited, strict=True):
        key = key_of(work) if work else None
        fact["to"] = instruments[key] if key else None
        fact["values"] |= {"work": key, "caption": citation.relation}
    found["own"] = [fact for fact in found["citations"] if not fact["to"]]
    found["citations"] = [fact for fact in found["citations"] if fact["to"]]
    return found


def _of_kind(kind: str, records: Sequence[Record], setting: Setting) -> list[Values]:
    return [
        {
            "at": provision_id(setting.id, record.path) if record.path in setting.paths else None,
            "values": {
                **msgspec.structs.asdict(record),
                "id": fact_id(setting.id, record.path, kind, code),
                "document": setting.id,
                "sort": sort(setting.sort_key, record.start, code),
                "quote": setting.text[record.start : record.end],
                "caption": getattr(record, "name", None) or getattr(record, "text", None),
            },
        }
        for record, code in zip(records, codes(records), strict=True)
    ]


def _issuers(extraction: Extraction, bodies: Sequence[DepartmentIdentity], setting: Setting) -> list[Values]:
    return [
        {
            "to": body.id,
            "values": {
                "position": position,
                "name": name,
                "body": body.name,
                "systems": list(body.systems),
                "document": setting.id,
                "dated": setting.on,
            },
        }
        for position, (name, body) in enumerate(zip(extraction.document.issuers, bodies, strict=True))
    ]


def _systems(extraction: Extraction) -> list[Values]:
    """What each system gains by the document: duties, and the forms of its code that they use."""
    forms: dict[str, list[str]] = {}
    for record in extraction.responsibilities:
        for system in sorted(set(record.system.split("+"))):
            forms.setdefault(system, []).append(record.system)
    return [
        {
            "system": system,
            "name": system_names().get(system, (system,))[0],
            "duties": len(found),
            "forms": sorted(set(found)),
        }
        for system, found in forms.items()
    ]


def sort(sort_key: str, start: int, code: str) -> str:
    """Orders facts by document, position and code."""
    return f"{sort_key}|{start:09d}|{code}"
