"""Both engines do the same with the same: after every step of every story, each named query and the export are equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from graph.batch import ingest_paths
from graph.copying import OtherContentError, copy_store
from graph.identity import digest
from graph.lineage.tracing import trace_all
from graph.opening import open_store
from graph.protocol import Correction, KnownInstrument, Store
from ingest.records import Extraction
from tests.graph.conftest import exported
from tests.graph.observing import difference, observe
from tests.graph.samples import BODY, extraction, of_four_places
from tests.graph.servers import held

Step = Callable[[Store], Any]
OTHER_BODY = "推进义务教育均衡发展，保障随迁子女平等接受教育的权利，加强学校标准化建设，" * 4


@pytest.fixture
def engines(tmp_path: Path, neo4j_address: str) -> Iterator[tuple[Store, Store]]:
    """An empty store of each engine."""
    with held(neo4j_address), open_store(tmp_path / "home", write=True) as one, open_store(neo4j_address, write=True) as other:
        yield one, other


def load(given: Extraction, address: str = "a.txt", text: str | None = None) -> Step:
    """A step that loads an extraction as if it came from a file of its text."""

    def step(store: Store) -> Any:
        loaded = store.load(given, (text or given.source_text).encode(), address=address)
        store.relink()
        return loaded

    return step


def delete(ref: str) -> Step:
    return lambda store: store.delete(store.find_document(ref) or "")


def four_places() -> list[Step]:
    """Documents of four places; the two lower ones of Inner Mongolia cite its own."""
    return [load(given, f"{n}.txt") for n, given in enumerate(of_four_places())]


def vectors(model: str = "m", width: int = 256) -> Step:
    def step(store: Store) -> Any:
        ids = store.missing_vectors(model)
        store.put_vectors(model, ids, np.eye(len(ids), width, dtype=np.float32) * np.float32(0.1))
        store.set_meta([("model", model)])
        return ids, store.missing_vectors(model)

    return step


def corrected(field: str, cell: str | None) -> Step:
    def step(store: Store) -> Any:
        sha = store.documents().rows[0].sources[0].sha256
        store.correct([Correction(sha256=sha, field=field, cell=cell)])
        return store.corrections_of(sha)

    return step


def alike(decision: str | None) -> Step:
    def step(store: Store) -> Any:
        ids = list(store.ids("document"))
        store.put_likenesses(ids[0], [1, 2, 2**40], [(ids[1], 0.95)])
        shas = [store.originals(one)[0].sha256 for one in ids[:2]]  # type: ignore[union-attr]
        store.decide([(shas[0], shas[1], decision)])
        return store.near([2, 3]), store.near([3])

    return step


def known(*titles: str) -> Step:
    entries = [
        KnownInstrument(title=title, issuers=("国务院",), validity="现行有效", published="2014", listed_in="l")
        for title in titles
    ]
    return lambda store: store.put_list("l", entries)


def itself() -> Step:
    given = extraction("测政发〔2015〕9号", cites=(("实施方案", None, "mentions"),))
    [citation] = given.citations
    return load(msgspec.structs.replace(given, citations=(msgspec.structs.replace(citation, kind="self"),)))


STORIES: dict[str, Sequence[Step]] = {
    "four places": [*four_places(), vectors(), delete("1.txt"), delete("0.txt"), delete("2.txt"), delete("3.txt")],
    "once more and changed": [
        load(extraction()),
        load(extraction()),
        load(extraction(extractor="e2", duties=(("城建局", "housing", "responsible"),)), text=extraction().source_text),
        load(extraction(body=BODY * 4 + "新增一句。")),
        load(extraction(), "b.txt"),
    ],
    "one text on two sites": [
        load(extraction(None), "a.txt"),
        load(extraction(furniture="首页 > 政策\n"), "b.txt"),
        delete("b.txt"),
    ],
    "two texts under one key": [
        load(extraction(body=OTHER_BODY), "b.txt"),
        load(extraction(), "a.txt"),
        vectors(),
        delete("a.txt"),
        load(extraction(), "c.txt"),
    ],
    "a title of two numbers": [
        load(extraction("测政发〔2015〕1号", cites=(("关于甲的意见", None, "basis"), ("孤立法", None, "mentions")))),
        load(
            extraction("测政发〔2015〕2号", title="乙", body=OTHER_BODY, cites=(("关于甲的意见", "甲发〔2015〕1号", "basis"),)),
            "2.txt",
        ),
        load(
            extraction("测政发〔2015〕3号", title="丙", body="丙" * 90, cites=(("关于甲的意见", "甲发〔2015〕2号", "basis"),)),
            "3.txt",
        ),
        delete("3.txt"),
        delete("2.txt"),
    ],
    "a text that names itself": [itself()],
    "odd text": [load(extraction(None, title=None, issuer=None, place=None, body="\x00空字符 𠀀 \u200b\ufeff e\u0301 " * 5))],
    "no such place": [load(extraction(place="无此市", issuer=None, issued_on=None)), delete("a.txt")],
    "corrections": [
        *four_places()[:2],
        corrected("title", "另一题"),
        corrected("kind", "-"),
        corrected("title", None),
        delete("0.txt"),
    ],
    "lists": [*four_places(), known("国务院关于甲的意见"), known("老年人权益保障法", "国务院关于甲的意见"), known()],
    "a law and who carries it out": [
        load(extraction("测政发〔2015〕1号", title="某市实施《中华人民共和国住房法》办法"), "0.txt"),
        trace_all,
        load(
            extraction(None, title="中华人民共和国住房法", issued_on="2014-01-01", body=OTHER_BODY + BODY * 3),
            "1.txt",
        ),
        trace_all,
        load(extraction(None, title="中华人民共和国住房法", issued_on="2015-01-01", body=OTHER_BODY + BODY * 2), "2.txt"),
        trace_all,
        load(extraction("测政发〔2015〕1号", title="某市实施《中华人民共和国住房法》办法", extractor="e2"), "0.txt"),
        trace_all,
        delete("1.txt"),
    ],
    "nearly the same": [*four_places()[:2], alike("different"), alike(None), delete("0.txt")],
    # The last one, for vectors of another length need another index, and then the server plans every query anew.
    "vectors of two models": [
        *four_places()[:2],
        vectors("m"),
        vectors("n", 4),
        lambda store: [store.vectors(model).matrix.tolist() for model in ("m", "n")],
        lambda store: store.drop_vectors("n"),
        lambda store: ([store.vectors(model).ids for model in ("m", "n")], store.missing_vectors("m")),
    ],
}


def unlike(one: Store, other: Store, when: str) -> None:
    """Fail, with the first difference, unless both answer the same."""
    if found := difference(observe(one), observe(other)):
        pytest.fail(f"{when}{found}")


def test_the_shipped_documents_are_the_same_in_both(engines: tuple[Store, Store], policies: Path) -> None:
    summaries = [ingest_paths(store, [policies]) for store in engines]
    assert summaries[0] == summaries[1]
    one, other = engines
    assert digest(exported(one).decode()) == digest(exported(other).decode())
    unlike(one, other, "shipped")
    again = ingest_paths(other, [policies])
    assert {item.outcome for item in again.items} == {"unchanged"}


def test_a_copy_there_and_back_is_the_same(engines: tuple[Store, Store], policies: Path, tmp_path: Path) -> None:
    one, server = engines
    ingest_paths(one, [policies])
    for story in ("corrections", "two texts under one key", "lists"):
        for step in STORIES[story]:
            step(one)
    vectors("m")(one)
    there = copy_store(one, server)
    assert (there.documents, there.same) == (one.counts().documents, True)
    assert copy_store(one, server).documents == 0
    with open_store(tmp_path / "back", write=True) as back:
        assert copy_store(server, back).same
        assert exported(back) == exported(one)
        back.delete(next(back.ids("document")))
        with pytest.raises(OtherContentError):
            copy_store(back, server)


@pytest.mark.parametrize("story", STORIES)
def test_both_engines_answer_the_same_after_every_step(engines: tuple[Store, Store], story: str) -> None:
    one, other = engines
    for number, step in enumerate(STORIES[story]):
        outcomes = [msgspec.to_builtins(step(store)) for store in engines]
        assert outcomes[0] == outcomes[1], (story, number)
        assert digest(exported(one).decode()) == digest(exported(other).decode()), (story, number)
        if step is STORIES[story][-1] or not number:
            unlike(one, other, f"{story} {number}")


def test_what_is_deleted_leaves_nothing(neo4j_address: str) -> None:
    with held(neo4j_address), open_store(neo4j_address, write=True) as store:
        for step in four_places():
            step(store)
        vectors()(store)
        for one in list(store.ids("document")):
            assert store.delete(one)
        left = store._server.rows("MATCH (n) WHERE NOT n:Meta RETURN labels(n), properties(n)")  # type: ignore[attr-defined]
        assert left == []
        assert not store.delete("0" * 16)
