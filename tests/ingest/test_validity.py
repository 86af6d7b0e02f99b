"""From when to when a text says that it is in force."""

from __future__ import annotations

import pytest

from ingest.records import DocumentFields
from ingest.validity import Validity, find_validity
from tests.ingest.provisions import one_provision


@pytest.mark.parametrize(
    ("text", "effective", "expires"),
    [
        ("本条例自2021年10月1日起施行。", "2021-10-01", None),
        ("本法自二〇二一年十月一日起施行。", "2021-10-01", None),
        ("本办法自公布之日起施行。", "2021-06-15", None),
        ("本办法自公布之日起30日后施行。", "2021-07-15", None),
        ("本办法自2021年7月1日起施行，有效期5年。", "2021-07-01", "2026-06-30"),
        ("本通知自印发之日起执行，有效期至2023年12月31日。", "2021-06-15", "2023-12-31"),
        ("本法自1996年1月1日起施行。", None, None),  # the first version's day, not that of this text of 2021
        ("企业应当自开业之日起三十日内登记。", None, None),
    ],
)
def test_force(text: str, effective: str | None, expires: str | None) -> None:
    source, provisions = one_provision(text)
    assert find_validity(source, tuple(provisions), DocumentFields(issued_on="2021-06-15")) == Validity(effective, expires)
