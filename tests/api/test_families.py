"""One idea adopted by city after city, from the files to the page's data and its tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from api.context import Context, open_context
from api.problems import NotHeld
from api.resources import matters, spread
from api.resources.spread_tables import articles_table, texts_table
from graph.batch import ingest_paths
from graph.opening import open_store
from settings import HOME

ARTICLES = {
    "plan": "市人民政府应当将节约用水工作纳入国民经济和社会发展规划，制定节约用水年度计划并组织实施。",
    "meter": "用水单位应当安装经检定合格的计量设施，做好日常维护，不得擅自停用、拆除或者更换计量设施。",
    "price": "市价格主管部门应当会同水行政主管部门建立居民生活用水阶梯水价制度，并向社会公布征收标准。",
    "reuse": "园林绿化、环境卫生、建筑施工等用水应当优先使用再生水和收集的雨水，减少使用公共供水。",
    "school": "学校应当开展节约用水教育，每学期组织学生参加一次以上节约用水实践活动，培养良好习惯。",
    "award": "对在节约用水工作中做出突出贡献的单位和个人，由市人民政府按照有关规定给予表彰和奖励。",
}
CITIES = {
    "南昌市": ("2016", ("plan", "meter", "price", "reuse")),
    "抚州市": ("2018", ("plan", "meter", "price", "reuse", "school")),
    "吉安市": ("2020", ("award", "meter", "price", "reuse", "school")),
}


def regulation(city: str) -> str:
    year, names = CITIES[city]
    opening = f"{city}节约用水条例\n\n{year}年3月1日{city}人民代表大会常务委员会第三次会议通过\n\n"
    purpose = ["为了节约用水，结合本市实际，制定本条例。"]
    words = [*purpose, *(ARTICLES[name] for name in names), f"本条例自{year}年6月1日起施行。"]
    return opening + "\n".join(f"第{'一二三四五六七八'[n]}条 {text}" for n, text in enumerate(words)) + "\n"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A store of the three regulations."""
    folder, home = tmp_path_factory.mktemp("cities"), tmp_path_factory.mktemp("home")
    for city in CITIES:
        (folder / f"{city}.txt").write_text(regulation(city), encoding="utf-8")
    with open_store(home, write=True) as store:
        ingest_paths(store, [folder])
    patch = pytest.MonkeyPatch()
    patch.setenv(HOME.variable, str(home))
    opened = open_context()
    yield opened
    opened.close()
    patch.undo()


def test_the_family_is_listed(context: Context) -> None:
    [found] = matters(context).items
    assert (found.title, found.texts, found.places) == ("节约用水条例", 3, 3)
    assert (found.first, found.last) == ("2016-03-01", "2020-03-01")
    assert matters(context, "不在此").items == ()


def test_each_city_hangs_on_the_one_it_copied(context: Context) -> None:
    texts = {text.place: text for text in spread(context, "节约用水条例").texts}
    assert [(one.place, one.source_place, one.followers) for one in texts.values()] == [
        ("南昌市", None, 1),
        ("抚州市", "南昌市", 1),
        ("吉安市", "抚州市", 0),
    ]
    assert (texts["吉安市"].copied, texts["吉安市"].units) == (6, 7), "all but the award"


def test_who_wrote_which_article_first(context: Context) -> None:
    found = {article.words[:4]: article for article in spread(context, "节约用水条例").articles}
    first = {words: (article.first.jurisdiction, article.texts) for words, article in found.items()}
    assert first == {"用水单位": ("南昌市", 3), "市价格主": ("南昌市", 3), "园林绿化": ("南昌市", 3),
                     "市人民政": ("南昌市", 2), "学校应当": ("抚州市", 2)}  # fmt: skip


def test_the_tables_say_the_same(context: Context) -> None:
    texts = list(csv.DictReader(texts_table(context, "节约用水条例")))
    assert [(row["place"], row["source_place"]) for row in texts][1:] == [("抚州市", "南昌市"), ("吉安市", "抚州市")]
    rows = list(csv.DictReader(articles_table(context, "节约用水条例")))
    school = [row for row in rows if row["words"].startswith("学校")]
    assert [(row["place"], row["first_place"]) for row in school] == [("抚州市", "抚州市"), ("吉安市", "抚州市")]


def test_a_family_that_is_not_held(context: Context) -> None:
    with pytest.raises(NotHeld):
        spread(context, "没有这样的条例")
