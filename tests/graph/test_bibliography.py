"""Known instruments: which one a citation means, and what a store that holds a list says of what its documents cite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.bibliography import choose, cited, cited_forms, known_forms
from graph.bibliography_file import read_list
from graph.protocol import KnownInstrument, Store
from ingest.readers import ReadError
from ingest.records import Citation
from ingest.registry.jurisdictions import find_place
from tests.graph.conftest import exported, put
from tests.graph.samples import extraction


def known(title: str, number: str | None = None, issuer: str | None = None, **more: str) -> KnownInstrument:
    return KnownInstrument(title=title, doc_number=number, issuers=(issuer,) if issuer else (), **more)  # type: ignore[arg-type]


LIST = (
    known("湖北省科学技术厅关于组织申报项目的通知", "鄂科技发〔2021〕5号", "湖北省科学技术厅", published="2021-03-01"),
    known("襄阳市科学技术局关于组织申报项目的通知", None, "襄阳市科学技术局", published="2021-03-09"),
    known("佛山市科学技术局关于印发《佛山市研发机构建设管理办法》的通知", "佛科〔2023〕34号", "佛山市科学技术局"),
    known("佛山市科学技术局关于印发《研发项目管理办法》的通知", "佛科〔2023〕35号", "佛山市科学技术局"),
    known(
        "湖北省人民政府办公厅关于印发湖北省科技规划(2021—2025年)的通知",
        "鄂政办发〔2021〕7号",
        "湖北省人民政府",
        published="2021-09",
    ),
    known("上海市科技信用管理办法(试行)", "沪科规〔2020〕9号", "上海市科学技术委员会", published="2020-11-17"),
    known("甘肃省专利条例(2019修订)", None, "甘肃省人大(含常委会)", published="2019-05-01"),
    known("甲省某厅关于工作的通知", "第5号"),
    known("陕西省科学技术厅关于考核工作的通知", None, "陕西省科学技术厅", published="2020-01-01"),
    known("陕西省科学技术厅关于考核工作的通知", None, "陕西省科学技术厅", published="2021-01-01"),
)  # fmt: skip


def meant(
    title: str, number: str | None = None, issuer: str | None = None, here: str | None = None, on: str = "2024-01-01"
) -> str:
    citation = Citation(
        path="1", start=0, end=1, rule="t", title=title, doc_number=number, relation="mentions", kind="policy", issuer=issuer
    )
    one = cited(citation, find_place(here) if here else None, on)
    forms = set(cited_forms(one))
    found = choose(one, [entry for entry in LIST if forms & known_forms(entry)])
    return found.title if found else ""


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"title": "湖北省科技厅关于组织申报项目的通知"}, LIST[0].title),
        ({"title": "关于组织申报项目的通知", "issuer": "省科技厅", "here": "武汉市"}, LIST[0].title),
        ({"title": "市科技局关于组织申报项目的通知", "here": "襄阳市"}, LIST[1].title),
        ({"title": "鄂科技发〔2021〕5号", "number": "鄂科技发〔2021〕5号"}, LIST[0].title),
        ({"title": "《佛山市研发机构建设管理办法》"}, LIST[2].title),
        ({"title": "研发项目管理办法", "issuer": "佛山市科技局"}, LIST[3].title),
        ({"title": "省政府办公厅关于印发《湖北省科技规划》的通知", "here": "宜昌市"}, LIST[4].title),
        ({"title": "湖北省科技规划（2021—2025年）"}, LIST[4].title),
        ({"title": "上海市科技信用管理办法"}, LIST[5].title),
        ({"title": "甘肃省专利条例", "on": "2015-01-01"}, LIST[6].title),
        ({"title": "陕西省科技厅关于考核工作的通知", "on": "2020-06-01"}, LIST[8].title),
    ],
)
def test_a_citation_means_a_known_instrument(asked: dict[str, str], title: str) -> None:
    assert meant(**asked) == title


@pytest.mark.parametrize(
    ("why", "asked"),
    [
        ("whose notice is not said", {"title": "关于组织申报项目的通知", "here": "武汉市"}),
        ("another place's notice", {"title": "河南省科技厅关于组织申报项目的通知"}),
        ("a title that every place has", {"title": "研发项目管理办法", "here": "佛山市"}),
        ("another number", {"title": "湖北省科技厅关于组织申报项目的通知", "number": "鄂科技发〔2022〕9号"}),
        ("another title under the number", {"title": "关于防洪的意见", "number": "鄂科技发〔2021〕5号"}),
        ("other years", {"title": "湖北省科技规划（2016—2020年）"}),
        ("issued after the citing text", {"title": "湖北省科技规划", "on": "2021-08-31"}),
        ("on trial, the listed one is not", {"title": "佛山市研发机构建设管理办法（试行）"}),
        ("a number that does not say whose it is", {"title": "第5号", "number": "第5号"}),
    ],
)
def test_a_doubtful_citation_stays_a_stub(why: str, asked: dict[str, str]) -> None:
    assert meant(**asked) == "", why


CITED = (("佛山市研发机构建设管理办法", None, "basis"), ("湖北省科技厅关于组织申报项目的通知", None, "mentions"))
ENTRIES = (
    known(LIST[2].title, "佛科〔2023〕34号", "佛山市科学技术局", validity="失效", published="2013-01-01", listed_in="l"),
    known(LIST[0].title, "鄂科技发〔2011〕5号", "湖北省科学技术厅", validity="现行有效", published="2011-03-01", listed_in="l"),
)


def by_title(store: Store) -> dict[str, tuple[str | None, str | None, bool]]:
    return {row.title: (row.doc_number, row.validity, bool(row.held)) for row in store.instruments().rows}


def test_an_instrument_that_is_not_held_is_known_with_its_validity(store: Store) -> None:
    put(store, extraction(cites=CITED))
    assert set(by_title(store).values()) == {(None, None, False)}
    done = store.put_list("l", ENTRIES)
    assert (done.entries, done.added, done.citations, done.instruments) == (2, 2, 2, 2)
    assert by_title(store) == {
        "佛山市科学技术局关于印发《佛山市研发机构建设管理办法》的通知": ("佛科〔2023〕34号", "失效", False),
        "湖北省科学技术厅关于组织申报项目的通知": ("鄂科技发〔2011〕5号", "现行有效", False),
    }
    [row] = store.instruments(title="研发机构").rows
    assert row.known == (ENTRIES[0],)


def test_a_list_counts_the_same_before_and_after_the_documents(new_store: Callable[[], Store]) -> None:
    before, after = new_store(), new_store()
    before.put_list("l", ENTRIES)
    put(before, extraction(cites=CITED))
    put(after, extraction(cites=CITED))
    after.put_list("l", ENTRIES)
    assert exported(before) == exported(after)
    assert before.snapshot() == after.snapshot()


def test_importing_again_changes_nothing_and_dropping_brings_back_what_was(store: Store) -> None:
    put(store, extraction(cites=CITED))
    bare, snapshot = exported(store), store.snapshot()
    store.put_list("l", ENTRIES)
    version, with_list = store.version(), store.snapshot()
    assert with_list != snapshot
    assert store.put_list("l", tuple(reversed(ENTRIES))).added == 0
    assert (store.version(), store.snapshot()) == (version, with_list)
    assert store.put_list("l", ()).removed == 2
    assert (exported(store), store.snapshot()) == (bare, snapshot)


def test_a_changed_list_takes_the_place_of_the_old_one(store: Store) -> None:
    put(store, extraction(cites=CITED))
    store.put_list("l", ENTRIES)
    repealed = known(
        LIST[0].title, "鄂科技发〔2011〕5号", "湖北省科学技术厅", validity="失效", published="2011-03-01", listed_in="l"
    )
    done = store.put_list("l", (repealed,))
    assert (done.entries, done.added, done.removed) == (1, 0, 1)
    assert {validity for _, validity, _ in by_title(store).values()} == {None, "失效"}


def test_a_document_taken_out_leaves_the_list(store: Store) -> None:
    loaded = put(store, extraction(cites=CITED))
    store.put_list("l", ENTRIES)
    store.delete(loaded.document_id)
    assert store.known_instruments() == tuple(sorted(ENTRIES, key=lambda entry: entry.title))
    put(store, extraction(cites=CITED))
    assert {validity for _, validity, _ in by_title(store).values()} == {"失效", "现行有效"}


def test_the_text_of_a_known_instrument_is_found_when_it_is_held(store: Store) -> None:
    store.put_list("l", ENTRIES)
    put(store, extraction(cites=CITED))
    title = "佛山市研发机构建设管理办法"
    held = extraction(
        None, title=title, issuer="佛山市科学技术局", place="佛山市", issued_on="2013-01-01", body="研发机构应当建账。" * 9
    )
    put(store, held, "b.txt")
    assert by_title(store)["佛山市科学技术局关于印发《佛山市研发机构建设管理办法》的通知"][1:] == ("失效", True)


ROWS = """title,doc_number,issuers,validity,published
甲办法,甲发[2020]1号,甲局,现行有效,2020-01-02
,乙发〔2020〕1号,乙局,现行有效,2020-01-02
丙办法,,丙局,失效,2020-13-02
丁办法,,丁局
"戊
办法",,戊局;己局,失效,2020年1月

庚办法,,,,昨天
"""


def test_bad_rows_are_named_by_line_and_the_others_apply(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8-sig")
    read = read_list(file)
    assert [row.line for row in read.bad] == [3, 4, 5, 9]
    assert [(e.title, e.doc_number, e.issuers, e.published) for e in read.entries] == [
        ("甲办法", "甲发〔2020〕1号", ("甲局",), "2020-01-02"),
        ("戊\n办法", None, ("戊局", "己局"), "2020-01"),
    ]


def test_the_usual_headings_and_encodings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "法规.csv"
    heading = "序号,标题,发文字号,发布部门,时效性,效力级别,公布日期,施行日期"
    lines = f"{heading}\n1,甲办法,甲发〔2020〕1号,甲局,已废止,部门规章,2020.01.02,2020.3.1\n"
    file.write_bytes(lines.encode("gb18030"))
    [entry] = read_list(file).entries
    assert entry == known("甲办法", "甲发〔2020〕1号", "甲局", validity="已废止", force="部门规章", published="2020-01-02",
                          effective="2020-03-01", listed_in="法规.csv")  # fmt: skip


def test_a_file_without_titles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ReadError, match="标题"):
        read_list(tmp_path / "x.csv")
