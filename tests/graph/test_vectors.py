import contextlib

import numpy as np
import pytest

from graph import vectors
from graph.opening import open_store
from ingest.records import DocumentFields, Extraction, Provision

COUNT = 300
RANDOM = np.random.default_rng(7)
MATRIX = RANDOM.standard_normal((COUNT, 16)).astype(np.float32)
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)


def many_measures(number):
    """A document of ``COUNT`` measures of one character each."""
    provisions = tuple(
        Provision(
            path=str(i + 1),
            start=i,
            end=i + 1,
            rule="t",
            heading=None,
            role="measure",
            body_start=i,
            subtree_end=i + 1,
            order=i,
        )
        for i in range(COUNT)
    )
    fields = DocumentFields(title="测试", doc_number=number, issuers=("某市人民政府",))
    return Extraction(file=number, source_text=f"{number[-2]}" * COUNT, document=fields, provisions=provisions, extractor="e")


class Shelf:
    """A real store with one such document and the vectors of a model."""

    def __init__(self, home):
        self.store = open_store(home, write=True)
        self.ids = self.put("测〔2015〕1号", MATRIX)

    def put(self, number, matrix):
        extraction = many_measures(number)
        document = self.store.load(extraction, extraction.source_text.encode(), address=number).document_id
        ids = [f"{document}:{i + 1}" for i in range(COUNT)]
        self.store.put_vectors("m", ids, matrix)
        return ids


@pytest.fixture
def shelf(tmp_path):
    opened = Shelf(tmp_path / "home")
    yield opened
    opened.store.close()


@pytest.fixture(params=["flat", "first_pass", "hnsw", "memory"])
def index(request, shelf, tmp_path, monkeypatch):
    if request.param == "memory":
        return vectors.with_newer(None, shelf.store, "m")
    if request.param == "hnsw":
        monkeypatch.setattr(vectors, "FLAT_LIMIT", 0)
    if request.param == "first_pass":
        monkeypatch.setattr(vectors, "FIRST_PASS_FROM", 1)
    return vectors.with_newer(vectors.open_base(vectors.build(shelf.store, "m", tmp_path)), shelf.store, "m")


def nearest(shelf, query, k, among=None):
    """What exact arithmetic finds."""
    cosines = {i: float(row @ query) for i, row in zip(shelf.ids, MATRIX, strict=True) if among is None or i in among}
    return sorted(cosines, key=lambda i: -cosines[i])[:k]


def test_the_nearest_come_first(shelf, index):
    found = [i for i, _ in index.search(MATRIX[42], 10)]
    assert found[0] == shelf.ids[42]
    assert len(set(found) & set(nearest(shelf, MATRIX[42], 10))) >= 9


@pytest.mark.parametrize("exact_up_to", [1000, 0])
def test_only_what_the_filter_admits_is_found(shelf, index, monkeypatch, exact_up_to):
    monkeypatch.setattr(vectors, "EXACT_LIMIT", exact_up_to)
    admitted = frozenset(shelf.ids[::3])
    found = [i for i, _ in index.search(MATRIX[41], 5, index.select(admitted))]
    assert set(found) <= admitted
    assert found[0] == nearest(shelf, MATRIX[41], 1, admitted)[0]


def test_a_narrow_filter_still_finds_as_many_as_there_are(shelf, index, monkeypatch):
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 0)
    admitted = [shelf.ids[i] for i in np.argsort(MATRIX @ MATRIX[41])[:12]]
    found = [i for i, _ in index.search(MATRIX[41], 10, index.select(admitted))]
    assert found == nearest(shelf, MATRIX[41], 10, set(admitted))
    assert not index.search(MATRIX[41], 10, index.select([]))


def test_what_is_barred_is_not_found(shelf, index):
    barred = nearest(shelf, MATRIX[7], 3)
    found = [i for i, _ in index.search(MATRIX[7], 5, index.select(None, barred))]
    assert len(found) == 5
    assert not set(found) & set(barred)


def test_a_document_that_is_gone_leaves_its_places_to_others(shelf, index):
    nearer = shelf.put("测〔2016〕2号", MATRIX)
    gone = shelf.ids[0].partition(":")[0]
    shelf.store.delete(gone)
    left = vectors.with_newer(index._base, shelf.store, "m")
    assert {i for i, _ in left.search(MATRIX[3], 20)} <= set(nearer)
    assert len(left.search(MATRIX[3], 20)) == 20
    assert left.row(shelf.ids[3]) is None


def test_scores_are_cosines(shelf, index):
    scores = index.score(MATRIX[1], [shelf.ids[1], shelf.ids[2], "not:held"])
    assert scores == pytest.approx({shelf.ids[1]: 1.0, shelf.ids[2]: float(MATRIX[1] @ MATRIX[2])}, abs=0.02)


def test_what_is_newer_than_the_index_is_found_at_once_and_what_is_gone_is_not_needed(shelf, tmp_path):
    base = vectors.open_base(vectors.build(shelf.store, "m", tmp_path))
    newer = shelf.put("测〔2016〕2号", -MATRIX)
    index = vectors.with_newer(base, shelf.store, "m")
    assert index.newer == COUNT
    assert index.search(-MATRIX[3], 1)[0][0] == newer[3]
    assert index.search(MATRIX[3], 1)[0][0] == shelf.ids[3]


def test_a_vector_made_anew_replaces_the_one_in_the_index(shelf, tmp_path):
    base = vectors.open_base(vectors.build(shelf.store, "m", tmp_path))
    turned = MATRIX.copy()
    turned[3] = -MATRIX[3]
    shelf.store.put_vectors("m", shelf.ids, turned)
    index = vectors.with_newer(base, shelf.store, "m")
    assert shelf.ids[3] not in [i for i, _ in index.search(MATRIX[3], 5)]
    assert index.score(-MATRIX[3], [shelf.ids[3]])[shelf.ids[3]] == pytest.approx(1)


def test_a_damaged_index_is_not_opened(shelf, tmp_path):
    generation = vectors.build(shelf.store, "m", tmp_path)
    (generation.folder / "vectors.faiss").write_bytes(b"no index")
    assert vectors.open_base(generation) is None


def test_vectors_of_two_models_or_two_stores_have_different_caches(shelf):
    one = vectors.form(shelf.store, "a")
    assert one != vectors.form(shelf.store, "b")
    shelf.store.set_meta([("identity", "another")])
    assert one != vectors.form(shelf.store, "a")


def test_nothing_held_finds_nothing(tmp_path):
    with contextlib.closing(open_store(tmp_path / "empty", write=True)) as store:
        index = vectors.with_newer(None, store, "m")
        assert index.search(MATRIX[0], 5) == []
        assert index.score(MATRIX[0], ["x:1"]) == {}
