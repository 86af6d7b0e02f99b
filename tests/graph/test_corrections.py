from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from graph.batch import ingest_paths
from graph.corrections import TableError, apply_table, check_table, table_of
from graph.protocol import Filter, Store
from tests.graph.conftest import exported
from tests.graph.samples import document_text


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(document_text(n), encoding="utf-8")
    return folder


@pytest.fixture
def filled(store: Store, files: Path) -> Store:
    ingest_paths(store, [files])
    return store


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def fields(store: Store, file: Path):
    row = store.document_of_file(sha(file))
    assert row is not None
    return row.fields


def test_a_written_table_read_back_changes_nothing(filled: Store) -> None:
    content = "".join(table_of(filled)).encode("utf-8-sig")
    before = exported(filled), filled.snapshot()
    checked, summary = apply_table(filled, content, "table.csv")
    assert (checked.lines, checked.corrections, checked.refused, summary.items) == (2, (), (), ())
    assert (exported(filled), filled.snapshot()) == before


def test_corrected_fields_hold_with_their_reason_and_what_they_replaced(filled: Store, files: Path) -> None:
    file = files / "1.txt"
    snapshot = filled.snapshot()
    row = {"sha256": sha(file), "title": "一个更好的标题", "doc_number": "吉府发[2015]9号", "issued_on": "2015/8/7"}
    checked, _ = apply_table(filled, table(row), "t.csv")
    assert not checked.refused
    now = fields(filled, file)
    assert (now.title, now.doc_number, now.issued_on) == ("一个更好的标题", "吉府发〔2015〕9号", "2015-08-07")
    assert now.chosen["title"] == "correction.reader"
    assert "吉安市人民政府关于做好第1项农民工工作的实施意见" in [c.value for c in now.candidates if c.place == "replaced"]
    assert filled.counts().documents == 2
    assert filled.snapshot() != snapshot


def test_what_is_found_in_the_text_follows_a_corrected_place(filled: Store, files: Path) -> None:
    file = files / "1.txt"
    apply_table(filled, table({"sha256": sha(file), "jurisdiction": "赣州市"}), "t.csv")
    assert (fields(filled, file).jurisdiction, fields(filled, file).level) == ("赣州市", "prefecture")
    places = {row.jurisdiction for row in filled.departments(Filter(jurisdiction="赣州市")).rows}
    assert places == {"赣州市"}


def test_a_table_with_a_corrected_place_and_the_level_of_old_can_be_imported_again(filled: Store, files: Path) -> None:
    row = {"sha256": sha(files / "1.txt"), "jurisdiction": "赣州市信丰县", "level": "prefecture"}
    first, again = (apply_table(filled, table(row), "t.csv")[0] for _ in range(2))
    assert (first.refused, again.refused, again.corrections) == ((), (), ())
    assert fields(filled, files / "1.txt").level == "county"


def test_a_town_is_a_place_that_a_table_can_tell(filled: Store, files: Path) -> None:
    file = files / "1.txt"
    apply_table(filled, table({"sha256": sha(file), "jurisdiction": "清水河县五良太乡"}), "t.csv")
    assert (fields(filled, file).jurisdiction, fields(filled, file).level) == ("清水河县五良太乡", "township")


def test_corrections_survive_another_ingest_a_refresh_and_a_deletion(filled: Store, files: Path) -> None:
    file = files / "1.txt"
    apply_table(filled, table({"sha256": sha(file), "title": "改过的标题", "issued_on": "-"}), "t.csv")
    corrected = exported(filled)
    ingest_paths(filled, [files])
    assert exported(filled) == corrected
    row = filled.document_of_file(sha(file))
    assert row is not None
    filled.delete(row.id)
    assert [one.document for one in filled.corrections()] == [None, None]
    ingest_paths(filled, [files])
    assert exported(filled) == corrected


