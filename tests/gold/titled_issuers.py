"""Issuers read from titles, against the list of a legal database (``reference/policies.csv``), as bodies.

The list gives one issuer for a text, and none for texts of several. It names the body for its parts (科技部办公厅 →
科学技术部), so a part of the right body is right. Titles that name no issuer (南宁市…办法) have nothing to be read: they do
not count.
"""

from __future__ import annotations

import csv
import functools
import random
import re
from collections.abc import Iterator

from ingest.masthead.title import before_matter, title_issuers
from ingest.registry.bodies import Body, resolve
from ingest.source_text import fold
from tests.gold.cases import shared

SAMPLE = 4_000
SEED = 20261122
NOTE = re.compile(r"\((?:原[^()]*|已撤销)\)$")


def listed() -> list[tuple[str, str]]:
    """A sample of titles with their issuer; empty where the list is not there."""
    file = shared() / "reference" / "policies.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row["title"], row["issuers"]) for row in csv.DictReader(lines) if row["issuers"]]
    return random.Random(SEED).sample(rows, min(SAMPLE, len(rows)))


def right(title: str, issuer: str) -> bool:
    """Whether one of the organisations read from the title is the issuer, or a part of it."""
    wanted = body(NOTE.sub("", fold(issuer)))
    return any(_is(body(name), wanted) for name in title_issuers(fold(title)))


@functools.cache
def body(name: str) -> Body:
    """The body of a name."""
    return resolve(name)


def _is(found: Body, wanted: Body) -> bool:
    part = bool(found.body and wanted.body and found.body.startswith(wanted.body))
    return wanted.key in (found.key, found.part_of) or part


def figures() -> dict[str, float]:
    """The share of titles that name an issuer from which the right one was read."""
    told = [(title, issuer) for title, issuer in listed() if before_matter(fold(title))]
    return {"issuers read from titles": sum(right(*pair) for pair in told) / len(told)} if told else {}


def misses() -> Iterator[str]:
    """The titles from which another issuer, or none, was read."""
    for title, issuer in listed():
        if before_matter(fold(title)) and not right(title, issuer):
            yield f"{title}: {issuer!r} != {title_issuers(fold(title))}"
