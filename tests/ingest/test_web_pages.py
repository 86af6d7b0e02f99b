from __future__ import annotations

import pytest

from ingest.readers import ReadError, read_bytes
from tests.ingest.files import LAW

MENU = (
    "<div class=nav><ul>"
    + "".join(f"<li><a href=/{i}>{name}</a></li>" for i, name in enumerate(("首页", "政务公开", "互动交流")))
    + "</ul></div>"
)
FOOT = (
    "<div>版权所有：某市人民政府　ICP备案号：某ICP备1号</div><ul>"
    + "".join(f"<li><a href=/x{i}>市{name}局</a></li>" for i, name in enumerate("财教卫民"))
    + "</ul>"
)
TABLE = """<table><tr><td><b>发文机关：</b></td><td>某市人民政府</td><td><b>成文日期：</b></td><td>2019年01月12日</td></tr>
<tr><td>发文字号：</td><td>某政发〔2019〕3号</td><td>发布日期：</td><td>2019年01月25日</td></tr></table>"""
BODY = "".join(f"<p style='text-indent:2em'>{line}</p>" for line in LAW)


def page(inside: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{MENU}{inside}{FOOT}</body></html>".encode()


def lines(content: bytes) -> list[str]:
    return read_bytes(content, "page.html").text.split("\n")


def test_the_document_is_read_and_the_furniture_left_out() -> None:
    found = lines(
        page(
            f"<div>当前位置：<a href=/>首页</a> &gt; <a href=/zc>政策</a></div>{TABLE}"
            f"<div id=zoom>{BODY}</div><div><a>打印</a> <a>关闭</a></div>"
        )
    )
    assert found[0] == "发文机关： | 某市人民政府 | 成文日期： | 2019年01月12日"
    assert found[2:] == list(LAW)


def test_lines_are_those_that_the_reader_sees() -> None:
    html = (
        "<p><span>一、</span><b>总体\n要求</b></p><p>（一）甲<br>（二）乙</p><div>（三）丙<div>（四）丁</div>尾</div>"
        "<pre>五\n六</pre><p>see the\n word</p>"
    )
    assert lines(f"<div>{html}<p>{LAW[3]}</p></div>".encode())[:-1] == [
        "一、总体要求",
        "（一）甲",
        "（二）乙",
        "（三）丙",
        "（四）丁",
        "尾",
        "五",
        "六",
        "see the word",
    ]


def test_what_the_page_hides_is_not_read() -> None:
    found = lines(page(f"<div>{BODY}<p style='display: none'>隐藏的副本，与正文相同。</p><p hidden>也是。</p></div>"))
    assert found == list(LAW)


def test_a_text_that_only_a_script_would_show_is_read() -> None:
    assert lines(page(f"<div style='display:none'>{BODY}</div>"))[-len(LAW) :] == list(LAW)


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    found = lines(page(f"<table><tr><td><table><tr><td>{BODY}</td></tr></table></td><td><a href=/1>更多</a></td></tr></table>"))
    assert found == list(LAW)


def test_title_and_date_come_from_the_tags_too() -> None:
    tags = "<meta name=ArticleTitle content=某市文明行为促进条例><meta name=PubDate content='2020-11-02 09:30'>"
    head = f"<title>某市条例_某市政府网</title>{tags}"
    source = read_bytes(page(f"<div>{BODY}</div>", head), "page.html")
    assert {(c.field, c.value, c.place) for c in source.metadata} == {
        ("title", "某市文明行为促进条例", "metadata"),
        ("published_on", "2020-11-02", "metadata"),
        ("title", "某市条例_某市政府网", "title_tag"),
    }


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5", "utf-16"])
def test_pages_in_other_encodings(encoding: str) -> None:
    text = "第一條　為加強管理，制定本辦法。" if encoding == "big5" else LAW[4]
    html = (
        f"<html><head><meta http-equiv=Content-Type content='text/html; charset={encoding}'></head><p>{text}</p><p>{text}</p>"
    )
    assert lines(html.encode(encoding)) == [text, text]


def test_elements_are_numbered_as_in_the_page() -> None:
    source = read_bytes(page(f"<div>{BODY}</div>"), "page.html")
    assert [(one.kind, one.label) for one in source.locators] == [("element", f"p {i}") for i in range(1, len(LAW) + 1)]
    assert [source.text[one.start : one.end] for one in source.locators] == list(LAW)


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<html><body><div id=app></div><script>load()</script></body></html>", "by a script"),
        ("<html><body><p><img src=a.png></p></body></html>", "pictures"),
        ("<div>" * 100_000 + LAW[3], "nested deeper"),
        (
            "<html><p>https://www.gov.example/zhengce/content/2019-01/25/content_5361158.htm?from=a-long-list</p></html>",
            "holds a link",
        ),
    ],
)
def test_pages_without_a_document(html: str, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        read_bytes(html.encode(), "page.html")


def test_a_page_saved_as_one_file() -> None:
    mime = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n"
        "--xx\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    content = mime.encode() + page(f"<div>{BODY}</div>") + b"\n--xx--\n"
    assert lines_of_mht(content) == list(LAW)


def lines_of_mht(content: bytes) -> list[str]:
    return read_bytes(content, "page.mht").text.split("\n")
