"""How a document was read, and which version of an instrument a citation means."""

from __future__ import annotations

from pathlib import Path

from api import resources
from api.context import Context
from graph.batch import ingest_paths
from graph.opening import open_store
from search.engine import Searcher
from tests.api.addresses import first_id

FACTS = ("responsibilities", "citations", "targets", "programmes")

LAW = """甲市湿地保护条例

（{day}甲市第十届人民代表大会常务委员会第三次会议通过）

第一条　为了保护湿地，制定本条例。

第二条　林业主管部门负责湿地保护工作。{more}

第三条　本条例自{from_day}起施行。{repeal}
"""
NOTICE = """甲市人民政府关于加强湿地保护的实施意见
甲政发〔2016〕5号

为贯彻落实《甲市湿地保护条例》，提出如下意见：

一、开展调查。每年调查一次。（市林业局负责）

甲市人民政府
2016年3月5日
"""


def test_every_fact_has_its_rule_and_the_counts_agree(api) -> None:
    document = first_id(api, "documents")
    answer = api.get(f"/api/v1/documents/{document}/facts").json
    text = api.get(f"/api/v1/documents/{document}").json["source_text"]
    shown = [(kind, fact) for kind in FACTS for fact in answer["facts"][kind]]
    assert shown
    for kind, fact in shown:
        assert fact["record"]["rule"].startswith((kind[:-1], kind, "responsib"))
        assert fact["quote"] == text[fact["record"]["start"] : fact["record"]["end"]]
    counted = sum(rule["count"] for rule in answer["rules"] if rule["kind"] != "provisions")
    assert counted == len(shown)
    for passage in answer["not_understood"]:
        assert passage["text"] == text[passage["start"] : passage["end"]]


def test_text_outside_of_every_provision_is_told(api) -> None:
    for item in api.get("/api/v1/documents").json["items"]:
        answer = api.get(f"/api/v1/documents/{item['id']}/facts").json
        speaking = {fact["provision_id"] for kind in FACTS for fact in answer["facts"][kind]}
        assert not speaking & {measure["id"] for measure in answer["silent"]}
        assert all(passage["path"] is None for passage in answer["not_understood"] if passage["label"] == "outside")


def test_a_citation_means_the_text_of_its_day(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    old = LAW.format(day="2010年5月1日", more="", from_day="2010年7月1日", repeal="")
    new = LAW.format(day="2018年5月1日", more="任何人不得破坏湿地。", from_day="2018年7月1日", repeal="")
    for name, text in (("old.txt", old), ("new.txt", new), ("notice.txt", NOTICE)):
        (folder / name).write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    with open_store(str(home), write=True) as store:
        ingest_paths(store, [folder], jobs=1)
    with open_store(str(home)) as reader:
        context = Context(reader, Searcher(reader, home))
        [row] = [i for i in reader.instruments().rows if i.title == "甲市湿地保护条例"]
        answer = resources.instrument(context, row.id)
        assert [(v.document.source, v.effective_on) for v in answer.versions] == [
            ("new.txt", "2018-07-01"),
            ("old.txt", "2010-07-01"),
        ]
        shown = resources.fact(context, answer.citations.items[0].id).fact
        assert (shown.version.document.source, shown.version.match) == ("old.txt", "at_date")
