import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.protocol import Filter
from ingest.tokens import plain
from search.boolean.finding import COLUMNS, find_everything, write_table
from search.boolean.matching import find_matches, matches
from search.boolean.parsing import All, Either, Near, Phrase, QuerySyntaxError, Without, parse

A, B, C = Phrase("甲"), Phrase("乙"), Phrase("丙")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("甲", A),
        ("甲 乙", All((A, B))),
        ("甲 AND 乙", All((A, B))),
        ("甲 OR 乙 丙", Either((A, All((B, C))))),
        ("（甲 OR 乙） 丙", All((Either((A, B)), C))),
        ("甲 NOT 乙", All((A, Without(B)))),
        ("甲 -乙", All((A, Without(B)))),
        ("甲 AND NOT (乙 OR 丙)", All((A, Without(Either((B, C)))))),
        ("甲 NEAR/10 乙 丙", All((Near(A, B, 10), C))),
        ("甲 NEAR/3 乙 NEAR/4 丙", Near(Near(A, B, 3), C, 4)),
        ("“甲 乙”", Phrase("甲 乙")),
        ("農民工 ＧＤＰ", All((Phrase("农民工"), Phrase("gdp")))),
        ("NEARLY ORDER", All((Phrase("nearly"), Phrase("order")))),
    ],
)
def test_a_query_is_read(query, tree):
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "position"),
    [("甲 AND", 5), ("(甲 OR 乙", 0), ("甲)", 1), ("OR 甲", 0), ("甲 NEAR 乙", 2), ("NEAR/3 甲", 0), ("NOT 甲", 0),
     ("甲 “乙", 2), ("甲 NEAR/3 (乙 丙)", 9), ("()", 1), ("，", 0), ("", 0),
     ("甲 NEAR/5000 乙", 2), ("(" * 99 + "甲" + ")" * 99, 50)],
)  # fmt: skip
def test_a_fault_has_its_place(query, position):
    with pytest.raises(QuerySyntaxError) as fault:
        parse(query)
    assert fault.value.position == position


@given(st.text(alphabet='甲乙 ()"-ANDORTE/1“”', max_size=30))
def test_any_text_is_read_or_refused_with_a_place_in_it(query):
    assert 0 <= position_of_fault(query) <= len(query)


def position_of_fault(query):
    try:
        parse(query)
    except QuerySyntaxError as fault:
        return fault.position
    return 0


@pytest.mark.parametrize(
    ("query", "text", "spans"),
    [
        ("工资 NEAR/3 保证金", "工资支付保证金", [(0, 2), (4, 7)]),
        ("工资 NEAR/1 保证金", "工资支付保证金", None),
        ("保证金 NEAR/0 工资", "工资保证金", [(0, 2), (2, 5)]),
        ("工资 NEAR/10 工资", "工资", None),
        ("2014", "国发[2014]40号 20145", [(3, 7)]),
        ("甲 -乙", "甲丙", [(0, 1)]),
        ("甲 -乙", "甲乙", None),
        ("(甲 OR 乙) NEAR/2 丙", "乙丁丙 甲", [(0, 1), (2, 3), (4, 5)]),
    ],
)
def test_what_matches_and_where(query, text, spans):
    assert find_matches(parse(query), text) == spans


QUERIES = [
    "欠薪",
    "(拖欠 OR 欠薪) AND 保证金 NEAR/10 工资",
    "工资 -保证金",
    "税",
    "2014",
    "“以人为本” 城镇",
    "農民工 NEAR/5 工资",
]


@pytest.mark.parametrize("query", QUERIES)
def test_everything_is_found_and_nothing_else(searcher, query):
    wanted = {row.id for row in searcher.reader.all_provisions() if matches(parse(query), plain(row.text))}
    found = find_everything(searcher, query, limit=500)
    assert {one.id for one in found.items} == wanted
    assert found.total == len(wanted) > 0
    assert sum(share.provisions for share in found.by_place) == sum(share.provisions for share in found.by_year) == found.total
    for one in found.items:
        text = searcher.reader.source_text(one.document.id)
        assert all(text[place.start : place.end] == place.match for place in one.places)


def test_pages_follow_one_another_in_a_stable_order(searcher):
    whole = [one.id for one in find_everything(searcher, "工资", limit=500).items]
    parts = [
        one.id for offset in range(0, len(whole), 7) for one in find_everything(searcher, "工资", offset=offset, limit=7).items
    ]
    assert parts == whole
    paths = [one.path for one in find_everything(searcher, "工资", Filter(jurisdiction="昆明市"), limit=500).items]
    assert paths == sorted(paths, key=lambda path: [int(part) if part.isdecimal() else 0 for part in path.split(".")])


def test_the_table_has_a_line_for_each_provision(searcher):
    rows = list(csv.reader(io.StringIO("".join(write_table(searcher, "欠薪")))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) - 1 == find_everything(searcher, "欠薪").total
    assert all(row[COLUMNS.index("match")] == "欠薪" for row in rows[1:])
