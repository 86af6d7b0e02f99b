from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.holder import KEY


@pytest.fixture(scope="session")
def api(shipped_home: Path) -> Iterator[FlaskClient]:
    """The API over the shipped documents."""
    app = create_app({"STORE": str(shipped_home)})
    yield app.test_client()
    app.extensions[KEY].close()
