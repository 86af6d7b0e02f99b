"""Lineage kept in a store: what is compared, and how it follows what comes and goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.batch import ingest_paths
from graph.lineage.rows import LineageStore
from graph.lineage.tracing import trace_all
from graph.opening import open_store
from graph.protocol import Store
from settings import ROOT

POLICIES = ROOT / "data" / "policies"
HIGHER, LOWER = POLICIES / "000_98ded61baaf3bf65.txt", POLICIES / "001_fb8999b9bcbab4cd.txt"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path, write=True)


def compared(store: Store, file: Path) -> list[tuple[str, str, str]]:
    assert isinstance(store, LineageStore)
    found = store.find_document(file.name)
    rows = store.comparisons(found) if found else ()
    return [(row.lower.source, row.higher.source, row.standing) for row in rows]


def test_a_document_that_was_only_cited_is_compared_when_it_comes(store: Store) -> None:
    with store:
        ingest_paths(store, [LOWER])
        assert compared(store, LOWER) == []
        ingest_paths(store, [HIGHER])
        assert compared(store, LOWER) == [(LOWER.name, HIGHER.name, "derives")]
        assert isinstance(store, LineageStore)
        measure = f"{store.find_document(LOWER.name)}:3.4"
        up, down = store.derivations(measure)
        assert [(link.higher.path, link.relation, link.evidence) for link in up] == [("3.4", "verbatim", "copied")]
        assert down == ()


def test_nothing_is_compared_twice_and_nothing_is_left_of_what_goes(store: Store) -> None:
    with store:
        ingest_paths(store, [HIGHER, LOWER])
        version = store.version()
        assert trace_all(store) == 0
        assert store.version() == version
        assert isinstance(store, LineageStore)
        higher = store.find_document(HIGHER.name)
        assert higher is not None
        assert len(store.derived_from(higher)) == 27
        store.delete(higher)
        store.relink()
        assert compared(store, LOWER) == []
        assert store.derivations(f"{store.find_document(LOWER.name)}:3.4") == ((), ())
