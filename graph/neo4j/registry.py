"""Reading departments, systems, instruments and the links between documents."""

from __future__ import annotations

from typing import Any

from graph.document_links import FOUNDING, carried_out, first_statements, link_by_title
from graph.neo4j import filters
from graph.neo4j.connection import Server
from graph.neo4j.facts import PATTERNS
from graph.neo4j.rows import BRIEF, INSTRUMENT, to_brief, to_department, to_instrument
from graph.neo4j.totals import Question, Totals
from graph.protocol import DepartmentRow, Filter, InstrumentRow, Link, Page, Sibling, SystemRow
from graph.system_names import system_names


def department(server: Server, department_id: str) -> DepartmentRow | None:
    """One department by its id."""
    found = server.one("MATCH (b:Department {id: $id}) RETURN b {.*}", id=department_id)
    return None if found is None else to_department(found)


def departments(
    server: Server, totals: Totals, where: Filter, name: str | None, generic: bool | None, offset: int, limit: int
) -> Page[DepartmentRow]:
    """Departments with most duties first; the filter admits those with a duty in a document that it admits."""
    asked = filters.ask(server, where)
    values = {**asked.values, "generic": generic, "name": name, "part": (name or "").lower()}
    match = _departments(asked, name, generic)
    rows, total = totals.page(Question(match, "b.rank", "b {.*}", f"{match} RETURN count(b)", values), offset, limit)
    return Page(rows=tuple(map(to_department, rows)), total=total, offset=offset, limit=limit)


def _departments(asked: filters.Asked, name: str | None, generic: bool | None) -> str:
    conditions = ["b.rank >= ''"]
    if generic is not None:
        conditions.append("b.generic = $generic")
    if name:
        conditions.append("(toLower(b.name) CONTAINS $part OR $name IN b.names)")
    if asked.where == Filter():
        return f"MATCH (b:Department) WHERE {' AND '.join(conditions)}"
    return f"{filters.facts(asked, 'responsibilities', PATTERNS['responsibilities'], *conditions)} WITH DISTINCT b"


SYSTEMS = """MATCH (s:System)
RETURN collect([s.system, coalesce(s.duties, 0), coalesce(s.documents, 0), COUNT { (s)<-[:OF_SYSTEM]-() }])"""


def systems(server: Server) -> tuple[SystemRow, ...]:
    """The systems that have a duty or a department, most duties first."""
    names = system_names()
    found = sorted(server.one(SYSTEMS), key=lambda row: (-row[1], row[0]))
    return tuple(
        SystemRow(
            system=system,
            name_zh=names.get(system, (system, system))[0],
            name_en=names.get(system, (system, system))[1],
            departments=bodies,
            duties=duties,
            documents=documents,
        )
        for system, duties, documents, bodies in found
        if documents or bodies
    )


def instrument(server: Server, instrument_id: str) -> InstrumentRow | None:
    """One instrument by its id."""
    found = server.one(f"MATCH (i:Instrument {{id: $id}}) RETURN {INSTRUMENT}", id=instrument_id)
    return None if found is None else to_instrument(found)


def instruments(
    totals: Totals, title: str | None, held: bool | None, kind: str | None, offset: int, limit: int
) -> Page[InstrumentRow]:
    """Cited instruments, those of most documents first."""
    conditions = ["i.rank >= ''", "i.documents > 0"]
    if title:
        conditions.append("(toLower(i.title) CONTAINS $part OR i.doc_number = $title)")
    if held is not None:
        conditions.append("i.held = $held")
    if kind:
        conditions.append("i.kind = $kind")
    match = f"MATCH (i:Instrument) WHERE {' AND '.join(conditions)}"
    values = {"title": title, "part": (title or "").lower(), "held": held, "kind": kind}
    rows, total = totals.page(Question(match, "i.rank", INSTRUMENT, f"{match} RETURN count(i)", values), offset, limit)
    return Page(rows=tuple(map(to_instrument, rows)), total=total, offset=offset, limit=limit)


