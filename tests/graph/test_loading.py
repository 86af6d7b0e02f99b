from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path

import apsw
import msgspec
import pytest

from graph.protocol import Filter, Store
from ingest.records import FACTS
from tests.graph.conftest import exported, put
from tests.graph.samples import BODY, extraction

OTHER_BODY = "推进义务教育均衡发展，保障随迁子女平等接受教育的权利，加强学校标准化建设，" * 4


def test_what_goes_in_comes_out(store: Store) -> None:
    given = extraction(duties=(("市城建局", "housing", "lead"), ("教科局", "education+science", "support")))
    one = put(store, given).document_id
    row = store.document(one)
    assert row is not None
    assert row.fields == given.document
    assert row.warnings == given.warnings
    assert row.measures == 1
    assert store.source_text(one) == given.source_text
    assert [p.provision for p in store.outline(one)] == list(given.provisions)
    assert [p.text for p in store.outline(one)] == [given.source_text[p.start : p.end] for p in given.provisions]
    assert store.outline(one)[1].headings == ("住房",)
    for kind, facts in store.document_facts(one).items():
        assert [f.record for f in facts] == list(getattr(given, kind))
    assert store.passages(one) == given.not_understood
    assert store.original(one) == ("a.txt", given.source_text.encode())


def test_every_row_can_be_asked_for_by_its_id(store: Store) -> None:
    one = put(store, extraction(cites=(("国务院关于甲的意见", "国发〔2014〕40号", "basis"),))).document_id
    for provision in store.outline(one):
        assert store.provision(provision.id) == provision
    facts = list(itertools.chain(*store.document_facts(one).values()))
    assert [store.fact(f.id) for f in facts] == facts
    assert len({f.id for f in facts}) == len(facts)
    assert all(f.id.startswith(f.provision_id + ":") for f in facts)
    duty = store.facts("responsibilities").rows[0]
    assert store.department(duty.department_id or "") is not None
    citation = store.facts("citations").rows[0]
    assert store.instrument(citation.instrument_id or "") is not None


@pytest.mark.parametrize("ref", ["测政发〔2015〕1号", "测政发[2015]1号", "测政发（2015） 1号", "a.txt"])
def test_a_document_is_found_by_number_in_any_bracket_and_by_source(store: Store, ref: str) -> None:
    one = put(store, extraction()).document_id
    assert store.find_document(ref) == one == store.find_document(one)


@pytest.mark.parametrize("ref", ["", "no such", "国发〔2014〕40号", "%", "a"])
def test_what_is_not_held_is_not_found(store: Store, ref: str) -> None:
    put(store, extraction())
    assert store.find_document(ref) is None
    assert store.document(ref) is None
    assert store.provision(ref) is None
    assert store.fact(ref) is None
    assert store.department(ref) is None
    assert store.instrument(ref) is None
    assert store.original(ref) is None
    assert store.outline(ref) == ()
    assert store.documents(Filter(document=ref or "no such")).total == 0


def test_reading_the_same_file_again_writes_nothing(store: Store) -> None:
    put(store, extraction())
    version = store.version()
    assert put(store, extraction()).outcome == "unchanged"
    assert store.version() == version


def test_changed_text_under_a_key_replaces_that_document_only(store: Store) -> None:
    other = put(store, extraction("测政发〔2015〕2号", title="另一意见", body=OTHER_BODY), "b.txt").document_id
    before = [line for line in store.export() if other in str(line)]
    one = put(store, extraction()).document_id
    loaded = put(store, extraction(body=BODY * 4 + "新增一句。"))
    assert (loaded.outcome, loaded.document_id) == ("replaced", one)
    assert "新增一句" in (store.source_text(one) or "")
    assert store.counts().documents == 2
    assert [line for line in store.export() if other in str(line) and line["type"] in ("document", "provision")] == [
        line for line in before if line["type"] in ("document", "provision")
    ]


def test_the_same_text_from_two_addresses_is_one_document_with_two_sources(new_store: Callable[[], Store]) -> None:
    files = {"a.txt": extraction(), "b.txt": extraction(furniture="首页 登录 注册\n")}
    exports = []
    for order in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        store = new_store()
        outcomes = [put(store, files[name], name).outcome for name in order]
        assert outcomes == ["new", "same_text"]
        assert store.counts().documents == 1
        assert [s.address for s in store.documents().rows[0].sources] == ["a.txt", "b.txt"]
        assert store.find_document("b.txt") == store.find_document("a.txt")
        exports.append(exported(store))
    assert exports[0] == exports[1]


def test_the_same_text_with_a_number_on_one_site_only_takes_the_number(new_store: Callable[[], Store]) -> None:
    bare = extraction(None)
    exports = []
    for order in ((("a.txt", bare), ("b.txt", extraction())), (("b.txt", extraction()), ("a.txt", bare))):
        store = new_store()
        for name, given in order:
            put(store, given, name)
        assert [d.brief.doc_number for d in store.documents().rows] == ["测政发〔2015〕1号"]
        exports.append(exported(store))
    assert exports[0] == exports[1]


def test_two_really_different_texts_under_one_key_are_both_kept_and_reported(new_store: Callable[[], Store]) -> None:
    files = {"a.txt": extraction(), "b.txt": extraction(body=OTHER_BODY)}
    exports = []
    for order in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        store = new_store()
        loaded = [put(store, files[name], name) for name in order]
        assert [one.outcome for one in loaded] == ["new", "conflict"]
        assert loaded[1].note
        assert store.counts().documents == 2
        assert {d.brief.source for d in store.documents().rows} == set(files)
        assert [put(store, files[name], name).outcome for name in order] == ["unchanged", "unchanged"]
        exports.append(exported(store))
    assert exports[0] == exports[1]


