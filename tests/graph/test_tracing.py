"""Lineage kept in a store: what is compared, and how it follows what comes and goes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from graph.batch import ingest_paths
from graph.lineage.rows import LineageStore
from graph.lineage.tracing import trace_all
from graph.opening import open_store
from graph.protocol import Store
from ingest.extract import extract
from ingest.readers import read_file
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


def test_a_document_read_again_is_compared_again(store: Store) -> None:
    with store:
        ingest_paths(store, [HIGHER, LOWER])
        again = msgspec.structs.replace(extract(read_file(LOWER)), extractor="another")
        store.load(again, LOWER.read_bytes(), address=LOWER.name)
        store.relink()
        assert compared(store, LOWER) == []
        trace_all(store)
        assert compared(store, LOWER) == [(LOWER.name, HIGHER.name, "derives")]
        assert isinstance(store, LineageStore)
        assert len(store.derived_from(store.find_document(HIGHER.name) or "")) == 27


RULES = """某市实施《中华人民共和国节约用水法》办法

2020年1月1日某市人民代表大会常务委员会通过

第一条 为了节约用水，结合本市实际，制定本办法。
第二条 用水单位应当安装计量设施，并做好维护，每年向社会公布用水情况。
"""
LAW = """中华人民共和国节约用水法

2015年1月1日全国人民代表大会常务委员会通过

第一条 为了节约用水，保护水资源，制定本法。
第二条 用水单位应当安装计量设施，并做好维护。
"""


@pytest.mark.parametrize("first", ["law", "rules"])
def test_a_title_that_names_a_law_links_to_it_whichever_came_first(store: Store, tmp_path: Path, first: str) -> None:
    files = {"law": tmp_path / "law.txt", "rules": tmp_path / "rules.txt"}
    for name, text in (("law", LAW), ("rules", RULES)):
        files[name].write_text(text, encoding="utf-8")
    with store:
        ingest_paths(store, [files.pop(first)])
        ingest_paths(store, files.values())
        assert compared(store, tmp_path / "law.txt") == [("rules.txt", "law.txt", "derives")]
        [link] = store.links(store.find_document("rules.txt") or "")[0]
        assert (link.higher_source, link.evidence, link.citation_id) == ("law.txt", "stated", None)


def test_a_document_derives_from_the_text_of_a_law_that_it_means(store: Store, tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text(RULES, encoding="utf-8")
    (tmp_path / "2015.txt").write_text(LAW, encoding="utf-8")
    newer = LAW.replace("2015年", "2018年").replace("并做好维护", "并每年检定")
    (tmp_path / "2018.txt").write_text(newer, encoding="utf-8")
    with store:
        ingest_paths(store, [tmp_path / "rules.txt", tmp_path / "2015.txt"])
        assert compared(store, tmp_path / "rules.txt") == [("rules.txt", "2015.txt", "derives")]
        ingest_paths(store, [tmp_path / "2018.txt"])
        derived = [row for row in compared(store, tmp_path / "rules.txt") if row[2] == "derives"]
        assert derived == [("rules.txt", "2018.txt", "derives")]


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
