from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

import settings
from ingest.readers import Part, ReadError, read_bytes, read_file, unpack
from tests.ingest.files import LAW, paragraph, word, zipped

TEXT = "\n".join(LAW)
PAGE = "".join(f"<p>{line}</p>" for line in LAW)


def named(found: list[Part | ReadError]) -> list[str]:
    return [one.name if isinstance(one, Part) else f"{one.file} {one.problem}" for one in found]


def test_each_document_of_an_archive_has_its_address() -> None:
    inner = zipped({"丙.jsonl": f'{{"content": "{LAW[3]}", "x": 1}}\n{{"content": "{LAW[5]}"}}'})
    content = zipped(
        {"甲.txt": TEXT, "乙/页.html": PAGE, "乙/丙.zip": inner, "__MACOSX/._甲.txt": "x", ".hidden": "x", "乙/": ""}
    )
    parts = [part for part in unpack(content, "堆.zip") if isinstance(part, Part)]
    assert [part.name for part in parts] == [
        "堆.zip!/甲.txt",
        "堆.zip!/乙/页.html",
        "堆.zip!/乙/丙.zip!/丙.jsonl#1",
        "堆.zip!/乙/丙.zip!/丙.jsonl#2",
    ]
    assert [read_bytes(part.content, part.name).text for part in parts] == [TEXT, TEXT, LAW[3], LAW[5]]


def test_a_word_file_is_one_document_though_it_is_an_archive() -> None:
    content = word(paragraph(LAW[3]))
    assert list(unpack(content, "a.docx")) == [Part("a.docx", content)]


def test_names_of_old_chinese_archives() -> None:
    content = zipped({"????.txt": TEXT}).replace(b"????", "通知".encode("gb18030"))
    assert named(list(unpack(content, "a.zip"))) == ["a.zip!/通知.txt"]


def test_a_document_is_named_within_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"甲.txt": TEXT, "乙.txt": LAW[3]}))
    assert read_file(f"{file}!/乙.txt").text == LAW[3]
    with pytest.raises(ReadError, match=r"a\.zip!/甲\.txt, a\.zip!/乙\.txt"):
        read_file(file)
    file.write_bytes(zipped({"甲.txt": TEXT}))
    assert read_file(file).name == "a.zip!/甲.txt"


def test_what_cannot_be_taken_out_is_named_and_the_rest_is_read() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = zipped({"leer.txt": " ", link: "/etc/passwd", "tabelle.xlsx": b"PK\x05\x06" + bytes(18), "gut.txt": TEXT})  # type: ignore[dict-item]
    found = named(list(unpack(content, "a.zip")))
    assert found[0] == "a.zip!/leer.txt is empty"
    assert found[1] == "a.zip!/link.txt is a symbolic link"
    assert "Excel" in found[2]
    assert found[3] == "a.zip!/gut.txt"


def test_archives_that_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "-fold" in named(list(unpack(zipped({"a.txt": b"\0" * 30_000_000}), "bomb.zip")))[0]
    assert "-fold" in named(list(unpack(zipped({"b.zip": zipped({"a.txt": b"\0" * 30_000_000})}), "bomb.zip")))[0]
    with pytest.raises(ReadError, match="-fold"):
        read_bytes(word(" " * 30_000_000), "bomb.docx")
    monkeypatch.setenv(settings.READ_ENTRIES.variable, "3")
    monkeypatch.setenv(settings.READ_EXPANSION.variable, "1")
    assert "4 entries" in named(list(unpack(zipped({f"{i}.txt": "x" for i in range(4)}), "many.zip")))[0]
    assert "2 MB" in named(list(unpack(zipped({"a": TEXT * 3000}), "large.zip")))[0]


def test_an_archive_within_archives_without_end() -> None:
    content = zipped({"a.txt": TEXT})
    for name in ("b.zip", "c.zip", "d.zip"):
        content = zipped({name: content})
    assert "within an archive" in named(list(unpack(content, "e.zip")))[0]


def test_a_damaged_entry_costs_itself_only() -> None:
    content = bytearray(zipped({"a.txt": TEXT, "b.txt": LAW[3]}, zipfile.ZIP_STORED))
    content[content.index(LAW[0].encode()) + 1] ^= 0xFF
    found = named(list(unpack(bytes(content), "a.zip")))
    assert "damaged in the archive" in found[0]
    assert found[1] == "a.zip!/b.txt"


def test_a_locked_archive() -> None:
    content = bytearray(zipped({"a.txt": TEXT}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in named(list(unpack(bytes(content), "a.zip")))[0]
