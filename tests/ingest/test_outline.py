from __future__ import annotations

import pytest
from hypothesis import given

from ingest.boilerplate import find_boilerplate
from ingest.outline.reading import outline_warnings, read_outline
from ingest.records import Provision
from ingest.source_text import SourceText
from tests.ingest.texts import NOTICE, PLANS, STATUTE, documents


def outline(text: str) -> tuple[Provision, ...]:
    source = SourceText(name="text.txt", text=text)
    return read_outline(source, find_boilerplate(source))


def paths(text: str) -> list[str]:
    return [provision.path for provision in outline(text)]


def by_path(text: str) -> dict[str, Provision]:
    return {provision.path: provision for provision in outline(text)}


def own_text(text: str, path: str) -> str:
    provision = by_path(text)[path]
    return text[provision.start : provision.end]


def test_items_take_the_values_of_their_markers_also_where_numbering_runs_on() -> None:
    found = [(p.path, p.role, p.heading) for p in outline(NOTICE)]
    assert found == [
        ("0", "statement", None),
        ("1", "section", "总体要求"),
        ("1.1", "statement", "指导思想"),
        ("1.2", "statement", "基本原则"),
        ("1.2.1", "statement", "坚持保护优先"),
        ("1.2.2", "statement", "坚持分级管理"),
        ("1.3", "goal", "工作目标"),
        ("2", "section", "主要任务"),
        ("2.4", "measure", "开展湿地调查"),
        ("2.5", "measure", "加强监测预警"),
        ("3", "measure", "保障措施"),
    ]


def test_the_closing_paragraph_belongs_to_the_last_item_and_the_signature_to_none() -> None:
    assert own_text(NOTICE, "3").endswith("各有关部门要密切配合。")
    assert own_text(NOTICE, "0").startswith("为贯彻落实")


def test_each_printed_text_has_a_prefix_and_the_covering_notice_is_path_0() -> None:
    assert paths(PLANS) == ["0", "p1/1", "p1/2", "p1/2.1", "p2/0", "p2/1", "p2/2", "p2/2.1"]
    assert own_text(PLANS, "0") == "现将两个方案印发给你们，请认真贯彻执行。"
    assert own_text(PLANS, "p1/2.1") == "（一）推进农业节水。推广滴灌技术。"


def test_one_printed_text_has_no_prefix() -> None:
    notice, _, plan = PLANS.partition("甲市节水行动\n")
    one, _, _ = plan.partition("甲市治污行动方案")
    assert paths(notice + "甲市节水行动\n" + one) == ["0", "1", "2", "2.1"]


def test_a_notice_with_items_of_its_own_keeps_its_numbers() -> None:
    notice = "关于印发甲市节水办法的通知\n各县区：\n一、加强领导。各县区要重视。\n二、抓好落实。各县区要尽责。\n"
    notice += "甲市水利局\n2022年1月10日\n"
    plan = "甲市节水方案\n一、主要目标\n节约用水。\n二、重点任务\n推广滴灌。\n"
    rules = "甲市节水办法\n第一条　为了节水，制定本办法。\n第二条　本办法自2022年3月1日起施行。\n"
    assert paths(notice + plan) == ["1", "2", "p1/1", "p1/2"]
    assert paths(notice + rules) == ["1", "2", "a1", "a2"]


def test_articles_of_a_statute() -> None:
    found = by_path(STATUTE)
    assert list(found) == ["0", "a1", "a2", "a3", "a3.1", "a3.2", "a3.3", "a3-1", "a3-1.1", "a3-1.2", "a4"]
    assert {path for path, p in found.items() if p.role == "statement"} == {"0", "a1", "a2", "a4"}
    assert all(p.heading is None for p in found.values())
    assert own_text(STATUTE, "a3.3").endswith("其他部门按照职责做好工作。")
    assert own_text(STATUTE, "a2").endswith("适用本条例。"), "the chapter heading below belongs to no article"


@pytest.mark.parametrize("text", [NOTICE, STATUTE])
def test_a_text_that_has_lost_its_line_breaks_has_the_same_outline(text: str) -> None:
    flat = text.replace("\n", "")
    assert [(p.path, p.role) for p in outline(flat)] == [(p.path, p.role) for p in outline(text)]


def test_items_inside_a_paragraph() -> None:
    text = "一、工作任务\n（一）加强宣传。广泛宣传。1.印发手册。每户一册。2.举办讲座。每月一次。\n（二）加强检查。每季一次。"
    assert paths(text) == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]


@pytest.mark.parametrize(
    "text",
    [
        "一是加强领导。二是落实责任。",
        "2015年培训1.5万人。3.2万人参加。",
        "要做到：（一）有人管；（二）有人干。",
        "促进农村一、二、三产业融合。",
        "依照本办法第三条规定处理。",
        "1.5%的比例提取。",
    ],
)
def test_what_is_no_item(text: str) -> None:
    assert paths(f"一、工作要求\n{text}\n二、其他事项\n照此办理。") == ["1", "2"]


