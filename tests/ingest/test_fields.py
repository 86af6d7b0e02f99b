"""Fields of documents as piles of files have them: pages, copies, statutes, decrees, and texts that set no norms."""

from __future__ import annotations

import pytest

from ingest.corrections import NONE, CorrectionError, corrected, extracted_cell, normalised
from ingest.extract import Reading, extract
from ingest.masthead.conflicts import conflicts
from ingest.records import DocumentFields, FieldCandidate
from ingest.source_text import SourceText

ARTICLES = "第一条　为了规范管理，制定本办法。\n第二条　市教育局负责组织实施。\n第三条　本办法自发布之日起施行。\n"
ITEMS = "一、加强管理。市教育局负责组织实施培训工作，市财政局配合。\n二、落实责任。各级人民政府应当加强领导。\n"


def fields(text: str, name: str = "a.txt", metadata: tuple[FieldCandidate, ...] = ()) -> DocumentFields:
    return Reading.of(SourceText(name=name, text=text, metadata=metadata)).fields


def told(field: str, value: str, place: str = "metadata") -> FieldCandidate:
    return FieldCandidate(field=field, value=value, place=place, rule="test")


def test_a_decree_has_its_number_over_two_lines() -> None:
    found = fields(
        f"江西省人民政府令\n第 223 号\n江西省渔业管理办法\n{ARTICLES}", metadata=(told("doc_number", "省政府令第223号"),)
    )
    assert found.doc_number == "江西省人民政府令第223号"
    assert found.issuers == ("江西省人民政府",)


def test_the_text_that_a_higher_congress_approves_counts() -> None:
    text = (
        "安徽省人民代表大会常务委员会\n关于批准《宣城市文明行为促进条例》\n的决议\n（2018年9月29日安徽省第十三届人民代表大会\n"
        "常务委员会第五次会议通过）\n会议决定批准《宣城市文明行为促进条例》，由宣城市人民代表大会常务委员会公布施行。\n"
        "宣城市文明行为促进条例\n（2018年8月29日宣城市第四届人民代表大会常务委员会第十一次会议通过　"
        f"2018年9月29日安徽省第十三届人民代表大会常务委员会第五次会议批准）\n{ARTICLES}"
    )
    found = fields(text)
    assert found.title == "宣城市文明行为促进条例"
    assert found.issuers == ("宣城市人民代表大会常务委员会",)
    assert (found.issued_on, found.jurisdiction, found.level) == ("2018-08-29", "宣城市", "prefecture")


PROMULGATED = [
    (
        "《中华人民共和国劳动合同法》已由中华人民共和国第十届全国人民代表大会常务委员会第二十八次会议于2007年6月29日通过，现予公布。",
        "2007-06-29",
        "全国人民代表大会常务委员会",
    ),
    ("《企业国有资产监督管理暂行条例》已经2003年5月13日国务院第8次常务会议讨论通过，现予公布。", "2003-05-13", "国务院"),
]


@pytest.mark.parametrize(("sentence", "day", "body"), PROMULGATED)
def test_a_statute_is_of_the_day_on_which_it_was_passed(sentence: str, day: str, body: str) -> None:
    title = sentence[1 : sentence.index("》")]
    found = fields(f"{title}\n{sentence}\n二○○八年一月一日\n{title}\n第一章　总则\n{ARTICLES}")
    assert (found.issued_on, found.issuers) == (day, (body,))


HEADS = [
    ("工资支付暂行规定\n1994年12月6日，劳动部\n", "1994-12-06", ("劳动部",)),
    ("关于实行不定时工作制的审批办法\n劳部发【1994】503号\n劳动部一九九四年十二月十四日发布\n", "1994-12-14", ("劳动部",)),
    (
        "关于抓紧落实改革办法的通知\n【颁布单位】劳动部办公厅\n【发文字号】\n【颁布时间】1996-4-26\n",
        "1996-04-26",
        ("劳动部办公厅",),
    ),
]


@pytest.mark.parametrize(("head", "day", "issuers"), HEADS)
def test_the_head_says_who_and_when(head: str, day: str, issuers: tuple[str, ...]) -> None:
    found = fields(head + ARTICLES)
    assert (found.issued_on, found.issuers, found.jurisdiction) == (day, issuers, "全国")


