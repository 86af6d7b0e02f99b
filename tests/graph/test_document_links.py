"""Where a text says what it stands on, in Python and in SQL alike."""

from __future__ import annotations

import apsw
import pytest

from graph.document_links import founds
from graph.sqlite.instruments import founding


@pytest.mark.parametrize(
    ("path", "stands"),
    [
        ("0", True),
        ("0~2", True),
        ("p2/0", True),
        ("1", True),
        ("1.3.2", True),
        ("p1/1.1", True),
        ("a1", True),
        ("a1~2", True),
        ("a2", False),
        ("a3", False),
        ("a10", False),
        ("a1-1", False),
        ("2", False),
        ("10.1", False),
        ("p1/2", False),
    ],
)
def test_a_text_says_what_it_stands_on_at_its_beginning(path: str, stands: bool) -> None:
    assert founds(path) == stands
    condition = founding("path")
    assert bool(apsw.Connection("").execute(f"SELECT {condition} FROM (SELECT ? AS path)", (path,)).get) == stands
