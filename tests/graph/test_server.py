"""A server that is away, refuses, comes back, or is killed; and the queries that the documentation shows."""

from __future__ import annotations

import re
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j.exceptions import ClientError

from graph.batch import ingest_paths
from graph.errors import StoreAwayError, StoreDamagedError, StoreMissingError, StoreTooNewError, UnknownAddressError
from graph.neo4j.address import Address, parse
from graph.neo4j.connection import Server
from graph.opening import open_store
from graph.protocol import Store
from graph.querying import QueryError
from settings import ROOT
from tests.graph.conftest import exported, put
from tests.graph.samples import extraction
from tests.graph.servers import held

DOCUMENTED = re.findall(
    r"^([^\n]+\?)\n\n```cypher\n(.*?)```", (ROOT / "docs" / "neo4j.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("neo4j://host", Address("neo4j://host")),
        ("bolt://user:p%40ss%2F@host:7688", Address("bolt://host:7688", "user", "p@ss/")),
        ("neo4j+s://u:p@x.databases.neo4j.io/zhengmai", Address("neo4j+s://x.databases.neo4j.io", "u", "p", "zhengmai")),
        ("bolt://[::1]:7687", Address("bolt://[::1]:7687")),
    ],
)
def test_an_address_has_its_parts(text: str, address: Address) -> None:
    assert parse(text) == address


@pytest.mark.parametrize(
    "text", ["neo4j://", "bolt://user:secret@host:port", "https://user:secret@host", "neo4jx://user:secret@h"]
)
def test_no_password_is_shown(text: str) -> None:
    with pytest.raises(UnknownAddressError) as error:
        open_store(text)
    assert "secret" not in str(error.value)
    assert "secret" not in repr(parse("bolt://user:secret@host"))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_server_that_is_away_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.neo4j.connection.RETRY_SECONDS", 1.0)
    address = f"bolt://user:secret@127.0.0.1:{free_port()}"
    for write in (False, True):
        with pytest.raises(StoreAwayError, match="does not answer") as error:
            open_store(address, write=write)  # type: ignore[call-overload]
        assert "secret" not in str(error.value)


@pytest.fixture
def address(neo4j_address: str) -> Iterator[str]:
    with held(neo4j_address) as one:
        yield one


def test_a_reader_needs_a_store(address: str) -> None:
    with pytest.raises(StoreMissingError, match="zhengmai ingest"):
        open_store(address)


def test_another_programs_database_and_a_newer_store_are_refused(address: str) -> None:
    server = Server(parse(address))
    server.schema("CREATE (:Film {title: 'x'})")
    for write in (False, True):
        with pytest.raises(StoreDamagedError, match="another program"):
            open_store(address, write=write)  # type: ignore[call-overload]
    server.schema("MATCH (n) DELETE n")
    open_store(address, write=True).close()
    server.schema("MATCH (m:Meta {name: 'schema'}) SET m.value = '999'")
    with pytest.raises(StoreTooNewError, match="999"):
        open_store(address)
    server.close()


def test_a_load_that_fails_leaves_nothing_and_can_be_done_again(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(address, write=True) as store:
        put(store, extraction())
        before = exported(store)
        with monkeypatch.context() as broken:
            broken.setattr("graph.neo4j.steps.Neo4jSteps.grow", lambda self: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                put(store, extraction("测政发〔2015〕2号", body="另一件事。" * 30), "b.txt")
        assert exported(store) == before
        assert put(store, extraction("测政发〔2015〕2号", body="另一件事。" * 30), "b.txt").outcome == "new"


def test_two_writers_take_turns(address: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def load(store: Store, start: int) -> None:
        for n in range(start, start + 6):
            store.load(extraction(f"测政发〔2015〕{n}号", body=f"第{n}号另有规定，" * 20), b"%d" % n, address=f"{n}.txt")

    with open_store(address, write=True) as one, open_store(address, write=True) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(load, (one, other), (1, 100)))
        one.relink()
        assert one.counts().documents == 12
        assert [row.duties for row in one.departments(generic=False).rows[:1]] == [12]


def test_an_index_that_the_server_could_not_fill_is_made_again(neo4j_address: str) -> None:
    """A text too long for an index is a sure way to make one fail."""
    with held(neo4j_address) as address, open_store(address, write=True):
        server = Server(parse(address))
        state = "SHOW INDEXES YIELD name, state WHERE name = 'too_long' RETURN state"
        try:
            server.write(lambda t: t.run("CREATE (:Meta {name: 'long', value: $text})", text="长" * 20_000).consume())
            server.schema("CREATE INDEX too_long FOR (n:Meta) ON (n.value)")
            with pytest.raises(ClientError):
                server.schema("CALL db.awaitIndexes(60)")
            assert server.one(state) == "FAILED"
            server.write(lambda t: t.run("MATCH (n:Meta {name: 'long'}) DELETE n").consume())
            open_store(address, write=True).close()
            assert server.one(state) == "ONLINE"
        finally:
            server.schema("DROP INDEX too_long IF EXISTS")
            server.close()


@pytest.fixture(scope="module")
def filled(neo4j_address: str, policies: Path) -> Iterator[Store]:
    with held(neo4j_address), open_store(neo4j_address, write=True) as store:
        ingest_paths(store, [policies])
        yield store


def test_ten_queries_are_documented() -> None:
    assert len(DOCUMENTED) == 10


@pytest.mark.parametrize(("question", "statement"), DOCUMENTED, ids=[question[:40] for question, _ in DOCUMENTED])
def test_a_documented_query_runs_as_a_researcher_would_run_it(filled: Store, question: str, statement: str) -> None:
    assert filled.query(statement).rows, question


def test_every_statement_offered_on_the_page_is_answered(filled: Store) -> None:
    for one in tomllib.loads((ROOT / "data" / "reference" / "example_statements.toml").read_text("utf-8"))["Cypher"]:
        assert filled.query(one["statement"]).rows, one["en"]


def test_a_wrong_statement_is_refused_with_its_place(filled: Store) -> None:
    for statement, place in (
        ("MATCH (d:Document) RETRN d", "RETRN"),
        ("MATCH (d) RETURN e", "e"),
        ("RETURN 1 // x\nUSE", "USE"),
    ):
        with pytest.raises(QueryError) as error:
            filled.query(statement)
        assert error.value.position == statement.rindex(place), statement


def test_nodes_have_captions(filled: Store) -> None:
    labels = ["Document", "Provision", "Department", "System", "Jurisdiction", "Instrument", "Target", "Programme"]
    without = "MATCH (n) WHERE any(one IN labels(n) WHERE one IN $labels) AND coalesce(n.caption, '') = '' RETURN count(n)"
    assert filled._server.one(without, labels=labels) == 0  # type: ignore[attr-defined]