def test_a_text_that_lost_its_line_breaks_is_signed_inside() -> None:
    text = (
        "重庆市人民政府办公厅关于同意建立联席会议制度的函渝府办函〔2021〕52号市教委：你委《关于建立联席会议制度的请示》收悉。"
        "经市政府同意，现函复如下：市政府同意建立联席会议制度。请按有关部署安排认真组织开展工作。附件：联席会议制度"
        "重庆市人民政府办公厅2021年8月17日（此件公开发布）附件联席会议制度为加强部门协调配合，建立联席会议制度。"
        + "各成员单位按职责分工。"
        * 20
    )
    found = fields(text)
    assert (found.issued_on, found.nature) == ("2021-08-17", "reply")


def test_bodies_and_a_day_between_gaps_sign_a_text_that_lost_its_line_breaks() -> None:
    text = "各村：现调整如下：一、组长：甲。二、要落实责任。 甲县乙乡委员会    甲县乙乡人民政府    2021年10月14日    附：名单"
    found = fields(text)
    assert found.issuers == ("甲县乙乡委员会", "甲县乙乡人民政府")
    assert found.issued_on == "2021-10-14"


def test_a_national_statute_without_a_note_is_dated_by_its_file() -> None:
    found = fields(
        "# 节约用水条例\n\n第一条 为了节约用水，制定本条例。\n\n第二条 国家厉行节水。\n", "节约用水条例(2024-03-09).md"
    )
    assert (found.jurisdiction, found.level, found.issued_on) == ("全国", "national", "2024-03-09")


def test_a_title_spaced_out_in_the_red_head_is_read_from_the_table() -> None:
    table = "标题：甲市人民政府关于印发甲市粮食预案的通知\n"
    printed = "甲市人民政府关于印发\n甲 市 粮 食 预 案 的 通 知\n甲政发〔2020〕1号\n各县：\n一、做好工作。\n"
    assert fields(table + printed).title == "甲市人民政府关于印发甲市粮食预案的通知"


def test_the_years_of_a_plan_below_its_title_belong_to_it() -> None:
    found = fields("甲市产业发展三年行动计划\n（2021-2023年）\n\n一、总体要求\n加快发展。\n")
    assert found.title == "甲市产业发展三年行动计划（2021-2023年）"


def test_who_gave_a_page_its_text_is_the_issuer_of_last_resort() -> None:
    page = "怎么申领社会保障卡？\n发表时间：2026-06-25 16:00 信息来源：广州市人力资源和社会保障局\n请携带身份证到网点办理。\n"
    assert fields(page).issuers == ("广州市人力资源和社会保障局",)
    assert fields(page.replace("广州市人力资源和社会保障局", "人民网")).issuers == ()


def test_a_day_after_the_page_went_up_is_no_day_of_issue() -> None:
    text = f"吉安市人民政府关于加强管理的通知\n各县人民政府：\n{ITEMS}吉安市人民政府\n2016年9月21日\n"
    page = (told("published_on", "2020-03-10"), told("issued_on", "2020-03-13"))
    assert fields(text, metadata=page).issued_on == "2016-09-21"


def test_a_text_that_addresses_all_provinces_is_of_the_centre() -> None:
    found = fields(f"关于进一步贯彻实施最低工资规定的通知\n各省、自治区、直辖市劳动和社会保障厅（局）：\n{ITEMS}")
    assert (found.jurisdiction, found.level, found.issuers) == ("全国", "national", ())


NATURES = [
    ("吉安市人民政府关于加强管理的实施意见", "normative"),
    ("吉安市养老服务条例（征求意见稿）", "draft"),
    ("关于公开征求《吉安市应急规划》意见的公告", "draft"),
    ("《吉安市养老服务条例》政策解读", "interpretation"),
    ("广州市失业保险常见问题解答", "qa"),
    ("2025年度积分制入户工作热点13问", "qa"),
    ("我市召开农民工工作会议", "news"),
    ("江西省消保委发布疫情消费提示", "news"),
    ("江西省市场监督管理局食品安全监督抽检信息通告（2020年第11期）", "list"),
    ("江西省人民政府关于袁红林等同志任职的通知", "list"),
    ("关于开展2021年度高级职务任职资格申报工作的通知", "normative"),
    ("关于同意双庙乡行政村规模调整方案的批复", "reply"),
    ("国务院办公厅对全国政协十届四次会议第4626号提案的答复", "reply"),
    ("最高人民法院关于审理拒不支付劳动报酬案件适用法律若干问题的解释", "normative"),
]


@pytest.mark.parametrize(("title", "nature"), NATURES)
def test_nature(title: str, nature: str) -> None:
    assert fields(f"{title}\n{ITEMS}", metadata=(told("title", title),)).nature == nature


