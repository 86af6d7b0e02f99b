"""Files damaged in every way: each gets a text or an error of its own, never an unhandled one, and nothing hangs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.batch import ingest_paths
from graph.extracting import Input, extract_one
from graph.opening import open_store
from ingest.readers import Part, unpack
from tests.ingest.files import LAW, paragraph, pdf, table, word, zipped

ROUNDS, MANY = 120, 2_000
REAL = {"html": 30, "docx": 25, "doc": 3, "json": 15, "md": 20}
"""So many real files of each format; few old Word files, for LibreOffice is tried with each one that is damaged."""


def mutated(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """The file with bits flipped, a piece cut out, its end cut off, or a piece of another file put in."""
    data = bytearray(content)
    at = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            for _ in range(chance.choice((1, 10, 200))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + chance.choice((1, 100, 10_000))]
        case 2:
            del data[at:]
        case _:
            start = chance.randrange(len(other))
            data[at:at] = other[start : start + chance.choice((1, 500, 20_000))]
    return bytes(data)


def made() -> list[tuple[str, bytes]]:
    """A file of each format that can be made here."""
    page = "<html><body><ul><li><a href=/>首页</a></ul><table><tr><td>文号：<td>某政发〔2019〕3号</table>" + "".join(
        f"<p>{line}" for line in LAW
    )
    law = word("".join(map(paragraph, LAW)) + table([("任务", "单位"), ("清欠", "市人社局")]))
    return [
        ("a.html", page.encode()),
        ("a.docx", law),
        ("a.pdf", pdf([LAW, LAW], [("任务", "单位"), ("清欠", "市人社局")])),
        ("a.json", ('{"title": "条例", "content": "' + "".join(LAW) + '"}').encode()),
        ("a.md", ("# " + "\n\n".join(LAW)).encode()),
        ("a.zip", zipped({"甲.txt": "\n".join(LAW), "乙.docx": law})),
        ("a.txt", "\n".join(LAW).encode("gb18030")),
    ]


def outcomes(files: list[tuple[str, bytes]], rounds: int) -> Iterator[str]:
    """What became of each damaged file, as the batch would report it: empty for a text, else the error."""
    chance = random.Random(4)
    for i in range(rounds):
        name, content = files[i % len(files)]
        damaged = mutated(content, chance, chance.choice(files)[1])
        for part in unpack(damaged, name):
            yield extract_one(Input(part.name, part.content)).error if isinstance(part, Part) else str(part)


def check(found: Counter[str]) -> None:
    assert sum(found.values()) > 0
    wrong = [error for error in found if "defect" in error or "took longer" in error]
    assert wrong == []
    assert all(": " in error for error in found if error)


def test_damaged_files_of_each_format() -> None:
    check(Counter(outcomes(made(), ROUNDS)))


@pytest.mark.slow
def test_two_thousand_damaged_real_files(corpus: Path) -> None:
    chance = random.Random(7)
    real = [path for form, many in REAL.items() for path in chance.sample(sorted(corpus.rglob(f"*.{form}")), many)]
    files = [(path.name, path.read_bytes()) for path in real if path.stat().st_size < 100_000]
    check(Counter(outcomes([*files, *made()], MANY)))


BAD = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 40, "encoding|control characters"),
    "cut.pdf": (pdf([LAW])[:300], "damaged PDF"),
    "bomb.zip": (zipped({"a.txt": b"\0" * 30_000_000}), "-fold"),
    "bomb.docx": (word(" " * 30_000_000), "-fold"),
    "wrong.txt": ("第一条".encode() * 20 + b"\xff\xfe\xfd" * 40, "encoding"),
    "line.txt": (b"x" * 70_000_000, "more than the 64 MB"),
    "deep.html": (b"<div>" * 100_000 + LAW[3].encode(), "nested deeper"),
    "scan.pdf": (pdf([[]], picture=True), "scanned PDF"),
    "table.xlsx": (b"PK\x03\x04", "Excel"),
}


def test_each_bad_file_gets_its_error_and_the_batch_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "good.docx").write_bytes(word("".join(map(paragraph, LAW))))
    (tmp_path / "secret.txt").write_text("not meant to be read")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with open_store(str(tmp_path / "store.db"), write=True) as store:
        summary = ingest_paths(store, [folder])
    failures = {failure.file: failure.message for failure in summary.failures}
    assert [item.file for item in summary.items] == ["good.docx"]
    assert {name.split("!/")[0] for name in failures} == {*BAD, "link.txt"}
    assert "symbolic link" in failures["link.txt"]
    for name, (_, what) in BAD.items():
        message = next(text for file, text in failures.items() if file.split("!/")[0] == name)
        assert any(word in message for word in what.split("|")), message
