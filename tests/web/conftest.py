from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from api.holder import KEY
from tests.api.addresses import addresses
from web.app import create_app
from web.pages import WITHOUT_PAGE


@pytest.fixture(scope="session")
def site_app(shipped_home: Path) -> Iterator[Flask]:
    app = create_app({"STORE": str(shipped_home)})
    yield app
    app.extensions[KEY].close()


@pytest.fixture
def site(site_app: Flask) -> FlaskClient:
    """The site over the shipped documents; every test has its own cookies."""
    return site_app.test_client()


@pytest.fixture(scope="session")
def pages(site_app: Flask) -> dict[str, str]:
    """One address for each page."""
    found = addresses(site_app.test_client())
    named = {name: address for name, address in found.items() if name not in WITHOUT_PAGE}
    return {"home": "/", "nothing": "/search?q=quantum chromodynamics", "error": "/nothing-here", **named}


@pytest.fixture(scope="session")
def served(site_app: Flask) -> Iterator[str]:
    """The address of the site on a real port."""
    server = make_server("127.0.0.1", 0, site_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
