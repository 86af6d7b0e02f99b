"""Search over the server's own indexes beside search over tantivy and FAISS: the same documents, the same questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.batch import ingest_paths
from graph.opening import open_store
from graph.protocol import Filter, Reader, Store
from search import lucene
from search.boolean.finding import find_everything
from search.caches import refresh
from search.candidates import Alternative, Candidates, Scope
from search.engine import CANDIDATES, Searcher, scope_of
from search.why import explain
from tests.gold.asked import QUERIES, Asked
from tests.gold.questions import evaluate
from tests.graph.servers import held

NEAR_ENOUGH = 0.02
MARGIN = 0.01
"""Of the highest score."""
QUESTIONS = (
    "谁负责住房",
    "农民工 拖欠工资 保证金",
    "who handles housing in Kunming",
    "“住房公积金”怎么缴",
    "子女教育 -高考",
    "二连浩特市的农牧民工培训",
    "建立健全农民工工资支付监控制度和工资保证金制度",
)


@pytest.fixture(scope="module")
def server(neo4j_address: str, policies: Path) -> Iterator[Store]:
    with held(neo4j_address), open_store(neo4j_address, write=True) as store:
        ingest_paths(store, [policies])
        yield store


@pytest.fixture
def searchers(server: Store, shipped: Reader, shipped_home: Path, tmp_path: Path) -> tuple[Searcher, Searcher]:
    return Searcher(shipped, shipped_home), Searcher(server, tmp_path)


def close(one: dict[str, float], other: dict[str, float]) -> None:
    """The same scores but for what Lucene counts otherwise: only those that have a heading as all headings.

    So at the end of a list of candidates a few may differ; among the best, none.
    """
    margin = MARGIN * max(one.values(), default=0.0)
    best = [one_id for one_id in sorted(one, key=lambda each: -one[each])[: CANDIDATES // 2] if one[one_id] > margin]
    for identifier in {*best, *(one.keys() & other.keys())}:
        assert other[identifier] == pytest.approx(one[identifier], abs=margin), identifier


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_makers_propose_the_same_with_the_same_scores(searchers: tuple[Searcher, Searcher], question: str) -> None:
    plan = searchers[0].understand(question)
    assert searchers[1].understand(question) == plan
    wanted = searchers[0]._wanted(plan)
    for where in (Filter(), Filter(level="prefecture"), Filter(system="housing", role="lead"), Filter(document="no such")):
        scope = scope_of(plan, where)
        ours, theirs = (one.indexes.propose(wanted, CANDIDATES, scope) for one in searchers)
        close(ours.words, theirs.words)
        close(ours.near, theirs.near)
        assert ours.verbatim == theirs.verbatim
        ids = list(ours.words)[:5]
        assert [one.indexes.meets(i, scope) for one in searchers for i in ids] == [True] * 2 * len(ids)
    some = sorted(searchers[0].reader.provision_ids(Filter(level="county")))
    ours, theirs = (one.indexes.measure(wanted, some) for one in searchers)
    close(ours.words, theirs.words)
    close(ours.near, theirs.near)
    tops = [one.indexes.top(plan.groups) for one in searchers]
    assert tops[0] == pytest.approx(tops[1], rel=MARGIN)


def test_conditions_hold_above_the_limits_too(searchers: tuple[Searcher, Searcher], monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limits nothing is scored one by one, and wider and wider circles are asked for."""
    monkeypatch.setattr("search.own_indexes.EXACT_LIMIT", 0)
    monkeypatch.setattr("search.lucene.MOST_VALUES", 1)
    plan = searchers[0].understand("拖欠工资怎么办")
    wanted, scope = searchers[0]._wanted(plan), Scope(Filter(level="county"), excluded=("保证金",))
    ours, theirs = (one.indexes.propose(wanted, 10, scope) for one in searchers)
    close(ours.near, theirs.near)
    assert set(theirs.words) >= set(ours.words)


def test_questions_are_answered_as_well(searchers: tuple[Searcher, Searcher], server: Store, tmp_path: Path) -> None:
    questions = json.loads((QUERIES / "develop.json").read_text("utf-8"))
    held_here = {row.brief.source for row in server.documents().rows}
    asked = [one for one in questions if all(any(s.startswith(r["doc"]) for s in held_here) for r in one["relevant"])][:20]
    assert asked
    ours, theirs = (evaluate(asked, Asked(one.reader, tmp_path)) for one in searchers)
    assert ours.keys() == theirs.keys()
    assert all(abs(ours[name] - theirs[name]) <= NEAR_ENOUGH for name in ours)


def test_a_boolean_query_and_a_reason_need_no_index_either(searchers: tuple[Searcher, Searcher], tmp_path: Path) -> None:
    for query in ("(拖欠 OR 欠薪) AND 工资", "工 NEAR/3 保证金", "住房 NOT 公积金"):
        ours, theirs = (find_everything(one, query) for one in searchers)
        assert (ours.total, ours.items) == (theirs.total, theirs.items), query
    [ours, theirs] = [explain(one, "谁负责住房", one.search("谁负责住房").hits[0].id) for one in searchers]
    assert ours is not None
    assert theirs is not None
    assert (ours.rank, ours.barriers, ours.asked) == (theirs.rank, theirs.barriers, theirs.asked)
    assert ours.score == pytest.approx(theirs.score, rel=MARGIN)
    assert refresh(searchers[1].reader, tmp_path, "m") == ()  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("token", ['"', "\\", "a:b", "*", '工资" OR words:"的', "(", "+x", "AND"])
def test_no_token_is_an_operator(server: Store, token: str) -> None:
    assert server.ranked([lucene.term("words", token)], 5) == [{}]  # type: ignore[attr-defined]


def test_long_texts_are_asked_in_pieces(searchers: tuple[Searcher, Searcher], server: Store) -> None:
    text = max((row.text for row in server.all_provisions()), key=len)
    assert len(lucene.terms(Alternative(text))) > lucene.MOST_TERMS
    engines: Candidates = searchers[1].indexes
    assert engines.top(searchers[1].understand(text).groups) > 0
