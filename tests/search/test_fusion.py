import pytest

from search.fusion import COVERAGE, Scored, fuse, gate


def test_the_gate_is_shut_where_a_provision_has_all_the_words_and_open_where_none_has_any():
    assert gate(top=12.0, reach=10.0) == 0
    assert gate(top=0.0, reach=10.0, weight=2.0) == 2
    assert gate(top=2.5, reach=10.0, weight=2.0) == pytest.approx(1.5)
    assert gate(top=0.0, reach=0.0, weight=2.0) == 2


def test_the_gated_sum_by_hand():
    # reach 10, top 8: gate 2 × (1 − 0.8) = 0.4; a: 8/10 + 0.4 × 0.5 = 1.0; b: 0 + 0.4 × 0.9 = 0.36
    found = fuse({"a": 8.0}, {"a": 0.5, "b": 0.9}, 10.0, 5)
    assert [(one.id, one.score) for one in found] == [("a", pytest.approx(1.0)), ("b", pytest.approx(0.36))]


def test_meaning_leads_where_words_fail():
    found = fuse({"a": 1.0}, {"a": 0.1, "b": 0.9}, 10.0, 5)
    assert [one.id for one in found] == ["b", "a"]


def test_equal_scores_keep_the_order_of_ids():
    assert [one.id for one in fuse({"b": 1.0, "a": 1.0, "c": 1.0}, {}, 10.0, 2)] == ["a", "b"]


def test_coverage_and_bonus_add_up():
    assert Scored("a", 0.5, 0.2, 1.0, coverage=1.0, bonus=0.3).score == pytest.approx(0.5 + 0.2 + COVERAGE + 0.3)