def test_a_correction_is_taken_back_by_what_was_extracted(filled: Store, files: Path) -> None:
    file = files / "1.txt"
    before, title = exported(filled), fields(filled, file).title
    apply_table(filled, table({"sha256": sha(file), "title": "改过的标题"}), "t.csv")
    apply_table(filled, table({"sha256": sha(file), "title": title or ""}), "t.csv")
    assert exported(filled) == before
    assert filled.corrections() == ()


def test_a_correction_holds_for_a_text_from_whichever_source(filled: Store, files: Path, tmp_path: Path) -> None:
    """The copy has the better address, so that the text's records come from it from now on."""
    file = files / "1.txt"
    apply_table(filled, table({"sha256": sha(file), "title": "改过的标题"}), "t.csv")
    copy = tmp_path / "0.txt"
    copy.write_text(document_text(1) + "\n\n", encoding="utf-8")
    ingest_paths(filled, [copy])
    row = filled.document_of_file(sha(copy))
    assert row is not None
    assert [source.address for source in row.sources] == ["0.txt", "1.txt"]
    assert row.brief.source == "0.txt"
    assert row.fields.title == "改过的标题"


REFUSED = [
    ({"sha256": "12"}, "no SHA-256"),
    ({"sha256": "0" * 64, "title": "甲"}, "no file"),
    ({"issued_on": "昨天"}, "no date"),
    ({"doc_number": "第一号"}, "no document number"),
    ({"level": "city"}, "none of national"),
    ({"nature": "law"}, "none of normative"),
    ({"jurisdiction": "无何有之乡"}, "no one place"),
    ({"jurisdiction": "赣州市", "level": "county"}, "赣州市 is a prefecture"),
    ({"title": "甲" * 501}, "501 characters"),
]


@pytest.mark.parametrize(("row", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_bad_line_is_refused_by_number_and_the_others_apply(filled: Store, files: Path, row, message: str) -> None:
    good = {"sha256": sha(files / "2.txt"), "kind": "意见"}
    bad = {"sha256": sha(files / "1.txt"), **row}
    checked, _ = apply_table(filled, table({**dict.fromkeys(bad, ""), **good}, {"kind": "", **bad}), "t.csv")
    assert [one.line for one in checked.refused] == [3]
    assert message in checked.refused[0].message
    assert fields(filled, files / "2.txt").kind == "意见"


def test_two_lines_about_one_text_must_agree(filled: Store, files: Path) -> None:
    key = {"sha256": sha(files / "1.txt")}
    checked = check_table(filled, table({**key, "kind": "意见"}, {**key, "kind": "通知"}), "t.csv")
    assert [(one.line, "line 2" in one.message) for one in checked.refused] == [(3, True)]
    assert [one.cell for one in checked.corrections] == ["意见"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_as_spreadsheets_save_it(filled: Store, files: Path, encoding: str, mark: str) -> None:
    text = f"SHA256{mark}kind\r\n{sha(files / '1.txt').upper()}{mark}意见\r\n\r\n"
    assert [one.cell for one in check_table(filled, text.encode(encoding), "t.csv").corrections] == ["意见"]


@pytest.mark.parametrize("content", [b"", b"title\n1\n", b"sha256,titel\n", b"sha256,kind,kind\n", b'sha256\n"' + b"\xff" * 9])
def test_what_is_no_table_is_refused_whole(filled: Store, content: bytes) -> None:
    with pytest.raises(TableError, match=r"t\.csv: .+\. "):
        check_table(filled, content, "t.csv")


def test_a_cell_is_never_a_formula_for_a_spreadsheet(store: Store, files: Path) -> None:
    (files / "1.txt").write_text(document_text(1), encoding="utf-8")
    ingest_paths(store, [files])
    title = '=HYPERLINK("http://a.b","c")'
    apply_table(store, table({"sha256": sha(files / "1.txt"), "title": title}), "t.csv")
    content = "".join(table_of(store))
    assert title.replace('"', '""') in content
    assert not any(cell[:1] in "=+-@\t\r" for row in csv.reader(io.StringIO(content)) for cell in row if cell)
    assert not check_table(store, content.encode(), "t.csv").corrections
