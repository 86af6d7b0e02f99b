import shutil
from types import SimpleNamespace

import pytest

from graph.opening import open_store
from graph.protocol import Filter
from ingest.tokens import words
from search import caches, indexes
from search.engine import Searcher
from search.fusion import COVERAGE


def paths(result):
    return [(hit.document.source[:3], hit.path) for hit in result.hits]


@pytest.mark.parametrize("question", ["农民工工伤保险", "work injury insurance", "打工的干活受伤了", "農民工工傷保險"])
def test_the_measure_meant_comes_first_however_it_is_asked(searcher, question):
    first = searcher.search(question).hits[0]
    assert "工伤保险" in first.snippet
    assert first.role in {"measure", "goal"}


def test_a_hit_quotes_the_source_and_says_why(searcher):
    for hit in searcher.search("随迁子女平等接受义务教育").hits:
        text = searcher.reader.source_text(hit.document.id)
        assert text[hit.start : hit.end] == hit.snippet
        assert all(hit.snippet[a:b] in "".join(hit.why.matched) or hit.snippet[a:b] in hit.why.matched for a, b in hit.marks)
        parts = hit.why.keyword + hit.why.gate * hit.why.similarity + COVERAGE * hit.why.coverage + hit.why.bonus
        assert hit.score == pytest.approx(parts, abs=0.001)


def test_hits_are_in_order_and_no_more_than_asked(searcher):
    result = searcher.search("农民工培训", k=7)
    scores = [hit.score for hit in result.hits]
    assert len(scores) == 7
    assert scores == sorted(scores, reverse=True)
    assert result == searcher.search("农民工培训", k=7)


def test_a_number_finds_exactly_what_cites_it(searcher):
    found = searcher.search("国发[2014]47号")
    assert set(paths(found)) == {("000", "5.3"), ("001", "5.3")}


def test_the_number_of_a_held_document_names_it(searcher):
    (document,) = searcher.search("内政发（2015）71号").documents
    assert document.source.startswith("000")


def test_a_phrase_in_marks_must_stand_word_for_word(searcher):
    for hit in searcher.search("“春风行动”").hits:
        text = "".join(row.text for row in searcher.reader.provisions([hit.id]))
        assert "春风行动" in text
    missing = searcher.search("《反家庭暴力法》")
    assert not missing.hits
    assert missing.nearest


@pytest.mark.parametrize(
    "question",
    ["新能源汽车充电桩建设补贴", "compensation for boat owners under a fishing ban", "养狗要不要拴绳", "nuclear waste storage"],
)
def test_a_question_outside_the_store_gets_no_hits_but_the_nearest_apart(searcher, question):
    result = searcher.search(question)
    assert not result.hits
    assert result.nearest


def test_a_question_for_a_figure_finds_the_target(searcher):
    assert paths(searcher.search("劳动合同签订率要达到百分之几"))[0] == ("002", "p2/1")


def test_filters_hold_for_every_hit(searcher):
    for hit in searcher.search("住房", Filter(jurisdiction="内蒙古自治区"), k=50).hits:
        assert hit.jurisdiction in {"内蒙古自治区", "二连浩特市"}
    led = searcher.search("住房", Filter(system="housing", role="lead"), k=50).hits
    assert led
    assert {hit.id for hit in led} <= searcher.reader.provision_ids(Filter(system="housing", role="lead"))


@pytest.mark.parametrize("question", ["住房", "农民工培训", "wage arrears"])
def test_a_narrow_filter_still_gives_as_many_as_are_asked_for(searcher, question):
    department = next(
        fact.department_id for fact in searcher.reader.facts("responsibilities", limit=500).rows if fact.department_id
    )
    for where in (Filter(department=department), Filter(document="000"), Filter(system="housing"), Filter(role="goal")):
        admitted = searcher.reader.provision_ids(where)
        found = [one.row.id for one in searcher.find(searcher.understand(question), where, k=10)]
        assert set(found) <= admitted
        assert len(found) >= min(10, len(admitted))


