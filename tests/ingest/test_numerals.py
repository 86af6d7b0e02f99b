from __future__ import annotations

import pytest

from ingest.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十三", 123),
        ("一千二百六十", 1260),
        ("二〇一五", 2015),
        ("17", 17),
        ("⑫", 12),
        ("㈢", 3),
        ("⑴", 1),
        ("⒛", 20),
        ("廿一", 21),
        ("一百○五", 105),
        ("甲", None),
    ],
)
def test_numerals_of_outlines(text: str, value: int | None) -> None:
    assert number(text) == value