VERSION = """CALL (i, d) {
    OPTIONAL MATCH (i)<-[:VERSION_OF]-(v:Document) WHERE v.id <> d.id WITH v, coalesce(d.dated, '9999') AS day
    RETURN v {.id, .title, .doc_number, .address, .dated} AS v
    ORDER BY CASE WHEN v.dated IS NULL THEN 0 WHEN v.dated > day THEN 2 ELSE 1 END,
        CASE WHEN v.dated > day THEN v.dated ELSE '' END, coalesce(v.dated, '') DESC, v.id LIMIT 1
}"""
"""The text of an instrument other than the document that was the newest on the document's day, else the nearest held."""
ANY_VERSION = VERSION.replace(" WHERE v.id <> d.id", "")
STANDS_ON = f"""WHERE c.relation = 'basis' MATCH (d:Document {{id: c.document}}) USING INDEX d:Document(id) {ANY_VERSION}
WITH * ORDER BY c.sort RETURN {BRIEF}, c {{.id, .path, .quote}}, i {{.id, .title, .doc_number}}, v"""
"""Each statement that a document stands on an instrument, with the instrument's text that was the newest on that day, else the
nearest held."""
UP = f"MATCH ()-[c:CITES {{document: $id}}]->(i:Instrument) USING INDEX c:CITES(document) {STANDS_ON}"
OF_OTHERS = STANDS_ON.replace("'basis'", "'basis' AND c.document <> $id")
DOWN = f"""MATCH (own:Document {{id: $id}})-[:VERSION_OF]->(i:Instrument)<-[c:CITES]-()
USING INDEX own:Document(id) {OF_OTHERS}"""


def links(server: Server, document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """What a document says that it stands on, and the documents that say so of it; each pair once, by its first statement."""
    up, down = ([_link(*row) for row in server.rows(query, id=document_id)] for query in (UP, DOWN))
    return first_statements([*up, *_by_title(server, document_id)], down, document_id)


def _by_title(server: Server, document_id: str) -> list[Link]:
    """The law that a title says it carries out, where a text of it is held."""
    lower = server.one("MATCH (d:Document {id: $id}) RETURN d {.id, .title, .doc_number, .address}", id=document_id)
    named = carried_out(lower["title"]) if lower else None
    found = version_titled(server, named, document_id) if named else None
    return [link_by_title(to_brief(lower), to_brief(found))] if found else []


TITLED = f"""MATCH (w:Work {{title: $title}})-[:NAMES]->(i:Instrument) WHERE w.within = ''
    AND EXISTS {{ MATCH (:Document {{work: w.key}}) }}
WITH i ORDER BY i.id LIMIT 1 MATCH (d:Document {{id: $id}}) {VERSION} RETURN v"""


def version_titled(server: Server, title: str, lower: str) -> Any:
    """The text that a document means by the title, as compared, of an instrument; null when none is held."""
    return server.one(TITLED, title=title, id=lower)


def _link(d: Any, citation: Any, instrument: Any, version: Any) -> Link:
    lower = to_brief(d)
    held = None if version is None or version["id"] == lower.id else to_brief(version)
    return Link(
        lower=lower,
        higher_id=held.id if held else instrument["id"],
        higher_title=(held.title if held else None) or instrument["title"],
        higher_doc_number=held.doc_number if held else instrument["doc_number"],
        higher_source=held.source if held else None,
        held=held is not None,
        evidence="stated",
        citation_id=citation["id"],
        quote=citation["quote"],
        path=citation["path"],
    )


SIBLINGS = """MATCH ()-[mine:CITES {document: $id}]->(i:Instrument) USING INDEX mine:CITES(document)
WHERE mine.relation = 'basis' AND (mine.path IS NULL OR mine.path =~ $founding) WITH DISTINCT i
MATCH (i)<-[c:CITES]-()
WHERE c.relation = 'basis' AND (c.path IS NULL OR c.path =~ $founding) AND c.document <> $id
WITH DISTINCT i, c.document AS other
MATCH (d:Document {id: other}) USING INDEX d:Document(id)
WITH d, i ORDER BY i.documents, i.title, i.id, d.sort_key LIMIT $limit
RETURN d {.id, .title, .doc_number, .address, .jurisdiction}, i {.id, .title, .doc_number, .held}"""


def siblings(server: Server, document_id: str, limit: int) -> tuple[Sibling, ...]:
    """Documents that stand on an instrument on which this one stands too."""
    return tuple(
        Sibling(
            document=to_brief(d),
            jurisdiction=d["jurisdiction"],
            instrument_id=i["id"],
            instrument_title=i["title"],
            instrument_doc_number=i["doc_number"],
            held=bool(i["held"]),
        )
        for d, i in server.rows(SIBLINGS, id=document_id, founding=FOUNDING.pattern, limit=limit)
    )