@pytest.mark.parametrize(
    ("title", "measures"), [("关于加强管理的意见", 2), ("关于加强管理的意见（征求意见稿）", 0), ("关于加强管理的批复", 2)]
)
def test_only_texts_that_set_norms_or_decide_have_measures(title: str, measures: int) -> None:
    found = extract(SourceText(name="a.txt", text=f"吉安市人民政府{title}\n{ITEMS}"))
    assert sum(p.role == "measure" for p in found.provisions) == measures
    assert len(found.provisions) >= 2


def test_conflicts_are_told_with_their_places() -> None:
    text = f"吉安市人民政府关于加强管理的通知\n各县人民政府：\n{ITEMS}吉安市人民政府\n2016年9月21日\n"
    page = (told("issuers", "赣州市教育局"), told("title", "关于加强管理的通知 - 吉安市人民政府网站", "title_tag"))
    found = conflicts(fields(text, metadata=page))
    assert [(one.field, one.value, [(o.value, o.place) for o in one.others]) for one in found] == [
        ("issuers", "吉安市人民政府", [("赣州市教育局", "metadata")])
    ]


def test_other_forms_of_what_was_chosen_are_no_conflict() -> None:
    text = f"吉安市人民政府办公室关于加强管理的通知\n各县人民政府：\n{ITEMS}吉安市人民政府办公室\n2016年9月21日\n"
    page = (told("issuers", "市政府办公室"), told("issued_on", "2016-09-21"))
    assert conflicts(fields(text, "2016_关于加强管理的通知.txt", page)) == ()


def test_a_word_processors_title_that_is_none_is_no_conflict() -> None:
    text = f"吉安市人民政府办公室关于加强管理的通知\n各县人民政府：\n{ITEMS}"
    titles = ("No:0000001", "关于自治区人大常委会", "吉安市养犬管理条例")
    found = conflicts(fields(text, metadata=tuple(told("title", title, "properties") for title in titles)))
    assert [other.value for one in found for other in one.others] == ["吉安市养犬管理条例"]


def test_what_a_correction_replaced_is_told_once() -> None:
    text = f"吉安市人民政府办公室关于加强管理的通知\n吉府办发〔2016〕5号\n各县人民政府：\n{ITEMS}"
    (found,) = conflicts(corrected(fields(text), {"doc_number": "吉府办发〔2016〕6号"}))
    assert [other.value for other in found.others] == ["吉府办发〔2016〕5号"]


CELLS = [
    ("doc_number", "内政发[2015] 71 号", "内政发〔2015〕71号"),
    ("issued_on", "2015年8月7日", "2015-08-07"),
    ("jurisdiction", "广西", "广西壮族自治区"),
    ("issuers", "甲局;乙局 ；甲局", "甲局；乙局"),
    ("title", " 一个  标题 ", "一个 标题"),
    ("level", "-", NONE),
]


@pytest.mark.parametrize(("field", "cell", "kept"), CELLS)
def test_a_cell_is_brought_to_one_form(field: str, cell: str, kept: str) -> None:
    assert normalised(field, cell) == kept
    assert normalised(field, kept) == kept


@pytest.mark.parametrize(("field", "cell"), [("doc_number", "七十一号文"), ("issued_on", "2015-13-41"), ("nature", "law")])
def test_a_cell_that_no_field_can_have_is_refused(field: str, cell: str) -> None:
    with pytest.raises(CorrectionError):
        normalised(field, cell)


def test_a_correction_gives_the_reason_and_keeps_what_it_replaced() -> None:
    before = fields(f"吉安市人民政府关于加强管理的通知\n{ITEMS}")
    after = corrected(before, {"title": "别的标题", "jurisdiction": "赣州市", "issuers": NONE, "kind": "通知"})
    assert (after.title, after.jurisdiction, after.level, after.issuers) == ("别的标题", "赣州市", "prefecture", ())
    assert {name for name, rule in after.chosen.items() if rule == "correction.reader"} == {"title", "jurisdiction", "issuers"}
    assert extracted_cell(after, "title") == before.title
    assert corrected(after, {"title": "别的标题"}) == after


@pytest.mark.parametrize("piece", ["（", "人民政府", "关于", "2015年1月1日", "吉安市人民政府2015年", "《关于印发", "号"])
def test_one_endless_line_takes_no_endless_time(piece: str) -> None:
    """Patterns that try every character of every beginning would take minutes here, and this test with them."""
    assert fields(piece * 20_000).kind is None
