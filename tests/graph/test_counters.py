"""Counts that are kept by differences equal those counted anew, after any course of loading and deleting."""

from __future__ import annotations

import tempfile
from pathlib import Path

import apsw
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.opening import open_store
from ingest.records import Extraction
from tests.graph.conftest import exported, put
from tests.graph.samples import extraction

BODIES = st.sampled_from(
    [
        ("市人社局", "hrss"),
        ("市人力资源和社会保障局", "hrss"),
        ("教科局", "education+science"),
        ("国土资源局", "natural_resources"),
        ("自然资源局", "natural_resources"),
        ("市财政局", "finance"),
    ]
)
DUTIES = st.lists(st.tuples(BODIES, st.sampled_from(["lead", "support"])), min_size=1, max_size=4)
CITES = st.lists(
    st.tuples(
        st.sampled_from(["国务院关于甲的意见", "测试法", "关于救助的通知"]),
        st.sampled_from([None, "国发〔2014〕40号", "国发〔2015〕1号"]),
    ),
    max_size=2,
    unique_by=lambda pair: pair[0],
)
STEPS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["load", "load", "delete"]), DUTIES, CITES), max_size=7)

CHECKS = (
    """SELECT department, duties, documents FROM departments b WHERE
        duties <> (SELECT count(*) FROM responsibilities r WHERE r.department = b.department)
        OR documents <> (SELECT count(DISTINCT document) FROM responsibilities r WHERE r.department = b.department)""",
    """SELECT system FROM systems s WHERE duties <> (SELECT count(*) FROM responsibility_systems r WHERE r.system = s.system)
        OR documents <> (SELECT count(DISTINCT document) FROM responsibility_systems r WHERE r.system = s.system)""",
    """SELECT department, name, body FROM department_names n WHERE uses <> (SELECT count(*) FROM (
        SELECT department, name, body FROM responsibilities UNION ALL SELECT department, name, body FROM issuers) u
        WHERE u.department = n.department AND u.name = n.name AND u.body = n.body)""",
    """SELECT department FROM departments WHERE department NOT IN (
        SELECT department FROM responsibilities UNION SELECT department FROM issuers)""",
    """SELECT instrument FROM instruments i WHERE
        documents <> (SELECT count(DISTINCT c.document) FROM works w JOIN citations c USING (work)
            WHERE w.instrument = i.instrument)
        OR held <> EXISTS (SELECT 1 FROM works w JOIN documents d USING (work) WHERE w.instrument = i.instrument)""",
    "SELECT work FROM works WHERE work NOT IN (SELECT work FROM citations WHERE work IS NOT NULL) "
    "AND work NOT IN (SELECT work FROM documents WHERE work IS NOT NULL)",
    "SELECT instrument FROM instruments WHERE instrument NOT IN (SELECT instrument FROM works)",
)


def document(n: int, duties: list, cites: list) -> Extraction:  # type: ignore[type-arg]
    """The n-th document in the version that has these facts."""
    return extraction(
        f"测政发〔2015〕{n}号",
        duties=tuple((name, system, role) for (name, system), role in duties),
        cites=tuple((title, number, "basis") for title, number in cites),
        body=f"第{n}号自有规定，" * 20 + str((duties, cites)),
        issued_on=f"201{n * 3}-01-01",
    )


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_counts_hold_after_any_course(steps: list) -> None:  # type: ignore[type-arg]
    with tempfile.TemporaryDirectory() as folder:
        left = {}
        with open_store(Path(folder, "a"), write=True) as store:
            for n, what, duties, cites in steps:
                if what == "load":
                    left[n] = document(n, duties, cites)
                    put(store, left[n], f"{n}.txt")
                elif n in left:
                    del left[n]
                    assert store.delete(store.find_document(f"{n}.txt") or "")
            after = exported(store)
        db = apsw.Connection(str(Path(folder, "a", "zhengmai.db")), flags=apsw.SQLITE_OPEN_READONLY)
        assert [list(db.execute(sql)) for sql in CHECKS] == [[]] * len(CHECKS)
        assert not list(db.execute("PRAGMA foreign_key_check"))
        db.close()
        with open_store(Path(folder, "b"), write=True) as fresh:
            for n, given_extraction in sorted(left.items(), reverse=True):
                put(fresh, given_extraction, f"{n}.txt")
            assert exported(fresh) == after
