"""How a matter spread: titles without their place, who copied whom, who wrote which article first."""

from __future__ import annotations

import pytest

from graph.lineage.evidence import Evidence
from graph.lineage.matters import matter_of
from graph.lineage.rows import ComparisonRow, Derivation, HeldText, MeasureEnd
from graph.lineage.spreading import articles, followers, taken
from graph.protocol import DocumentBrief

DAYS = {"甲": "2017-01-01", "乙": "2018-01-01", "丙": "2019-01-01", "丁": "2020-01-01"}


def brief(place: str) -> DocumentBrief:
    return DocumentBrief(id=place, title=f"{place}市条例", doc_number=None, source=f"{place}.txt")


def text(place: str) -> HeldText:
    return HeldText(document=brief(place), place=f"{place}市", level="prefecture", date=DAYS[place])


def end(place: str, path: str) -> MeasureEnd:
    return MeasureEnd(
        id=f"{place}:{path}", path=path, heading=None, document=brief(place), jurisdiction=f"{place}市", date=DAYS[place]
    )


def link(lower: str, higher: str, evidence: Evidence = "copied", score: float = 0.9) -> Derivation:
    ends = {name: end(*where.split(":")) for name, where in (("lower", lower), ("higher", higher))}
    return Derivation(**ends, relation="adapted", evidence=evidence, score=score, standing="unstated")


def pair(lower: str, higher: str, units: int = 10) -> ComparisonRow:
    return ComparisonRow(
        lower=brief(lower), lower_place=None, lower_date=None, higher=brief(higher), higher_place=None, higher_date=None,
        standing="unstated", evidence="copied", closeness=1.0, units=units, linked=5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("云南省文明行为促进条例", "文明行为促进条例"),
        ("深圳经济特区文明行为促进条例（2019修正）", "文明行为促进条例"),
        ("临夏回族自治州文明行为促进条例", "文明行为促进条例"),
        ("北京市实施《中华人民共和国水法》办法", "实施《水法》办法"),
        ("山东省实施《水法》办法", "实施《水法》办法"),
        ("昆明市人民政府关于进一步做好为农民工服务工作的实施意见", "关于进一步做好为农民工服务工作的实施意见"),
        ("吉安市人民政府关于印发《农民工服务工作实施方案》的通知", "农民工服务工作实施方案"),
        ("抚州市", None),
    ],
)
def test_a_matter_is_the_title_without_its_place(title: str, matter: str | None) -> None:
    assert matter_of(title) == matter


def test_a_text_hangs_on_the_one_from_which_it_took_most() -> None:
    links = [link("丙:a1", "甲:a1"), link("丙:a1", "乙:a1"), link("丙:a2", "乙:a2"), link("丙:a3", "甲:a3", "inferred")]
    found = taken([text("甲"), text("乙"), text("丙")], [pair("丙", "甲"), pair("丙", "乙")], links)
    assert [(one.source, one.copied) for one in found] == [(None, 0), (None, 0), ("乙", 2)]
    assert followers(found) == {"乙": 1}


def test_less_than_a_fifth_is_no_copy() -> None:
    [one] = taken([text("乙")], [pair("乙", "甲", units=11)], [link("乙:a1", "甲:a1"), link("乙:a2", "甲:a2")])
    assert (one.source, one.copied, one.units) == (None, 0, 11)


def test_an_article_is_followed_back_to_who_wrote_it_first() -> None:
    links = [link("乙:a1", "甲:a4"), link("丙:a2", "乙:a1"), link("丁:a2", "丙:a2"), link("丁:a2", "甲:a9", score=0.5)]
    [found] = articles([*links, link("丁:a7", "丙:a8", "inferred")])
    assert found.first.id == "甲:a4"
    assert [copy.id for copy in found.copies] == ["乙:a1", "丙:a2", "丁:a2"]
