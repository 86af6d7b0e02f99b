"""Lineage as relationships: which documents were COMPARED, which measures DERIVE FROM which, what is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.document_links import FOUNDING
from graph.lineage.choosing import COMMON, FEW, NEAREST, Basis, Standpoint, choose
from graph.lineage.rows import Candidate, Compared, ComparisonRow, Derivation, HeldText, MeasureEnd, State
from graph.neo4j.connection import Server
from graph.neo4j.registry import VERSION, version_titled
from graph.neo4j.rows import to_brief

DOCUMENT = "{.id, .title, .doc_number, .address, .jurisdiction, .dated}"
HELD = """MATCH (d:Document) WITH d ORDER BY coalesce(d.dated, '9'), d.id
RETURN d {.id, .title, .doc_number, .address, .jurisdiction, .level, .dated}"""
COMPARISONS = f"""MATCH (a:Document)-[c:COMPARED]->(b:Document) WHERE a.id = $id OR b.id = $id
RETURN a {DOCUMENT}, b {DOCUMENT}, c {{.*}}"""
ENDS = f"RETURN a {DOCUMENT}, p {{.path, .heading}}, b {DOCUMENT}, q {{.path, .heading}}, v {{.*}}"
UP = f"""MATCH (p:Provision {{id: $id}})-[v:DERIVES_FROM]->(q:Provision)
MATCH (a:Document)-[:HAS]->(p) MATCH (b:Document)-[:HAS]->(q)
WITH * ORDER BY v.score DESC, b.id, q.order, a.id {ENDS}"""
DOWN = UP.replace(
    "(p:Provision {id: $id})-[v:DERIVES_FROM]->(q:Provision)", "(p:Provision)-[v:DERIVES_FROM]->(q:Provision {id: $id})"
)
DERIVED = f"""MATCH (b:Document {{id: $id}})-[:HAS]->(q:Provision)<-[v:DERIVES_FROM]-(p:Provision)<-[:HAS]-(a:Document)
WITH * ORDER BY q.order, a.sort_key, p.order {ENDS}"""
UNMATCHED = """MATCH (a:Document)-[c:COMPARED]->(:Document {id: $id}) RETURN a.id, c.unmatched_higher ORDER BY a.id"""

STATE = "d.revision + '|' + d.extractor"
UNTRACED = f"MATCH (d:Document) WHERE d.traced IS NULL OR d.traced <> $method + '|' + {STATE} RETURN d.id ORDER BY d.sort_key"
DROP_BANDS = """UNWIND $ids AS id MATCH (:Document {id: id})-[r:WORDED_AS]->(u:UnitBand) DELETE r
WITH DISTINCT u WHERE NOT EXISTS { (u)<-[:WORDED_AS]-() } DELETE u"""
PUT_BANDS = """UNWIND $bands AS one MATCH (d:Document {id: one[0]}) MERGE (u:UnitBand {band: one[1]})
MERGE (d)-[:WORDED_AS {unit: one[2]}]->(u)"""
ALIKE = """MATCH (d:Document {id: $id})-[r:WORDED_AS]->(u:UnitBand)
CALL (u) { MATCH (u)<-[:WORDED_AS]-(o:Document) WITH DISTINCT o LIMIT $limit RETURN collect(o.id) AS others }
RETURN r.unit, others"""
BESIDE = """MATCH ()-[mine:CITES {document: $id}]->(i:Instrument) WHERE mine.relation = 'basis' AND i.documents <= $few
    AND (mine.path IS NULL OR mine.path =~ $founding)
