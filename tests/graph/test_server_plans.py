"""What a query costs on the server does not grow with the store when its answer does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.neo4j.connection import KEEP_PLAN, Server
from graph.opening import open_store
from graph.protocol import Filter, Store
from ingest.records import FACTS
from tests.graph.conftest import put
from tests.graph.samples import extraction
from tests.graph.servers import held
from tests.graph.test_conformance import alike, four_places, vectors

MORE = 40
MARGIN = 1.25
"""Index pages have some more entries to pass."""


@pytest.fixture(scope="module")
def store(neo4j_address: str) -> Iterator[Store]:
    with held(neo4j_address), open_store(neo4j_address, write=True) as opened:
        for step in [*four_places(), vectors(), alike("different")]:
            step(opened)
        yield opened


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """Calls whose answer concerns one of four documents, or is a page."""
    one = store.find_document("1.txt") or ""
    outline = [row.id for row in store.outline(one)]
    facts = {kind: found[0].id for kind, found in store.document_facts(one).items() if found}
    body = store.duties(department_of(store, one)).rows[0].department_id or ""
    law = store.document_facts(one)["citations"][0]
    address, sha = "1.txt", store.originals(one)[0].sha256
    cited = next(row.id for row in store.instruments().rows if row.doc_number == law.record.doc_number)  # type: ignore[union-attr]
    server: Any = store
    return {
        "document": lambda: store.document(one),
        **{f"find by {name}": lambda name=name: store.find_document(name) for name in (one, "昆政发〔2015〕1号", "2.txt")},
        "file": lambda: store.document_of_file(sha),
        "known": lambda: store.known(address, sha, "e1"),
        "text": lambda: (store.source_text(one), store.locators(one), store.passages(one), store.originals(one)),
        "outline": lambda: (store.outline(one), store.provisions(outline), store.provision(outline[0])),
        "facts of it": lambda: store.document_facts(one),
        "each fact": lambda: [store.fact(fact) for fact in facts.values()],
        **{f"{kind} of provisions": lambda kind=kind: store.facts(kind, provision_ids=outline) for kind in FACTS},
        **{f"{kind} of document": lambda kind=kind: store.facts(kind, Filter(document=one)) for kind in FACTS},
        **{f"page of {kind}": lambda kind=kind: store.facts(kind, limit=2) for kind in FACTS},
        "department": lambda: (store.department(body), store.duties(body, limit=2)),
        "departments": lambda: store.departments(limit=2),
        "instrument": lambda: (store.instrument(cited), store.citations_of(cited, limit=2)),
        "instruments": lambda: store.instruments(limit=2),
        "documents": lambda: store.documents(limit=2),
        "documents of a place": lambda: store.documents(Filter(jurisdiction="云南省"), limit=2),
        "links": lambda: (store.links(one), store.siblings(one, limit=5)),
        "lineage": lambda: (server.comparisons(one), server.derivations(outline[1]), server.unmatched(one)),
        "alike": lambda: (store.likenesses(one), store.likenesses(limit=2), store.near([1])),
        "vectors": lambda: store.vectors("m", outline).matrix.tolist(),
        "whole": lambda: (store.version(), store.meta("model")),
    }


def department_of(store: Store, one: str) -> str:
    return next(fact.department_id for fact in store.document_facts(one)["responsibilities"] if fact.department_id)


NEW_PLAN = "CYPHER replan=force "


def least(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """What a call costs by the plans that were kept, or by new ones: for few documents the server may take a scan for cheap."""
    return min(cost(call, monkeypatch), cost(call, monkeypatch, NEW_PLAN))


def cost(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch, plan: str = KEEP_PLAN) -> int:
    """What all statements of a call touch in the store, by such plans."""
    call()  # what is remembered until the store changes is counted now
    hits = 0

    def profiled(self: Server, query: str, values: dict[str, Any]) -> list[Any]:
        nonlocal hits
        with self._driver.session() as session:
            result = session.run(f"{plan}PROFILE {query}", values)  # type: ignore[arg-type]
            found = result.values()
            hits += total(result.consume().profile)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Server, "_alone", profiled)
        call()
    return hits


def total(step: Any) -> int:
    return int(step["args"].get("DbHits", 0)) + sum(map(total, step.get("children", ())))


def test_no_query_grows_when_its_answer_does_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questions(store)
    answers = {name: call() for name, call in asked.items()}
    before = {name: cost(call, monkeypatch) for name, call in asked.items()}
    assert all(before.values())
    for n in range(MORE):
        given = extraction(
            f"郑政发〔2020〕{n}号",
            title=f"郑州市意见{n}",
            issuer="郑州市人民政府",
            place="郑州市",
            issued_on="2020-01-01",
            body=f"郑州第{n}号另有规定，" * 20,
            duties=((f"第{n}处", "other", "support"),),
            cites=((f"郑州市第{n}号令", None, "basis"),),
        )
        store.load(given, given.source_text.encode(), address=f"z{n}.txt")
    put(store, extraction("郑政发〔2020〕999号", place="郑州市", issued_on="2020-01-02", body="末尾。" * 60), "z.txt")
    after = {name: least(call, monkeypatch) for name, call in asked.items()}
    same = {name for name, call in asked.items() if not name.startswith("page") and name not in PAGES}
    assert {name for name in same if asked[name]() != answers[name]} <= {"whole"}
    assert {name: (before[name], after[name]) for name in asked if after[name] > MARGIN * before[name] + 5} == {}


PAGES = {"departments", "instruments", "documents"}
"""Their rows are the same in number, and others where the store has grown."""