def test_articles_quoted_by_an_amendment_are_not_its_items() -> None:
    text = "一、第三条修改为：“第三条　有下列情形的：\n（一）迟报；\n（二）漏报。”\n二、删去第五条。\n"
    assert paths(text) == ["1", "2"]


def test_an_amendment_that_has_lost_its_closing_quotation_mark() -> None:
    text = "一、第三条修改为：“有下列情形的：\n（一）迟报；\n（二）漏报。\n二、删去第五条。\n三、删去第六条。\n"
    assert paths(text) == ["1", "2", "3"]


def test_a_quotation_left_open_in_ordinary_text_swallows_no_item() -> None:
    text = "一、开展活动：“春风行动\n（一）送岗位。送到家。\n（二）送技能。送到村。\n二、加强宣传。\n"
    assert paths(text) == ["1", "1.1", "1.2", "2"]


def test_the_names_of_attachments_are_no_items() -> None:
    text = "一、工作任务\n做好工作。\n\n附件：1.任务分工表\n2.联系人名单\n\n甲市人民政府\n2021年3月5日\n"
    assert paths(text) == ["1"]
    assert own_text(text, "1").endswith("做好工作。")


def test_an_attachment_with_an_outline_of_its_own() -> None:
    text = "一、工作任务\n做好工作。\n甲市人民政府\n2021年3月5日\n附件1\n任务分工表\n一、第一组\n负责宣传。\n"
    assert paths(text) == ["1", "p1/1"]


def test_an_attachment_without_items_is_read_too() -> None:
    text = "一、工作任务\n做好工作。\n甲市人民政府\n2021年3月5日\n附件\n部门职责分工\n市教育局负责宣传。市财政局负责经费。\n"
    assert paths(text) == ["1", "p1/0"]
    assert own_text(text, "p1/0") == "市教育局负责宣传。市财政局负责经费。"


def test_an_order_and_what_it_prints_without_any_item_are_path_0() -> None:
    text = "甲市人民政府令\n现公布本决定，自公布之日起施行。\n市长 张三\n2021年3月5日\n关于废止甲办法的决定\n决定废止甲办法。\n"
    assert paths(text) == ["0"]
    assert own_text(text, "0").endswith("决定废止甲办法。")


def test_decimal_numbering() -> None:
    text = "1 总则\n1.1 编制目的\n为应对险情，制定本预案。\n1.2 适用范围\n适用于本市。\n"
    text += "2 组织\n2.1 指挥部\n（1）统一指挥。\n（2）发布命令。\n"
    assert paths(text) == ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2"]


def test_a_number_that_occurs_twice_or_is_missing_is_reported() -> None:
    provisions = outline("一、甲事\n办好。\n二、乙事\n办好。\n二、丙事\n办好。\n五、丁事\n办好。\n")
    assert [p.path for p in provisions] == ["1", "2", "2~2", "5"]
    assert len(outline_warnings(provisions)) == 2


def test_a_title_that_has_lost_its_marker_fills_the_gap() -> None:
    text = "一、指导思想\n坚持预防为主。\n组织机构\n成立领导小组，由市长任组长。\n三、时间安排\n从三月开始。\n"
    found = by_path(text)
    assert list(found) == ["1", "2", "3"]
    assert found["2"].heading == "组织机构"
    assert found["2"].marker is None
    assert outline_warnings(tuple(found.values())) == ()


@pytest.mark.parametrize(
    ("item", "heading"),
    [
        ("（一）加强领导。各级要重视。", "加强领导"),
        ("（一）加强领导\n各级要重视。", "加强领导"),
        ("（一）县财政局：负责筹集资金。", "县财政局"),
        ("（一）各级政府应当加强领导，落实经费。逾期不办的予以通报。", None),
        ("（一）每年培训一千人。（市教育局负责）", None),
        ("（一）有下列情形之一的：", None),
    ],
)
def test_headings(item: str, heading: str | None) -> None:
    assert by_path(f"一、主要任务\n{item}\n（二）其他。照办。")["1.1"].heading == heading


@given(documents)
def test_whatever_the_text_spans_lie_in_it_in_order_and_paths_are_unique(text: str) -> None:
    provisions = outline(text)
    assert len({p.path for p in provisions}) == len(provisions)
    last = 0
    for order, provision in enumerate(provisions):
        assert last <= provision.start < provision.end <= len(text)
        assert provision.end <= provision.subtree_end <= len(text)
        assert provision.start <= provision.body_start <= provision.end
        assert provision.order == order
        if provision.heading:
            assert text[provision.heading_start : provision.heading_end] == provision.heading
            assert provision.start <= (provision.heading_start or 0) < (provision.heading_end or 0) <= provision.end
        last = provision.end


