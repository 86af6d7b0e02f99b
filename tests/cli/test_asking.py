"""search, who, show, trace, stats as text: what a reader sees."""

from __future__ import annotations

from pathlib import Path

from tests.cli import run


def test_who_shows_leads_first_with_the_words_that_name_them(shipped_home: Path) -> None:
    out = run("who", "谁负责住房", "--place", "吉安市", home=shipped_home).out
    assert out.index("市城建局") < out.index("市城建局、市房管局牵头")
    assert "lead" in out
    assert "吉农工办〔2017〕1号" in out
    assert "snapshot " in out


def test_search_shows_document_path_and_how_to_open_a_hit(shipped_home: Path) -> None:
    out = run("search", "拖欠工资", "-k", "2", home=shipped_home).out
    opened = [line.split("zhengmai show ")[1] for line in out.splitlines() if "zhengmai show " in line]
    assert len(opened) == 2
    shown = run("show", opened[0], home=shipped_home)
    assert shown.status == 0
    assert "工资" in shown.out


def test_a_filter_keeps_to_its_place_and_everything_below_it(shipped_home: Path) -> None:
    hits = run("search", "培训", "--place", "内蒙古自治区", "-k", "20", "--json", home=shipped_home).json["hits"]
    assert {hit["jurisdiction"] for hit in hits} == {"内蒙古自治区", "二连浩特市"}


def test_a_question_about_nothing_held_says_so_and_fails(shipped_home: Path) -> None:
    call = run("search", "zzzzqqqq", home=shipped_home)
    assert call.status == 1
    assert "Nothing found" in call.out
    assert "not understood: zzzzqqqq" in call.out


def test_a_filter_that_nothing_can_have_is_wrong_usage_and_lists_the_choices(shipped_home: Path) -> None:
    for option, choice in (("--role", "support"), ("--level", "prefecture"), ("--system", "housing")):
        call = run("search", "住房", option, "nonsense", home=shipped_home)
        assert call.status == 2, option
        assert choice in call.err


def test_show_tells_when_nothing_has_that_name(shipped_home: Path) -> None:
    call = run("show", "没有这个", home=shipped_home)
    assert call.status == 1
    assert "没有这个" in call.err


def test_trace_names_the_source_that_is_cited_but_not_held(shipped_home: Path) -> None:
    answer = run("trace", "内政发〔2015〕71号", "--json", home=shipped_home).json
    source = next(item for item in answer["sources"] if item["doc_number"] == "国发〔2014〕40号")
    assert source["held"] is False
    assert source["evidence"] == "stated"
    assert {"id", "title", "source"} <= set(source)
    assert "cited, not held" in run("trace", "内政发〔2015〕71号", home=shipped_home).out


def test_trace_from_a_descendant_leads_back(shipped_home: Path) -> None:
    below = run("trace", "内政发〔2015〕71号", "--json", home=shipped_home).json["descendants"]
    for item in below:
        above = run("trace", item["id"], "--json", home=shipped_home).json["sources"]
        assert "内政发〔2015〕71号" in {source["doc_number"] for source in above}


def test_a_document_against_its_source(shipped_home: Path) -> None:
    answer = run("trace", "二政发〔2016〕7号", "--source", "内政发〔2015〕71号", "--json", home=shipped_home).json
    pairs = {(pair["path"], pair["source_path"]): pair for pair in answer["pairs"]}
    assert answer["standing"] == "derives"
    assert answer["via"] == ["锡林郭勒盟"]
    assert ("2.3", "2.4") in pairs
    assert pairs["3.4", "3.4"]["changes"]["lead"] == {"lost": ["work_safety"], "gained": ["industry_it"]}
    dropped = [t["source_target"]["text"] for t in pairs["1.3", "1.3"]["changes"]["targets"] if t["change"] == "dropped"]
    assert any("260万人次" in text for text in dropped)


def test_a_document_against_its_source_as_text(shipped_home: Path) -> None:
    out = run("trace", "二政发〔2016〕7号", "--source", "内政发〔2015〕71号", home=shipped_home).out
    assert "hands the lead from Work Safety" in out
    assert run("trace", "内政发〔2015〕71号", "--source", "国发〔2014〕40号", home=shipped_home).status == 1


def test_text_for_a_file_has_no_codes_of_a_terminal_and_no_trailing_spaces(shipped_home: Path) -> None:
    for arguments in (("who", "housing"), ("stats",), ("show", "内政发〔2015〕71号"), ("show", "housing")):
        out = run(*arguments, home=shipped_home).out
        assert "\x1b" not in out
        assert not [line for line in out.splitlines() if line != line.rstrip()]
