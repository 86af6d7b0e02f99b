from hypothesis import given
from hypothesis import strategies as st

from ingest.tokens import bigrams, plain, words

MIXED = st.text(st.sampled_from("农民工住房勞動合同ＧＤＰgdp１２３45〔〕（）。，\n\u3000İßﬀ𠮷"), max_size=60)


@given(MIXED | st.text(max_size=60))
def test_plain_text_keeps_its_length_so_that_offsets_hold(text):
    assert len(plain(text)) == len(text)


@given(MIXED)
def test_writing_it_otherwise_changes_no_token(text):
    assert words(plain(text)) == words(text)
    assert bigrams(plain(text)) == bigrams(text)


def test_traditional_full_width_and_capitals_are_one_with_plain():
    assert words("勞動合同ＧＤＰ") == words("劳动合同gdp")
    assert bigrams("國發［２０１４］40號") == ["国发", "2014", "40", "号"]


def test_punctuation_stands_between_bigrams():
    assert bigrams("住房。工资") == ["住房", "工资"]
    assert bigrams("村") == ["村"]