MATCH (i)<-[c:CITES]-() WHERE c.relation = 'basis' AND (c.path IS NULL OR c.path =~ $founding) AND c.document <> $id
WITH DISTINCT i.documents AS documents, c.document AS other ORDER BY documents, other LIMIT $nearest RETURN other"""
BASES = f"""WITH DISTINCT i, c.document AS one, c.path AS path MATCH (d:Document {{id: one}}) {VERSION}
WITH d, v, path WHERE v IS NOT NULL RETURN DISTINCT d.id, v.id, path"""
UP_BASES = f"MATCH ()-[c:CITES {{document: $id}}]->(i:Instrument) WHERE c.relation = 'basis' {BASES}"
DOWN_BASES = f"MATCH (:Document {{id: $id}})-[:VERSION_OF]->(i:Instrument)<-[c:CITES]-() WHERE c.relation = 'basis' {BASES}"
KNOWN = """MATCH (d:Document)-[c:COMPARED {method: $method}]->(e:Document)
WHERE c.lower_state = d.revision + '|' + d.extractor AND c.higher_state = e.revision + '|' + e.extractor RETURN d.id, e.id"""
DATES = "MATCH (d:Document) RETURN d.id, coalesce(d.dated, ''), d.sort_key, coalesce(d.title, '')"
OWN_TITLE = "MATCH (d:Document {id: $id}) MATCH (w:Work {key: d.work}) WHERE w.within = '' RETURN w.title"
OTHER_TEXTS = """UNWIND $compared AS one WITH one WHERE one.values.standing = 'derives'
MATCH (:Document {id: one.higher})-[:VERSION_OF]->(:Instrument)<-[:VERSION_OF]-(e:Document) WHERE e.id <> one.higher
MATCH (d:Document {id: one.lower})-[c:COMPARED {standing: 'derives'}]->(e)"""
"""Comparisons with other texts of an instrument: a document derives from that which it means, now that more are held."""
PUT = (
    f"""{OTHER_TEXTS} MATCH (d)-[:HAS]->(:Provision)-[v:DERIVES_FROM]->(:Provision)<-[:HAS]-(e) DELETE v""",
    f"""{OTHER_TEXTS} DELETE c""",
    """UNWIND $compared AS one MATCH (:Document {id: one.lower})-[c:COMPARED]->(:Document {id: one.higher}) DELETE c""",
    """UNWIND $compared AS one MATCH (:Document {id: one.lower})-[:HAS]->(:Provision)-[v:DERIVES_FROM]->(:Provision)
    <-[:HAS]-(:Document {id: one.higher}) DELETE v""",
    """UNWIND $compared AS one MATCH (d:Document {id: one.lower}) MATCH (e:Document {id: one.higher})
    CREATE (d)-[c:COMPARED]->(e) SET c = one.values,
    c.lower_state = d.revision + '|' + d.extractor, c.higher_state = e.revision + '|' + e.extractor""",
    """UNWIND $compared AS one UNWIND one.links AS link MATCH (p:Provision {id: link.lower})
    MATCH (q:Provision {id: link.higher})
    CREATE (p)-[v:DERIVES_FROM]->(q) SET v = link.values""",
)


def comparisons(server: Server, document_id: str) -> tuple[ComparisonRow, ...]:
    """All comparisons of a document."""
    found = [
        ComparisonRow(
            lower=to_brief(a),
            lower_place=a["jurisdiction"],
            lower_date=a["dated"],
            higher=to_brief(b),
            higher_place=b["jurisdiction"],
            higher_date=b["dated"],
            standing=c["standing"],
            evidence=c.get("evidence"),
            closeness=c["closeness"],
            units=c["units"],
            linked=c["linked"],
        )
        for a, b, c in server.rows(COMPARISONS, id=document_id)
    ]
    return tuple(sorted(found, key=lambda row: (-row.linked, row.lower.id, row.higher.id)))


def held_texts(server: Server) -> tuple[HeldText, ...]:
    """Every document, by day."""
    return tuple(
        HeldText(document=to_brief(d), place=d["jurisdiction"], level=d["level"], date=d["dated"]) for (d,) in server.rows(HELD)
    )


def derivations(server: Server, provision_id: str) -> tuple[tuple[Derivation, ...], tuple[Derivation, ...]]:
    """The links of one measure, up and down."""
    up, down = (tuple(_derivation(*row) for row in server.rows(query, id=provision_id)) for query in (UP, DOWN))
    return up, down


def derived_from(server: Server, document_id: str) -> tuple[Derivation, ...]:
    """Every link to a measure of a document."""
    return tuple(_derivation(*row) for row in server.rows(DERIVED, id=document_id))


def unmatched(server: Server, document_id: str) -> dict[str, dict[str, State]]:
    """Measures of a document that each lower one left out, or that are in doubt."""
    found: dict[str, dict[str, State]] = {}
    for lower, pairs in server.rows(UNMATCHED, id=document_id):
        states: dict[str, Any] = {path: state for path, _, state in (pair.rpartition("|") for pair in pairs or ())}
        if states:
            found[lower] = states
    return found


def _derivation(a: Any, p: Any, b: Any, q: Any, v: Any) -> Derivation:
    return Derivation(
        lower=_end(a, p),
        higher=_end(b, q),
        relation=v["relation"],
        evidence=v["evidence"],
        score=v["score"],
        standing=v["standing"],
    )


def _end(d: Any, p: Any) -> MeasureEnd:
    return MeasureEnd(
        id=f"{d['id']}:{p['path']}",
        path=p["path"],
        heading=p["heading"],
        document=to_brief(d),
        jurisdiction=d["jurisdiction"],
        date=d["dated"],
    )


def untraced(server: Server, method: str) -> tuple[str, ...]:
    """Documents whose sources are to be looked for."""
    return tuple(one for (one,) in server.rows(UNTRACED, method=method))


def put_bands(t: Any, bands: Iterable[tuple[str, Sequence[Sequence[int]]]]) -> None:
    """Keep the bands of documents."""
    given = list(bands)
    t.run(DROP_BANDS, ids=[one for one, _ in given]).consume()
    rows = [[one, band, unit] for one, units in given for unit, keys in enumerate(units) for band in keys]
    t.run(PUT_BANDS, bands=rows).consume()


class Neo4jSurroundings:
    """``graph.lineage.choosing.Surroundings`` over the server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def standpoints(self) -> dict[str, Standpoint]:
        return {one: Standpoint(*values) for one, *values in self._server.rows(DATES)}

    def bases(self, one: str) -> list[Basis]:
        return [Basis(*row) for query in (UP_BASES, DOWN_BASES) for row in self._server.rows(query, id=one)]

    def meant(self, title: str, lower: str) -> str | None:
        found = version_titled(self._server, title, lower)
        return found["id"] if found else None

    def own_title(self, one: str) -> str | None:
        return self._server.one(OWN_TITLE, id=one) or None

    def sharing(self, one: str) -> Iterator[tuple[int, list[str]]]:
        return ((unit, others) for unit, others in self._server.rows(ALIKE, id=one, limit=COMMON + 1))

    def beside(self, one: str) -> list[str]:
        return [other for (other,) in self._server.rows(BESIDE, id=one, founding=FOUNDING.pattern, few=FEW, nearest=NEAREST)]

    def known(self, method: str) -> set[tuple[str, str]]:
        return {(lower, higher) for lower, higher in self._server.rows(KNOWN, method=method)}