@pytest.mark.parametrize(("start", "length"), [(30, 12), (41, 20)])
def test_words_that_stand_in_a_provision_are_found_wherever_they_begin_and_end(searcher, start, length):
    rows = [row for row in searcher.reader.all_provisions() if len(row.text) > 150][::20]
    for row in rows:
        piece = row.text[start : start + length]
        first = searcher.find(searcher.understand(piece))[0].row
        assert "".join(words(piece)) in "".join(words(first.text))


def test_a_place_in_the_question_narrows_it(searcher):
    assert {hit.jurisdiction for hit in searcher.search("昆明市 住房").hits} == {"昆明市"}
    elsewhere = searcher.search("北京市 住房")
    assert not elsewhere.hits
    assert elsewhere.place == "北京市"


@pytest.mark.parametrize("question", ["?", "《》", "“”", "  。 ", "a", "的", "()[]{}*^~\\", "号", "' OR 1=1 --", "住" * 400])
def test_odd_questions_are_answered_calmly(searcher, question):
    assert len(searcher.search(question).hits) <= 10


def test_with_caches_on_disk_the_answers_are_the_same(shipped_home, searcher, tmp_path):
    shutil.copytree(shipped_home, tmp_path / "home")
    store = open_store(tmp_path / "home", write=True)
    assert caches.refresh(store, tmp_path / "home", searcher.model.name) == ("keyword", "vectors")
    assert caches.refresh(store, tmp_path / "home", searcher.model.name) == ()
    cached = Searcher(store, tmp_path / "home")
    for question in ("谁负责住房", "wage arrears", "国发〔2014〕47号"):
        assert cached.search(question).hits == searcher.search(question).hits
    store.close()


@pytest.mark.parametrize("name", ["keyword", "vectors"])
def test_a_damaged_cache_is_searched_around_and_built_again(shipped_home, searcher, tmp_path, name):
    home = tmp_path / "home"
    shutil.copytree(shipped_home, home)
    store = open_store(home, write=True)
    caches.refresh(store, home, searcher.model.name)
    for file in (home / "cache" / name).rglob("*"):
        if file.is_file() and file.name != "CURRENT":
            file.write_bytes(b"\0" * 10)
    assert Searcher(store, home).search("谁负责住房").hits == searcher.search("谁负责住房").hits
    assert caches.refresh(store, home, searcher.model.name) == (name,)
    store.close()


def test_what_is_deleted_or_added_after_the_index_was_built_counts_at_once(shipped_home, searcher, tmp_path, policies):
    from graph.batch import ingest_paths

    home = tmp_path / "home"
    shutil.copytree(shipped_home, home)
    store = open_store(home, write=True)
    caches.refresh(store, home, searcher.model.name)
    living = Searcher(store, home)
    document = living.search("“一书两金一卡”").hits[0].document.id
    store.delete(document)
    left = living.search("住房", k=50).hits
    assert document not in {hit.document.id for hit in left}
    assert len(left) == len(Searcher(store, tmp_path / "no caches").search("住房", k=50).hits)
    ingest_paths(store, sorted(policies.glob("*.txt")))
    assert document in {hit.document.id for hit in living.search("住房", k=50).hits}
    store.close()


def test_while_many_documents_come_in_an_index_serves_for_a_while(shipped_home, searcher, tmp_path, policies, monkeypatch):
    from graph.batch import ingest_paths

    home = tmp_path / "home"
    shutil.copytree(shipped_home, home)
    store = open_store(home, write=True)
    caches.refresh(store, home, searcher.model.name)
    first, *others = sorted(policies.glob("*.txt"))
    for row in store.documents().rows:
        store.delete(row.id)
    monkeypatch.setattr(indexes, "MUCH_NEWER", 0)
    ingest_paths(store, [first])
    living = Searcher(store, home)
    assert living.search("住房").hits
    ingest_paths(store, others)
    assert len({hit.document.id for hit in living.search("住房", k=50).hits}) == 1
    monkeypatch.setattr(indexes, "time", SimpleNamespace(monotonic=lambda: float("inf")))
    assert len({hit.document.id for hit in living.search("住房", k=50).hits}) > 1
    store.close()
