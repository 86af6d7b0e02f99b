from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import apsw
import numpy as np
import pytest

from graph.opening import open_store
from graph.protocol import Filter, Reader, Store
from graph.sqlite.reader import SqliteReader
from ingest.records import FACTS
from tests.graph.conftest import put
from tests.graph.samples import BASIS, extraction, of_four_places


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of four places; the two lower ones of Inner Mongolia cite it."""
    folder = tmp_path_factory.mktemp("queries")
    store = open_store(folder, write=True)
    for n, given in enumerate(of_four_places()):
        put(store, given, f"{n}.txt")
    ids = sorted(store.provision_ids())
    store.put_vectors("m", ids, np.eye(len(ids), 8, dtype=np.float32))
    store.close()
    return folder


@pytest.fixture
def reader(home: Path) -> Iterator[Reader]:
    opened = open_store(home)
    yield opened
    opened.close()


def places(reader: Reader, where: Filter) -> set[str | None]:
    return {d.fields.jurisdiction for d in reader.documents(where).rows}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (Filter(), {"内蒙古自治区", "二连浩特市", "昆明市", "呼和浩特市"}),
        (Filter(jurisdiction="内蒙古自治区"), {"内蒙古自治区", "二连浩特市", "呼和浩特市"}),
        (Filter(jurisdiction="内蒙古"), {"内蒙古自治区", "二连浩特市", "呼和浩特市"}),
        (Filter(jurisdiction="锡林郭勒盟"), {"二连浩特市"}),
        (Filter(jurisdiction="530000"), {"昆明市"}),
        (Filter(jurisdiction="西藏自治区"), set()),
        (Filter(jurisdiction="no such place"), set()),
        (Filter(level="prefecture"), {"昆明市", "呼和浩特市"}),
        (Filter(kind="实施意见", since="2015-11", until="2015"), {"昆明市"}),
        (Filter(since="2016"), {"二连浩特市"}),
        (Filter(until="2015-08-01"), {"内蒙古自治区"}),
        (Filter(document="昆政发[2015]1号"), {"昆明市"}),
        (Filter(document="no such"), set()),
        (Filter(system="housing", role="lead", jurisdiction="内蒙古", level="county"), {"二连浩特市"}),
        (Filter(system="housing", role="support"), set()),
        (Filter(role="measure", level="county"), {"二连浩特市"}),
        (Filter(role="goal"), set()),
    ],
)
def test_filters_compose(reader: Reader, where: Filter, found: set[str]) -> None:
    assert places(reader, where) == found
    ids = {row.split(":")[0] for row in reader.provision_ids(where)}
    assert ids == {d.id for d in reader.documents(where).rows}


def test_facts_are_filtered_by_their_own_duty(reader: Reader) -> None:
    rows = reader.facts("responsibilities", Filter(system="education"))
    assert {f.record.name for f in rows.rows} == {"教科局"}  # type: ignore[union-attr]
    assert rows.total == 4
    assert reader.facts("responsibilities", Filter(system="housing", role="support")).total == 0
    assert reader.facts("targets", Filter(system="housing", role="lead", jurisdiction="云南省")).total == 1


def test_pages_cut_one_list_without_loss(reader: Reader) -> None:
    whole = reader.facts("responsibilities", limit=100)
    parts = [f for at in range(0, whole.total, 5) for f in reader.facts("responsibilities", offset=at, limit=5).rows]
    assert parts == list(whole.rows)
    assert reader.facts("responsibilities", offset=99).rows == ()


def test_facts_of_given_provisions(reader: Reader) -> None:
    one = reader.outline(reader.find_document("昆政发〔2015〕1号") or "")[1].id
    assert {f.provision_id for f in reader.facts("responsibilities", provision_ids=[one]).rows} == {one}
    preamble = one.split(":")[0] + ":0"
    assert [f.record.name for f in reader.facts("programmes", provision_ids=[preamble]).rows] == ["安居工程"]  # type: ignore[union-attr]
    assert reader.facts("responsibilities", provision_ids=[]).total == 0


def test_an_unknown_kind_names_the_kinds(reader: Reader) -> None:
    with pytest.raises(KeyError, match="responsibilities, citations"):
        reader.facts("duties")


def test_one_body_written_in_two_ways_is_one_department(store: Store) -> None:
    for n, name in enumerate(("市人社局", "市人力资源和社会保障局", "吉安市人力资源社会保障局")):
        put(store, extraction(f"测政发〔2015〕{n}号", duties=((name, "hrss", "lead"),), body=f"第{n}条另定，" * 30), f"{n}.txt")
    [row] = store.departments(generic=False).rows[:1]
    assert row.duties == 3
    assert row.documents == 3
    assert len(row.names) == 3
    assert row.jurisdiction == "吉安市"
    assert store.duties(row.id).total == 3


def test_departments_of_a_place_are_those_with_a_duty_there(reader: Reader) -> None:
    rows = reader.departments(Filter(jurisdiction="昆明市", system="finance")).rows
    assert [row.name for row in rows] == ["昆明市财政局"]
    assert reader.departments(name="财政").total == 4
    assert reader.departments(name="%").total == 0


def test_systems_count_their_duties(reader: Reader) -> None:
    found = {s.system: (s.duties, s.documents) for s in reader.systems() if s.duties}
    assert found == dict.fromkeys(("housing", "finance", "education", "science"), (4, 4))


def test_places_stand_in_their_tree(reader: Reader) -> None:
    rows = {j.name: j for j in reader.jurisdictions()}
    assert rows["二连浩特市"].ancestors == ("全国", "内蒙古自治区", "锡林郭勒盟")
    assert rows["锡林郭勒盟"].documents == 0
    assert [j.name for j in reader.jurisdictions()][:2] == ["全国", "内蒙古自治区"]


def test_instruments_are_ranked_and_those_not_held_told(reader: Reader) -> None:
    rows = reader.instruments().rows
    assert [(r.title, r.documents, len(r.held)) for r in rows] == [
        ("老年人权益保障法", 4, 0),
        ("内蒙古自治区人民政府关于农牧民工的实施意见", 2, 1),
        ("国务院关于甲的意见", 2, 0),
    ]
    assert reader.instruments(held=False).total == 2
    assert reader.instruments(title="国发〔2014〕40号").rows[0].title == "国务院关于甲的意见"
    assert {f.jurisdiction for f in reader.citations_of(rows[1].id).rows} == {"二连浩特市", "呼和浩特市"}
    assert reader.facts("citations", Filter(instrument=rows[1].id, jurisdiction="锡林郭勒盟")).total == 1
    assert reader.documents(Filter(instrument=rows[1].id)).total == 2


def test_links_go_up_and_down_and_name_what_states_them(reader: Reader) -> None:
    lower, higher = (reader.find_document(n) or "" for n in ("二政发〔2015〕1号", "内政发〔2015〕1号"))
    [up], _ = reader.links(lower)
    assert (up.higher_id, up.held, up.evidence, up.path) == (higher, True, "stated", "1.1")
    assert up.quote == "《内蒙古自治区人民政府关于农牧民工的实施意见》"
    assert reader.fact(up.citation_id or "") is not None
    above, below = reader.links(higher)
    assert [(link.held, link.higher_doc_number) for link in above] == [(False, "国发〔2014〕40号")]
    assert {link.lower.source for link in below} == {"1.txt", "3.txt"}


def test_siblings_meet_in_an_instrument_that_is_not_held(reader: Reader) -> None:
    [sibling] = reader.siblings(reader.find_document("昆政发〔2015〕1号") or "")
    assert sibling.jurisdiction == "内蒙古自治区"
    assert (sibling.instrument_doc_number, sibling.held) == ("国发〔2014〕40号", False)


def test_a_cited_document_that_arrives_later_turns_its_stub_into_a_link(store: Store) -> None:
    put(store, extraction("昆政发〔2015〕1号", place="昆明市", cites=BASIS), "a.txt")
    one = store.find_document("a.txt") or ""
    assert [link.held for link in store.links(one)[0]] == [False]
    put(
        store,
        extraction("国发〔2014〕40号", title="国务院关于甲的意见", issuer="国务院", place="全国", body="国家另定，" * 30),
        "b.txt",
    )
    assert [link.held for link in store.links(one)[0]] == [True]
    store.delete(store.find_document("b.txt") or "")
    assert [link.held for link in store.links(one)[0]] == [False]


def test_the_version_in_force_is_the_newest_before_the_citing_day(store: Store) -> None:
    law = "中华人民共和国测试法"
    for year in (2009, 2018):
        given = extraction(
            None, title=law, issuer="全国人民代表大会", place="全国", issued_on=f"{year}-01-01", body=f"{year}年之法，" * 30
        )
        put(store, given, f"{year}.txt")
    for year, version in ((2010, "2009.txt"), (2020, "2018.txt"), (2000, "2009.txt")):
        cites = (("测试法", None, "basis"),)
        put(
            store,
            extraction(f"测政发〔{year}〕1号", issued_on=f"{year}-05-05", cites=cites, body=f"{year}年之事，" * 30),
            "c.txt",
        )
        [up], _ = store.links(store.find_document(f"测政发〔{year}〕1号") or "")
        assert up.higher_source == version


def test_vectors_come_back_by_id(reader: Reader) -> None:
    every = reader.vectors("m")
    assert list(every.ids) == sorted(reader.provision_ids())
    assert every.matrix.dtype == np.float32
    some = reader.vectors("m", [every.ids[3], every.ids[1], "no such"])
    assert some.ids == (every.ids[1], every.ids[3])
    assert np.array_equal(some.matrix, every.matrix[[1, 3]])
    assert reader.vectors("other").ids == ()


def test_what_changed_is_known(store: Store) -> None:
    put(store, extraction())
    before = store.version()
    ids = store.missing_vectors("m")
    assert set(ids) == store.provision_ids()
    store.put_vectors("m", ids, np.ones((len(ids), 4), dtype=np.float32))
    assert store.missing_vectors("m") == ()
    assert set(store.provisions_changed_since(before)) == set(ids)
    assert store.provisions_changed_since(store.version()) == ()
    assert store.missing_vectors("n") == ids
    store.drop_vectors("n")
    assert store.vectors("m").ids == ()
    assert store.missing_vectors("m") == ids


def test_all_provisions_are_read_in_order(reader: Reader) -> None:
    ids = [row.id for row in reader.all_provisions()]
    assert ids == sorted(ids)
    assert set(ids) == reader.provision_ids()


SMALL = re.compile(
    r"SCAN (\d+ |VALUES|CONSTANT|\(?subquery|v$|w VIRTUAL|j$|jurisdictions|above|systems|department_systems|meta)", re.I
)
"""What may be read from end to end: constants, places, systems, and the rows of a subquery."""


def test_no_named_query_reads_a_whole_table(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page in the order of an index, which stops at its limit, is no scan."""
    forget = apsw.Connection(str(home / "zhengmai.db"))
    forget.execute("DELETE FROM sqlite_stat1")  # planned as for large tables, not for these few rows
    forget.close()
    reader = SqliteReader(home / "zhengmai.db")
    db = reader._connections.get()
    statements: set[str] = set()
    db.exec_trace = lambda cursor, sql, values: statements.add(sql) or True
    document = reader.find_document("内政发〔2015〕1号") or ""
    provision = reader.outline(document)[0].id
    reader.find_document("no such")
    for where in (
        Filter(document=document), Filter(jurisdiction="昆明市"), Filter(system="housing", role="lead"), Filter(level="county"),
        Filter(since="2015-01-01", until="2015-12-31"), Filter(kind="实施意见"), Filter(),
    ):  # fmt: skip
        reader.documents(where)
        reader.departments(where)
        for kind in FACTS:
            reader.facts(kind, where)
    for kind in FACTS:
        reader.facts(kind, provision_ids=[provision])
        for fact in reader.document_facts(document)[kind]:
            reader.fact(fact.id)
    reader.document(document), reader.source_text(document), reader.passages(document), reader.original(document)
    reader.links(document), reader.siblings(document), reader.provisions([provision]), reader.stale("e1")
    reader.vectors("m", [provision]), reader.provisions_changed_since(3)
    for department in reader.departments().rows:
        reader.department(department.id), reader.duties(department.id)
    for instrument in reader.instruments().rows:
        reader.instrument(instrument.id), reader.citations_of(instrument.id)
    reader.instruments(held=False), reader.instruments(kind="law"), reader.departments(generic=True)
    reader.systems(), reader.jurisdictions(), reader.known("a", "b", "c")
    db.exec_trace = None
    scans = {sql: plan for sql in statements if not sql.startswith(("BEGIN", "ROLLBACK")) and (plan := scan(db, sql))}
    for sql, plan in scans.items():
        print(plan, sql)
    assert scans == {}
    reader.close()


def scan(db: apsw.Connection, sql: str) -> list[str]:
    """The steps of a plan that read a whole table, or sort all of it to cut one page."""
    values = (None,) * 40
    count = max([sql.count("?")] + [int(n) for n in re.findall(r"\?(\d+)", sql)])
    numbered = re.search(r"\?\d", sql)
    needed = max(int(n) for n in re.findall(r"\?(\d+)", sql)) + len(re.findall(r"\?(?!\d)", sql)) if numbered else count
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values[:needed])]
    counting = sql.startswith("SELECT count(*)")
    ordered = "LIMIT" in sql and not any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    return [s for s in steps if s.startswith("SCAN") and not SMALL.match(s) and not ordered and not counting]
