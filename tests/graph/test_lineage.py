"""Lineage: units, alignment, relations and what changed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.lineage.alignment import RELATED, Alignment, align
from graph.lineage.changed_facts import body_changes, lead_change, target_changes
from graph.lineage.changes import Changes, changes_of
from graph.lineage.force import force_changes, force_words
from graph.lineage.in_words import in_words
from graph.lineage.neutral import NeutralWord, neutral_words
from graph.lineage.passages import passages_of
from graph.lineage.prepared import Prepared, grams_of, prepare
from graph.lineage.relations import relation_of
from graph.lineage.units import Side, units_of
from ingest.embedding import load
from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import FACTS, Responsibility, Target
from ingest.source_text import SourceText
from settings import ROOT

POLICIES = ROOT / "data" / "policies"
STATUTE = """某市节约用水条例

第一条 为了节约用水，保护水资源，根据《中华人民共和国水法》，制定本条例。
第二条 市水行政部门负责节约用水工作，每年向社会公布用水情况。
第三条 用水单位应当安装计量设施，并做好维护。鼓励使用再生水浇灌绿地。
第四条 违反本条例第三条规定的，由水行政部门责令限期改正，处一千元罚款。
第五条 本条例自2020年1月1日起施行。
"""


def side_of(text: str) -> Side:
    found = extract(SourceText("条例.txt", text))
    return Side(found.source_text, found.provisions, {kind: getattr(found, kind) for kind in FACTS})


def policy(name: str) -> Side:
    found = extract(read_file(POLICIES / name))
    return Side(found.source_text, found.provisions, {kind: getattr(found, kind) for kind in FACTS})


@pytest.fixture(scope="module")
def sides() -> tuple[Side, Side]:
    """二连浩特's plan and the opinion of 内蒙古 that it carries out."""
    return policy("001_fb8999b9bcbab4cd.txt"), policy("000_98ded61baaf3bf65.txt")


@pytest.fixture(scope="module")
def erenhot(sides: tuple[Side, Side]) -> Alignment:
    lower, higher = sides
    return align(prepare(lower, load()), prepare(higher, load()))


def paths(alignment: Alignment) -> set[tuple[str, str]]:
    return {(alignment.lower.units[k.lower].path, alignment.higher.units[k.higher].path) for k in alignment.links}


def changes_at(alignment: Alignment, sides: tuple[Side, Side], path: str) -> Changes:
    link = next(link for link in alignment.links if alignment.lower.units[link.lower].path == path)
    return changes_of(alignment, link, *sides)


def test_articles_are_compared_with_their_items_and_measures_without_the_bodies_in_brackets(sides: tuple[Side, Side]) -> None:
    assert [unit.path for unit in units_of(side_of(STATUTE))] == ["a1", "a2", "a3", "a4", "a5"]
    words = "".join(sentence.words for unit in units_of(sides[0]) for sentence in unit.sentences)
    assert "人社局牵头" not in words
    assert "职业技能" in words


def test_sentences_keep_their_place(sides: tuple[Side, Side]) -> None:
    side = sides[0]
    for unit in units_of(side):
        for sentence in unit.sentences:
            assert unit.start <= sentence.start < sentence.end <= unit.end
            assert len(sentence.words) == sentence.end - sentence.start


def test_a_text_comes_word_for_word_from_itself() -> None:
    text = prepare(side_of(STATUTE), load())
    found = align(text, text)
    assert {(path, path) for path in ("a1", "a2", "a3", "a4", "a5")} <= paths(found)
    assert {relation_of(found, link) for link in found.links if link.lower == link.higher} == {"verbatim"}
    assert not found.new


def test_texts_about_different_matters_are_not_linked_by_the_words_of_every_statute(sides: tuple[Side, Side]) -> None:
    found = align(prepare(side_of(STATUTE), load()), prepare(sides[1], load()))
    assert found.closeness < RELATED
    assert not found.links
    assert not found.new


def test_nothing_is_compared_with_an_empty_text() -> None:
    empty = prepare(Side("", ()), load())
    assert not align(empty, prepare(side_of(STATUTE), load())).links


def test_a_measure_merged_from_two_has_two_sources(erenhot: Alignment) -> None:
    assert {("2.3", "2.3"), ("2.3", "2.4")} <= paths(erenhot)


def test_word_for_word_but_the_lead_is_handed_on(erenhot: Alignment, sides: tuple[Side, Side]) -> None:
    changes = changes_at(erenhot, sides, "3.4")
    assert changes.lead is not None
    assert (changes.lead.lost, changes.lead.gained) == (("work_safety",), ("industry_it",))
    link = next(link for link in erenhot.links if erenhot.lower.units[link.lower].path == "3.4")
    assert relation_of(erenhot, link) == "verbatim"
    assert "hands the lead" in in_words("verbatim", changes, "en")
    assert "牵头由" in in_words("verbatim", changes, "zh")


def test_a_goal_without_its_number(erenhot: Alignment, sides: tuple[Side, Side]) -> None:
    dropped = [
        t.source_target.value for t in changes_at(erenhot, sides, "1.3").targets if t.change == "dropped" and t.source_target
    ]
    assert set(dropped) >= {2_600_000, 140_000}


