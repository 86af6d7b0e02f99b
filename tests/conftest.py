"""Fixtures that all rooms share. What needs more than pip can bring is taken from the environment, or the test is skipped.

ZHENGMAI_SHARED          folder with ``corpus/`` and ``gold/`` (default ``../shared``)
ZHENGMAI_TEST_BROWSER    a Chromium (default: the first on the PATH)
ZHENGMAI_TEST_NEO4J      address of a Neo4j server that tests may empty
ZHENGMAI_BENCH_NEO4J_HOME  the folder of that server, for its size in ``make bench``
ZHENGMAI_TEST_NEO4J_START  a command that starts a Neo4j of its own: COMMAND HOME PORT
ZHENGMAI_TEST_INSTALL    any text: tests may install from the package index into folders of their own
ZHENGMAI_FORBID_SKIPS    any text: a skipped test counts as failed, as on the machine that has everything
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from settings import ROOT, SETTINGS

hypothesis.settings.register_profile("steady", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("steady")

if TYPE_CHECKING:
    from graph.protocol import Reader

POLICIES = ROOT / "data" / "policies"
FORBIDDEN = os.environ.get("ZHENGMAI_FORBID_SKIPS", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side, a file's tests stay together (its fixtures are made once), and one at a time uses the Neo4j server."""
    for item in items:
        group = "neo4j" if "neo4j_address" in getattr(item, "fixturenames", ()) else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report):
    if FORBIDDEN and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> Iterator[None]:
    """Tests see the defaults, whatever the developer has set."""
    with pytest.MonkeyPatch.context() as patch:
        for setting in SETTINGS:
            patch.delenv(setting.variable, raising=False)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of further annotations and the corpus."""
    folder = Path(os.environ.get("ZHENGMAI_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there (ZHENGMAI_SHARED)")
    return folder


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """Real documents to read from; never to copy into the repository."""
    return shared / "corpus"


@pytest.fixture(scope="session")
def browser_path() -> str:
    """An installed Chromium."""
    chosen = os.environ.get("ZHENGMAI_TEST_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chosen:
        pytest.skip("no Chromium: install one (apt install chromium), or name it in ZHENGMAI_TEST_BROWSER")
    return chosen


@pytest.fixture(scope="session")
def neo4j_address() -> str:
    """A Neo4j server that tests may empty."""
    address = os.environ.get("ZHENGMAI_TEST_NEO4J")
    if not address:
        pytest.skip("no Neo4j: name one that tests may empty in ZHENGMAI_TEST_NEO4J")
    return address


@pytest.fixture(scope="session")
def policies() -> Path:
    """The shipped documents."""
    return POLICIES


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store holds the shipped documents, ingested once a session: read it, never write to it."""
    from graph.batch import ingest_paths
    from graph.opening import open_store

    home = tmp_path_factory.mktemp("shipped")
    store = open_store(home, write=True)
    try:
        ingest_paths(store, [POLICIES])
    finally:
        store.close()
    return home


@pytest.fixture
def shipped(shipped_home: Path) -> Iterator[Reader]:
    """A reader over the shipped documents."""
    from graph.opening import open_store

    reader = open_store(shipped_home)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def site(shipped_home: Path) -> Iterator[str]:
    """The address of the site, served over the shipped documents by a process of its own."""
    from tests.served import serving

    with serving(shipped_home) as (_, address):
        yield address
