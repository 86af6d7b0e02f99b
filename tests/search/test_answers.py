import pytest

from graph.protocol import Filter
from search.figures_answer import figures
from search.grounds_answer import grounds
from search.in_charge import find_in_charge, signs, ways
from search.places_answer import places
from search.who import who
from search.why import explain


@pytest.mark.parametrize("way", ways(), ids=lambda way: way.example)
def test_every_way_of_naming_who_is_in_charge_matches_its_example(way):
    assert way.pattern.search(way.example)["name"] == way.name
    assert [one.name for one in find_in_charge(way.example)] == [way.name]


@pytest.mark.parametrize("kind", ["whole_field", "own_part"])
def test_every_sign_of_a_whole_field_or_an_own_part_matches_its_example(kind):
    assert all(pattern.search(example) for pattern, example in signs(kind))


def test_a_task_of_its_own_is_neither():
    task = "财政部门拨付补助资金"
    assert not any(pattern.search(task) for kind in ("whole_field", "own_part") for pattern, _ in signs(kind))


def test_targets_are_quoted_and_stand_beside_those_that_count_the_same(searcher):
    answer = figures(searcher, "劳动合同签订率要达到多少")
    assert {(one.record.value, one.jurisdiction) for one in answer.groups[0].figures} >= {(95, "泰安市")}
    for group in answer.groups:
        assert len({one.record.unit for one in group.figures}) == 1
        for one in group.figures:
            assert searcher.reader.source_text(one.document.id)[one.start : one.end] == one.quote


def test_a_question_without_targets_gets_none(searcher):
    assert not figures(searcher, "渔船禁渔补助多少").groups


def test_the_instruments_that_measures_name_come_before_those_of_their_documents(searcher):
    answer = grounds(searcher, "工伤保险依据什么法律")
    assert "工伤保险条例" in answer.instruments[0].title
    whole = [one.grounds[0].whole_document for one in answer.instruments]
    assert whole == sorted(whole)


def test_each_place_answers_for_itself(searcher):
    answer = places(searcher, "各地谁负责住房")
    assert {place.jurisdiction for place in answer.places} == {"内蒙古自治区", "二连浩特市", "泰安市", "昆明市", "吉安市"}
    for place in answer.places:
        assert {hit.jurisdiction for hit in place.measures} == {place.jurisdiction}
    few = places(searcher, "“雨露计划”")
    assert [place.jurisdiction for place in few.places] == ["泰安市"]
    assert "昆明市" in few.silent


def test_a_hit_is_explained_by_its_rank_and_what_it_says(searcher):
    hit = searcher.search("工资保证金").hits[2]
    why = explain(searcher, "工资保证金", hit.id)
    assert (why.rank, why.barriers) == (3, ())
    assert why.score == pytest.approx(hit.score, abs=0.02)
    assert why.asked[0].share == 1


@pytest.mark.parametrize(
    ("question", "where", "barrier"),
    [
        ("昆明市 住房", Filter(), "place"),
        ("住房", Filter(jurisdiction="昆明市"), "filter"),
        ("“雨露计划” 住房", Filter(), "phrase"),
        ("住房 -居住", Filter(), "excluded"),
        ("艾滋病", Filter(), "little_said"),
    ],
)
def test_what_keeps_an_expected_provision_out_is_named(searcher, question, where, barrier):
    document = searcher.search("内政发〔2015〕71号").documents[0]
    why = explain(searcher, question, f"{document.id}:4.4", where)
    assert why.rank is None
    assert barrier in why.barriers


def test_a_document_is_explained_by_its_best_provision(searcher):
    document = searcher.search("内政发〔2015〕71号").documents[0]
    assert explain(searcher, "谁负责住房", document.id).path == "4.4"
    assert explain(searcher, "住房", "0000000000000000:1") is None


def test_an_intent_can_be_switched_off(searcher):
    assert searcher.search("劳动合同签订率要达到多少").intent == "targets"
    assert searcher.search("劳动合同签订率要达到多少", intents=False).intent == "search"


def test_excluded_words_do_not_stand_in_any_hit(searcher):
    assert any("公积金" in row.text for row in searcher.reader.provisions([hit.id for hit in searcher.search("住房").hits]))
    result = searcher.search("住房 -公积金")
    assert result.hits
    assert not any("公积金" in row.text for row in searcher.reader.provisions([hit.id for hit in result.hits]))
    assert [part.source for part in result.understood] == ["text", "excluded"]


def test_a_question_may_name_several_places(searcher):
    assert {hit.jurisdiction for hit in searcher.search("昆明市和吉安市的住房").hits} == {"昆明市", "吉安市"}


def test_who_is_asked_of_several_places(searcher):
    assert {answer.jurisdiction for answer in who(searcher, "昆明市和吉安市谁负责住房").answers} == {"昆明市", "吉安市"}