def candidates(server: Server, method: str, ids: Sequence[str]) -> tuple[Candidate, ...]:
    """Pairs to be compared."""
    return choose(Neo4jSurroundings(server), method, ids)


def put_comparisons(t: Any, method: str, compared: Sequence[Compared]) -> None:
    """Keep comparisons."""
    given = [_values(one, method) for one in compared]
    for statement in PUT:
        t.run(statement, compared=given).consume()


def _values(one: Compared, method: str) -> dict[str, Any]:
    values = {
        "standing": one.standing,
        "evidence": one.evidence,
        "closeness": one.closeness,
        "units": one.units,
        "linked": one.linked,
        "method": method,
        "unmatched": [f"{path}|{state}" for path, state in one.unmatched],
        "unmatched_higher": [f"{path}|{state}" for path, state in one.unmatched_higher],
    }
    links = [
        {
            "lower": f"{one.lower}:{link.path}",
            "higher": f"{one.higher}:{link.source_path}",
            "values": {"relation": link.relation, "evidence": link.evidence, "score": link.score, "standing": one.standing},
        }
        for link in one.links
    ]
    return {"lower": one.lower, "higher": one.higher, "values": values, "links": links}


def set_traced(t: Any, method: str, ids: Sequence[str]) -> None:
    """Note that sources were looked for."""
    query = f"UNWIND $ids AS id MATCH (d:Document {{id: id}}) SET d.traced = $method + '|' + {STATE}"
    t.run(query, ids=list(ids), method=method).consume()
