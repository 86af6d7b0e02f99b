from __future__ import annotations

import hashlib
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import querying
from graph.opening import open_store
from graph.protocol import Store
from graph.querying import QueryError, allowed
from graph.sqlite.querying import _like
from tests.graph.conftest import exported
from tests.graph.servers import held
from tests.graph.test_conformance import four_places

HOSTILE = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8"))
AT_MOST = 1.0
PATIENCE = 20


@pytest.fixture(autouse=True)
def _short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sqlite.querying.SECONDS", AT_MOST)
    monkeypatch.setattr("graph.neo4j.querying.SECONDS", AT_MOST)


@pytest.fixture(scope="module")
def sqlite_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("query")
    with open_store(home, write=True) as store:
        for step in four_places():
            step(store)
    return home


@pytest.fixture(scope="module")
def server(neo4j_address: str) -> Iterator[Store]:
    with held(neo4j_address), open_store(neo4j_address, write=True) as store:
        for step in four_places():
            step(store)
        yield store


@pytest.mark.parametrize("statement", HOSTILE["sql"])
def test_hostile_sql_is_refused_and_changes_nothing(sqlite_home: Path, statement: str) -> None:
    files = {path: hashlib.sha256(path.read_bytes()).digest() for path in sqlite_home.iterdir() if path.suffix == ".db"}
    reader = open_store(sqlite_home)
    before, began = exported(reader), time.monotonic()  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        reader.query(statement)
    assert time.monotonic() - began < PATIENCE
    assert exported(reader) == before  # type: ignore[arg-type]
    reader.close()
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in files} == files


@pytest.mark.parametrize("statement", HOSTILE["cypher"])
def test_hostile_cypher_is_refused_and_changes_nothing(server: Store, statement: str) -> None:
    before, began = server.counts(), time.monotonic()
    schema = server._server.rows("SHOW INDEXES YIELD name RETURN name ORDER BY name")  # type: ignore[attr-defined]
    with pytest.raises(QueryError):
        server.query(statement)
    assert time.monotonic() - began < PATIENCE
    assert server._server.rows("SHOW INDEXES YIELD name RETURN name ORDER BY name") == schema  # type: ignore[attr-defined]
    nodes = server._server.one("MATCH (n) WHERE NOT n:Meta RETURN count(n)")  # type: ignore[attr-defined]
    assert server._server.one("MATCH (n) RETURN count(n)") == nodes + 2  # type: ignore[attr-defined]
    assert server.counts() == before


SQL = [
    ("SELECT jurisdiction, body, role FROM v_who ORDER BY jurisdiction, body LIMIT 2", 2),
    ("SELECT system, count(*) FROM responsibility_systems GROUP BY system HAVING count(*) > 1", 4),
    ("WITH a AS (SELECT title FROM documents) SELECT upper(title) FROM a WHERE title LIKE '%意见'", 4),
    ("SELECT d.title, json_extract(d.fields, '$.kind') FROM documents d, json_each('[1]') WHERE d.level = 'county'", 1),
    ("SELECT title, row_number() OVER (ORDER BY title) FROM documents", 4),
]
CYPHER = [
    ("MATCH (b:Department)-[r:RESPONSIBLE]->(p:Measure) RETURN b.name, r.role, p.heading LIMIT 2", 2),
    ("MATCH (d:Document)-[:IN]->(j:Jurisdiction) RETURN j.name, count(d) ORDER BY j.name", 4),
    ("MATCH (d:Document) WHERE d.title CONTAINS '意见' RETURN d.title, date.truncate('year', date('2015-02-03')) AS y", 4),
    ("MATCH p = (:Document {id: 'none'})-[:HAS*1..2]->() RETURN p", 0),
    ("MATCH (d:Document) CALL (d) { MATCH (d)-[:HAS]->(p:Provision) RETURN count(p) AS n } RETURN sum(n)", 1),
    ("// laws\nMATCH ()-[c:CITES]->(i:Instrument) WITH i, count(c) AS n ORDER BY n DESC RETURN i.title, n", 3),
    ("MATCH (n:Measure) RETURN n LIMIT 1 UNION MATCH (n:Target) RETURN n LIMIT 1", 2),
]


@pytest.mark.parametrize(("statement", "rows"), SQL)
def test_sql_that_reads_is_answered(sqlite_home: Path, statement: str, rows: int) -> None:
    with open_store(sqlite_home) as reader:
        found = reader.query(statement)
    assert (found.language, len(found.rows), found.truncated) == ("SQL", rows, False)
    assert len(found.columns) == len(found.rows[0])


@pytest.mark.parametrize(("statement", "rows"), CYPHER)
def test_cypher_that_reads_is_answered(server: Store, statement: str, rows: int) -> None:
    found = server.query(statement)
    assert (found.language, len(found.rows), found.truncated) == ("Cypher", rows, False)


def test_answers_are_cut_at_their_limit(sqlite_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(sqlite_home) as reader:
        cut = reader.query("SELECT path FROM provisions", limit=3)
        assert (len(cut.rows), cut.truncated) == (3, True)
        monkeypatch.setattr(querying, "BYTES", 1_000)
        assert reader.query("SELECT text FROM texts").truncated


def test_cypher_answers_are_cut_at_their_limit(server: Store) -> None:
    cut = server.query("MATCH (p:Provision) RETURN p.path", limit=3)
    assert (len(cut.rows), cut.truncated) == (3, True)
    assert server.query("UNWIND range(1, 100000000) AS x RETURN x", limit=5).truncated


def test_everything_that_may_be_called_is_in_lower_case() -> None:
    for language, kind in (("sql", "functions"), ("cypher", "functions"), ("cypher", "operators")):
        names = allowed(language, kind)
        assert names
        assert names == {name.lower() for name in names}


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("%住房%", "农民工住房保障", 1), ("住房%", "农民工住房", 0), ("%房", "住房", 1), ("住_", "住房", 1),
        ("住_", "住房们", 0),
        ("a%b%c", "aXbXc", 1), ("a%c%b", "aXbXc", 0), ("A", "a", 1), ("", "", 1), ("%", "", 1), ("_", "", 0), ("a%a", "a", 0),
        ("%.%", "axb", 0), (None, "a", None), ("%" + "a%" * 200 + "b", "a" * 100_000, 0),
    ],
)  # fmt: skip
def test_like_finds_what_sqlite_finds(pattern: str | None, text: str, found: int | None) -> None:
    assert _like(pattern, text) == found


def test_like_with_an_escape() -> None:
    assert _like("100!%%", "100% of", "!") == 1
    assert _like("100!%%", "1000 of", "!") == 0


def test_readers_of_both_engines_have_the_same_calls(sqlite_home: Path) -> None:
    from graph.neo4j.reader import Neo4jReader

    with open_store(sqlite_home) as reader:
        names = {name for name in dir(reader) if not name.startswith("_")} - {"path"}
    assert names <= {name for name in dir(Neo4jReader) if not name.startswith("_")}