def test_a_source_whose_text_was_replaced_does_not_replace_it_back(store: Store) -> None:
    put(store, extraction(), "a.txt")
    put(store, extraction(body=BODY * 4 + "新增一句。"), "b.txt")
    version = store.version()
    assert put(store, extraction(), "a.txt").outcome == "unchanged"
    assert store.version() == version
    assert "新增一句" in (store.source_text(store.find_document("b.txt") or "") or "")


def test_another_extractor_reads_the_same_file_anew(store: Store) -> None:
    first = extraction()
    one = put(store, first).document_id
    assert store.stale("e2") == (one,)
    better = extraction(extractor="e2", duties=(("城建局", "housing", "responsible"),))
    better = msgspec.structs.replace(better, source_text=first.source_text)
    loaded = store.load(better, first.source_text.encode(), address="a.txt")
    store.relink()
    assert (loaded.document_id, loaded.outcome) == (one, "refreshed")
    assert store.stale("e2") == ()
    assert [d.record.name for d in store.facts("responsibilities").rows] == ["城建局"]  # type: ignore[union-attr]
    assert store.facts("responsibilities", Filter(role="lead")).total == 0


def test_a_key_read_better_moves_the_document_and_leaves_no_copy(store: Store) -> None:
    old = put(store, extraction(None, title=None, issuer=None)).document_id
    better = extraction(None, title=None, issuer=None, extractor="e2", furniture="")
    better = msgspec.structs.replace(better, document=extraction().document)
    assert store.load(better, better.source_text.encode(), address="a.txt").document_id != old
    assert store.counts().documents == 1
    assert store.find_document(old) is None
    assert store.find_document("a.txt") == store.find_document("测政发〔2015〕1号")


def tables(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, read with a plain connection as any SQLite tool would."""
    db = apsw.Connection(str(home / "zhengmai.db"), flags=apsw.SQLITE_OPEN_READONLY)
    names = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = {name: list(db.execute(f"SELECT * FROM {name}")) for name in names}
    db.close()
    return found


def test_deleting_leaves_no_row_that_mentions_the_document(store: Store, tmp_path: Path) -> None:
    keep = extraction(
        "测政发〔2015〕2号", title="另一意见", body=OTHER_BODY, cites=(("国务院关于甲的意见", "国发〔2014〕40号", "basis"),)
    )
    put(store, keep, "keep.txt")
    before = tables(tmp_path / "home")
    gone = extraction(
        "独政发〔2015〕9号", title="孤本意见", issuer="昆明市人民政府", place="昆明市",
        duties=(("市孤立局", "other", "lead"), ("市城建局", "housing", "lead")),
        cites=(("国务院关于甲的意见", "国发〔2014〕40号", "basis"), ("孤立法", None, "mentions")),
    )  # fmt: skip
    one = put(store, gone, "gone.txt").document_id
    ids = [p.id for p in store.outline(one)]
    import numpy as np

    store.put_vectors("m", ids, np.ones((len(ids), 4), dtype=np.float32))
    assert store.delete(one)
    after = tables(tmp_path / "home")
    for name, rows in after.items():
        for row in rows:
            for word in (one, "孤", "gone.txt", "昆明", "独政发"):
                assert not any(word in str(value) for value in row), (name, row)
    without_version = {name: rows for name, rows in after.items() if name != "meta"}
    assert without_version == {name: rows for name, rows in before.items() if name != "meta"}
    assert not store.delete(one)


def test_the_file_is_sound_and_opens_in_any_sqlite(store: Store, tmp_path: Path) -> None:
    import sqlite3

    put(store, extraction())
    db = sqlite3.connect(f"file:{tmp_path / 'home' / 'zhengmai.db'}?mode=ro", uri=True)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("SELECT jurisdiction, body, role, quote FROM v_who").fetchall() == [
        ("吉安市", "市城建局", "lead", "市城建局")
    ]
    assert db.execute("SELECT metric, op, value, deadline FROM v_targets").fetchall() == [("覆盖率", ">=", 95.5, "2017")]
    for (view,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        db.execute(f"SELECT * FROM {view}").fetchall()
    db.close()


def test_the_tables_have_a_column_for_every_field_of_their_records(tmp_path: Path, store: Store) -> None:
    db = apsw.Connection(str(tmp_path / "home" / "zhengmai.db"), flags=apsw.SQLITE_OPEN_READONLY)
    for kind, record in FACTS.items():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({kind})")}
        fields = {{"start": "start_offset", "end": "end_offset"}.get(f, f) for f in record.__struct_fields__}
        assert fields <= columns, kind
    db.close()


def test_the_snapshot_tells_contents_apart_and_nothing_else(new_store: Callable[[], Store]) -> None:
    one, two = new_store(), new_store()
    files = [(extraction(), "a.txt"), (extraction("测政发〔2015〕2号", title="另一意见", body=OTHER_BODY), "b.txt")]
    for given, name in files:
        put(one, given, name)
    for given, name in reversed(files):
        put(two, given, name)
    assert one.snapshot() == two.snapshot()
    before = one.snapshot()
    put(one, extraction(body=BODY * 4 + "新增一句。"))
    assert one.snapshot() != before
    two.set_meta([("model", "m")])
    assert two.snapshot() != before


def test_lone_characters_and_odd_text_survive(store: Store) -> None:
    odd = extraction(body="\x00空字符 𠀀 \u200b\ufeff e\u0301 " * 5)
    one = put(store, odd).document_id
    assert store.source_text(one) == odd.source_text
    assert store.original(one) == ("a.txt", odd.source_text.encode())
    assert hashlib.sha256(odd.source_text.encode()).hexdigest() == store.documents().rows[0].sources[0].sha256
