"""What the store is as a whole: its version, counts, revisions, and the ids of what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from graph.neo4j.connection import Server
from graph.neo4j.rows import to_known
from graph.neo4j.totals import VERSION, Totals
from graph.protocol import Counts, IdKind, KnownInstrument

COUNTED = {
    "documents": "MATCH (n:Document) RETURN count(n)",
    "sources": "MATCH (n:Source) RETURN count(n)",
    "provisions": "MATCH (n:Provision) RETURN count(n)",
    "measures": "MATCH (n:Measure) RETURN count(n)",
    "departments": "MATCH (n:Department) WHERE n.generic = false AND n.duties > 0 RETURN count(n)",
    "responsibilities": "MATCH ()-[r:RESPONSIBLE]->() RETURN count(r)",
    "citations": "MATCH ()-[r:CITES]->() RETURN count(r)",
    "instruments": "MATCH (n:Instrument) WHERE n.documents > 0 RETURN count(n)",
    "targets": "MATCH (n:Target) RETURN count(n)",
    "programmes": "MATCH (n:Programme) RETURN count(n)",
    "jurisdictions": "MATCH (j:Jurisdiction) WHERE EXISTS { (j)<-[:IN]-(:Document) } RETURN count(j)",
    "not_understood": "MATCH (d:Document) RETURN coalesce(sum(d.understood_not), 0)",
}
COUNTS = (
    " ".join(f"CALL () {{ {query} AS {name} }}" for name, query in COUNTED.items())
    + f" RETURN {{{', '.join(f'{name}: {name}' for name in COUNTED)}}}"
)
IDS: dict[IdKind, str] = {
    "document": "MATCH (n:Document) WHERE n.id > $last RETURN n.id ORDER BY n.id LIMIT $limit",
    "department": "MATCH (n:Department) WHERE n.id > $last RETURN n.id ORDER BY n.id LIMIT $limit",
    "instrument": "MATCH (n:Instrument) WHERE n.id > $last AND n.documents > 0 RETURN n.id ORDER BY n.id LIMIT $limit",
}
AT_ONCE = 2_000


def version(server: Server) -> int:
    """Grows with every change of the store."""
    return int(server.one(VERSION) or 0)


def meta(server: Server, name: str) -> str | None:
    """A fact about the store itself."""
    if name == "version":
        return str(version(server))
    found = server.one("MATCH (m:Meta {name: $name}) RETURN m.value", name=name)
    return None if found is None else str(found)


def counts(totals: Totals) -> Counts:
    """What the store holds, by kind."""
    return Counts(**totals.remembered(COUNTS, {}))


def revisions(server: Server) -> list[tuple[str, str, str]]:
    """Id, revision and extractor of every document, by id."""
    query = "MATCH (d:Document) RETURN d.id, d.revision, d.extractor ORDER BY d.id"
    return [(one, revision, by) for one, revision, by in server.rows(query)]


def decisions(server: Server) -> list[str]:
    """What readers have decided, and the lists that they imported, as the snapshot digests them."""
    corrected = server.rows("MATCH (c:Correction) RETURN c.sha256, c.field, c.cell ORDER BY c.sha256, c.field")
    lists = server.rows("MATCH (b:Bibliography) RETURN b.listed_in, b.digest ORDER BY b.listed_in")
    decided = server.rows("MATCH (k:LikenessDecision) RETURN k.one, k.other, k.decision ORDER BY k.one, k.other")
    return ["\x1f".join(row) for row in (*corrected, *decided)] + [f"bibliography {name} {digest}" for name, digest in lists]


def known_instruments(server: Server) -> tuple[KnownInstrument, ...]:
    """Every entry of every list, in one order."""
    query = "MATCH (k:KnownInstrument) RETURN k {.*} ORDER BY k.listed_in, k.title, k.id"
    return tuple(to_known(one) for (one,) in server.rows(query))


def stale(server: Server, extractor: str) -> tuple[str, ...]:
    """Ids of documents that another version of the extractor read."""
    query = "MATCH (d:Document) WHERE d.extractor < $by OR d.extractor > $by + '~' RETURN d.id ORDER BY d.id"
    return tuple(one for (one,) in server.rows(query, by=extractor))


def uncorrected(server: Server) -> tuple[str, ...]:
    """Ids of documents marked to be read again."""
    return tuple(one for (one,) in server.rows("MATCH (d:Document {extractor: ''}) RETURN d.id ORDER BY d.id"))


def ids(server: Server, kind: IdKind) -> Iterator[str]:
    """Ids in order, a page in memory at a time."""
    last = ""
    while found := server.rows(IDS[kind], last=last, limit=AT_ONCE):
        yield from (one for (one,) in found)
        last = found[-1][0]