@given(documents)
def test_every_parent_stands_before_its_items_and_holds_them(text: str) -> None:
    before: dict[str, Provision] = {}
    for provision in outline(text):
        if provision.parent is not None:
            parent = before[provision.parent]
            assert provision.path.startswith(f"{parent.path}.")
            assert provision.subtree_end <= parent.subtree_end
        before[provision.path] = provision


TABLE = """甲市重点任务分工方案

现将重点任务分工如下，请认真组织实施。

序号 | 任务 | 责任单位
一、改善环境
1 | 治理河道。清理淤泥，修整堤岸 | 市水利局
2 | 植树造林 | 市林业局
"""


def test_the_rows_of_a_table_of_tasks_are_items_with_the_task_as_heading() -> None:
    assert [(p.path, p.heading) for p in outline(TABLE)] == [
        ("0", None),
        ("1", "改善环境"),
        ("1.1", "治理河道"),
        ("1.2", "植树造林"),
    ]


def test_the_rows_and_notes_of_any_other_table_are_none() -> None:
    table = "1.达标率 | 定量 | 计算方法\n2.满意度 | 定性 | 查阅资料\n注：\n1.每年考核一次。\n2.由市级组织。\n"
    text = f"一、考核指标\n按下表考核。\n{table}二、结果运用\n公布结果。\n"
    assert paths(text) == ["1", "2"]


def test_a_translation_beside_the_text_opens_no_items() -> None:
    text = "Article 1 These regulations apply.\n(1) Do not smoke in public places;\n2. Sort waste for disposal.\n" + STATUTE
    assert paths(text) == paths(STATUTE)


def test_numbers_glued_to_a_year_or_to_another_number_open_items() -> None:
    text = "一、分配办法\n1.2号楼先行分配。\n2.3号楼其次分配。\n3.2025年起调整。\n4.其他家庭最后。\n"
    assert paths(text) == ["1", "1.1", "1.2", "1.3", "1.4"]


def test_contents_of_a_text_without_line_breaks_are_no_items() -> None:
    body = "第一章 总体形势基础较好。第一节 发展基础成效明显。第二章建设“智慧农业”推进转型。第一节 数字转型加快建设。"
    contents = "目 录第一章 总体形势第一节 发展基础第二章建设“智慧农业”第一节 数字转型"
    text = f"甲市农业规划{contents}甲市农业规划为加快发展，制定本规划。{body * 1}"
    assert [path for path in paths(text) if path != "0"] == ["1", "1.1", "2", "2.1"]


def test_eleven_is_not_ten_and_one() -> None:
    items = "".join(
        f"{n}、各区应当做好第{k}项工作，按时报送情况。 "
        for k, n in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
    )
    assert paths("现将有关事项通知如下：" + items)[1:] == [str(n) for n in range(1, 13)]


def test_parts_are_the_top_of_an_outline_and_a_bare_label_is_a_level_between() -> None:
    assert paths("第一部分 总则\n一、目的。做好工作。\n二、范围。全部适用。\n第二部分 职责\n一、分工。各负其责。\n") == [
        "1", "1.1", "1.2", "2", "2.1",
    ]  # fmt: skip
    listed = "一、材料\n（一）需装订的材料。\n第一部分：\n1.目录\n2.证件\n第二部分：\n1.总结\n（二）其他材料。\n"
    assert paths(listed) == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2", "1.1.2.1", "1.2"]


def test_an_item_of_an_article_has_a_title_where_one_stands_before_its_text() -> None:
    items = "（一）需求评估。区级组织进行评估。\n（二）依法成立；\n"
    text = f"第一条 为了服务，制定本办法。\n第二条 程序如下：\n{items}第三条 本办法自公布之日起施行。\n"
    assert [by_path(text)[path].heading for path in ("a2.1", "a2.2")] == ["需求评估", None]


def test_an_article_of_principles_is_a_statement_and_a_definition_that_demands_is_not() -> None:
    text = (
        "第一条 为了保护名镇，制定本条例。\n第二条 名镇保护应当遵循保护优先、统一管理的原则。\n"
        "第三条 本条例所称律师，是指执业人员。\n律师应当维护当事人合法权益。\n"
    )
    assert [by_path(text)[path].role for path in ("a2", "a3")] == ["statement", "measure"]


def test_a_blank_and_a_full_stop_in_a_pages_own_font_are_read() -> None:
    assert paths("一、目的。做好工作。\n\ue004二、指标\n1\ue010人均成本\n2\ue010总成本\n") == ["1", "2", "2.1", "2.2"]