def test_a_condition_taken_away_hardens_the_order(erenhot: Alignment, sides: tuple[Side, Side]) -> None:
    changes = changes_at(erenhot, sides, "3.2")
    assert ("有条件的", "dropped", "hardened") in {(f.word, f.how, f.change) for f in changes.force}


def test_passages_are_the_words_of_both_texts(erenhot: Alignment, sides: tuple[Side, Side]) -> None:
    lower, higher = sides
    for link in erenhot.links:
        for passage in passages_of(erenhot, link):
            if passage.kind == "kept":
                own = lower.text[passage.start : passage.end]
                theirs = higher.text[passage.source_start : passage.source_end]
                assert "".join(own.split()) == "".join(theirs.split()) or len(own) == len(theirs)
            if passage.kind == "added":
                assert passage.source_start is None


def responsibility(name: str, system: str, role: str) -> Responsibility:
    return Responsibility(
        path="1", start=0, end=1, rule="t", name=name, system=system, role=role, generic=False, stated="bracket"
    )  # fmt: skip


def test_bodies_are_matched_by_system() -> None:
    higher = [responsibility("自治区财政厅", "finance", "lead"), responsibility("自治区教育厅", "education", "joint")]
    lower = [responsibility("教科局", "education+science_tech", "lead"), responsibility("公安局", "public_security", "support")]
    assert [(c.change, c.name) for c in body_changes(lower, higher)] == [
        ("dropped", None), ("role_changed", "教科局"), ("added", "公安局"),
    ]  # fmt: skip
    changed = lead_change(lower, higher)
    assert changed is not None
    assert changed.lost == ("finance",)
    assert lead_change(lower[1:], higher) is None


def target(value: float | None, unit: str = "人", metric: str = "培训", by: str | None = "2020") -> Target:
    return Target(
        path="1", start=0, end=1, rule="t", text="培训", metric=metric, op="=", value=value, unit=unit, period=None,
        from_year=None, by=by, kind="target",
    )  # fmt: skip


def test_targets_are_raised_lowered_dropped_or_added() -> None:
    assert [c.change for c in target_changes([target(200)], [target(100)])] == ["raised"]
    lowered = target_changes([target(50, by="2022")], [target(100)])[0]
    assert (lowered.change, lowered.ratio, lowered.deadline_moved) == ("lowered", 0.5, True)
    assert [c.change for c in target_changes([target(1, unit="%")], [target(100)])] == ["dropped", "added"]


@pytest.mark.parametrize("word", sorted(force_words()))
def test_every_word_of_force_is_in_its_example(word: str) -> None:
    assert word in force_words()[word].example


@pytest.mark.parametrize("word", neutral_words(), ids=lambda word: word.pattern)
def test_every_neutral_word_matches_its_examples(word: NeutralWord) -> None:
    assert all(re.fullmatch(word.pattern, example) for example in word.examples)


def test_a_purpose_of_its_own_is_nothing_new() -> None:
    law = prepare(side_of("献血法\n\n第一条 为了保障公民的健康，制定本法。\n第二条 血站应当对采集的血液进行检测。\n"), load())
    rules = prepare(
        side_of("献血办法\n\n第一条 根据有关规定，结合本市实际，制定本办法。\n第二条 血站应当对采集的血液进行检测。\n"), load()
    )
    found = align(rules, law)
    assert found.related
    assert 0 not in (*found.new, *found.left_out)


@given(st.lists(st.sampled_from("水土保持，。 2020（）"), max_size=30).map("".join))
def test_grams_never_cross_punctuation(words: str) -> None:
    grams = grams_of(words)
    assert len(set(grams.tolist())) == len(grams)
    assert len(grams) <= max(0, len(words) - 1)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(2, 5)))
def test_the_order_of_articles_does_not_break_the_alignment(order: list[int]) -> None:
    lines = STATUTE.split("\n")
    moved = [lines[0], "", lines[2], *(lines[number + 1] for number in order), lines[6]]
    renumbered = [line if not line.startswith("第") else f"第{'一二三四五'[n]}条{line[3:]}" for n, line in enumerate(moved[2:])]
    text = "\n".join([*moved[:2], *renumbered])
    found = align(prepare(side_of(text), load()), prepare(side_of(STATUTE), load()))
    bodies: dict[str, str] = {unit.path: unit.sentences[-1].words for unit in found.lower.units}
    theirs: dict[str, str] = {unit.path: unit.sentences[-1].words for unit in found.higher.units}
    linked = paths(found)
    for path, words in bodies.items():
        same = [other for other, said in theirs.items() if said == words]
        assert not same or (path, same[0]) in linked


def test_force_counts_only_inside_kept_sentences(erenhot: Alignment, sides: tuple[Side, Side]) -> None:
    passages = [p for p in passages_of(erenhot, erenhot.links[0]) if p.kind == "kept"]
    assert force_changes(sides[0].text, sides[1].text, passages) == ()
    assert isinstance(erenhot.lower, Prepared)
    assert replace(erenhot, links=()).doubtful
