import pytest

from graph.protocol import Filter
from search.evidence import find_quote
from search.who import who

HOUSING_LEADS = {
    "000": {"自治区住房城乡建设厅"},
    "001": {"住建局"},
    "002": {"市住房城乡建设局"},
    "003": {"市住房和城乡建设局"},
    "004": {"市城建局", "市房管局"},
}


def leads(answer):
    return {
        document.document.source[:3]: {body.name for body in document.bodies if body.role == "lead"}
        for document in answer.answers
    }


@pytest.mark.parametrize("question", ["who handles housing", "谁负责住房", "住房归哪个部门管？", "誰負責住房"])
def test_housing_is_led_by_its_own_department_in_each_of_the_five_places(searcher, question):
    answer = who(searcher, question)
    assert leads(answer) == HOUSING_LEADS
    assert answer.systems[0] == "housing"


def test_every_body_is_quoted_from_the_source_with_the_words_that_give_it_its_role(searcher):
    for document in who(searcher, "谁负责住房").answers:
        text = searcher.reader.source_text(document.document.id)
        for body in document.bodies:
            assert text[body.start : body.end] == body.quote
            assert text[body.name_start : body.name_end] == body.name
            assert body.start <= body.name_start <= body.name_end <= body.end
            assert body.cue is None or body.cue in body.quote


def test_leads_come_first(searcher):
    order = ["lead", "joint", "responsible", "support"]
    for document in who(searcher, "谁负责农民工工资").answers:
        ranks = [order.index(body.role) for body in document.bodies]
        assert ranks == sorted(ranks)


def test_a_place_is_asked_alone(searcher):
    assert set(leads(who(searcher, "吉安市谁负责住房"))) == {"004"}
    assert set(leads(who(searcher, "谁负责住房", Filter(jurisdiction="昆明市")))) == {"003"}


def test_a_place_not_held_is_told_apart_from_nobody_named(searcher):
    answer = who(searcher, "北京市谁负责住房")
    assert not answer.answers
    assert not answer.place_held


def test_a_topic_outside_the_store_gets_nobody(searcher):
    answer = who(searcher, "谁负责养狗")
    assert not answer.answers
    assert answer.nearest


def test_a_topic_named_in_passing_gives_the_bodies_of_its_own_system_alone(searcher):
    answer = who(searcher, "who handles tax")
    assert {body.system for document in answer.answers for body in document.bodies} <= {"taxation"}


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("改善条件。（住建局牵头,财政局配合）", "财政局", "（住建局牵头,财政局配合）"),
        ("由各县(市、区)政府负责。第二句。", "政府", "由各县(市、区)政府负责。"),
        ("一、（甲(乙)牵头）", "乙", "（甲(乙)牵头）"),
        ("住建局负责", "住建局", "住建局负责"),
        ("(没有关上,住建局负责。后面", "住建局", "(没有关上,住建局负责。"),
    ],
)
def test_the_quote_is_the_bracket_or_the_sentence(text, name, quote):
    start = text.index(name)
    a, b = find_quote(text, start, start + len(name))
    assert text[a:b] == quote
