import pytest

from ingest.embedding import load
from ingest.tokens import plain
from search.glossary import LONGEST_ENGLISH, notions
from search.places import find_places
from search.questions import find_intent, find_plain, intent_patterns, plain_phrases
from search.stemming import stems
from search.understanding import understand


class Holding:
    """A store that holds these phrases (null: every one), with the shipped embedding."""

    def __init__(self, phrases=None):
        self.phrases = phrases
        self.encode = load().encode

    def occurs(self, phrase):
        return self.phrases is None or phrase in self.phrases

    def holds_place(self, name):
        return True


EVERYTHING = Holding()


@pytest.mark.parametrize("row", intent_patterns(), ids=lambda row: row.example)
def test_every_pattern_matches_its_example(row):
    assert row.pattern.search(plain(row.example))
    assert find_intent(plain(row.example))[0] == row.intent


@pytest.mark.parametrize(("pattern", "example"), plain_phrases(), ids=lambda part: getattr(part, "pattern", part)[:12])
def test_every_turn_of_speech_matches_its_example(pattern, example):
    assert pattern.search(plain(example))


def test_turns_of_speech_carry_no_topic():
    assert find_plain("能不能提取公积金") == [(0, 3)]
    plan = understand("租房能不能把公积金取出来", EVERYTHING)
    assert all("不能" not in term for item in plan.understood for term in item.taken_for)


def test_a_single_character_within_an_official_term_is_no_everyday_word():
    assert not {"养", "犬"} & {item.words for item in understand("养犬登记", EVERYTHING).understood}


def test_what_is_said_twice_counts_once():
    groups = understand("罚款多少，怎么罚", EVERYTHING).groups
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("who handles housing", "who"),
        ("谁负责住房", "who"),
        ("落户归哪个部门管？", "who"),
        ("which agencies are responsible for legal aid", "who"),
        ("劳动合同签订率要达到多少", "targets"),
        ("how many people must be trained", "targets"),
        ("under which law is overtime limited", "basis"),
        ("各地的补贴有什么不同", "compare"),
        ("农民工住房", "search"),
        ("training of migrant workers", "search"),
    ],
)
def test_the_intent_is_read_from_how_a_question_asks(question, intent):
    assert understand(question, EVERYTHING).intent == intent


def taken(question, held=EVERYTHING):
    return {item.words: (item.source, item.taken_for) for item in understand(question, held).understood}


def test_everyday_and_english_words_become_official_terms():
    assert "拖欠工资" in taken("老板不给工钱")["不给工钱"][1]
    assert taken("who handles left-behind children")["left behind children"][1][0] == "留守儿童"
    assert taken("unpaid wages")["unpaid wages"][1][0] == "拖欠工资"


def test_the_longest_phrase_wins():
    assert list(taken("work safety law")) == ["work safety law"]
    assert "民工" not in taken("农民工住房")


def test_what_the_glossary_lacks_comes_from_the_dictionary():
    source, terms = taken("chrysanthemum")["chrysanthemum"]
    assert source == "dictionary"
    assert "菊花" in terms


def test_what_nobody_knows_is_said_to_be_unknown():
    plan = understand("qwxyz subsidies", EVERYTHING)
    unknown = plan.understood[0]
    assert (unknown.words, unknown.source, unknown.held) == ("qwxyz", "none", False)


def test_only_terms_that_the_store_holds_are_searched():
    assert taken("housing", Holding({"居住"}))["housing"][1] == ("居住",)
    (absent,) = understand("fishing ban", Holding(set())).understood
    assert absent.taken_for
    assert not absent.held


@pytest.mark.parametrize("question", ["who handles housing in Kunming", "昆明市谁负责住房", "谁负责住房（昆明）"])
def test_a_place_is_recognised_and_is_no_topic(question):
    plan = understand(question, EVERYTHING)
    assert plan.place == "昆明市"
    assert "昆明" not in plan.topic


def test_the_whole_country_is_no_place_to_narrow_to():
    assert understand("全国志愿服务由哪个部门管", EVERYTHING).places == ()


@pytest.mark.parametrize("typed", ["国发〔2014〕47号", "国发[2014]47号", "国发（2014）47 号", "國發【2014】47號"])
def test_a_document_number_is_exact_in_any_brackets(typed):
    plan = understand(typed, EVERYTHING)
    assert plan.numbers == ("国发〔2014〕47号",)
    assert plan.exact == plan.numbers


def test_words_in_title_or_quotation_marks_are_exact():
    assert understand("《中华人民共和国反家庭暴力法》规定了什么", EVERYTHING).exact == ("反家庭暴力法",)
    assert understand("“春风行动” 工资", EVERYTHING).exact == ("春风行动",)


def test_the_glossary_is_clean():
    rows = notions()
    assert len(rows) >= 600
    assert {notion.kind for notion in rows} <= {"system", "topic", "measure", "instrument", "programme", "everyday", "place"}
    for notion in rows:
        assert notion.official
        assert notion.english or notion.everyday, notion
        assert all(len(stems(name)) <= LONGEST_ENGLISH for name in notion.english), notion
        assert all(notion.everyday), notion


@pytest.mark.parametrize(
    ("question", "place"),
    [("who handles housing in Ganzhou", "赣州市"), ("pensions in lu'an", "六安市"), ("jobs in Suzhou and in Jilin", "吉林省")],
)
def test_places_are_known_by_their_names_in_latin_letters(question: str, place: str) -> None:
    assert place in [found.name for found in find_places(question.lower())]
