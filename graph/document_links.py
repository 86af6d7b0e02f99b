"""Which links between two documents are shown: each pair once, by its first statement. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.linking import normal_title
from graph.protocol import DocumentBrief, Link

FOUNDING = re.compile(r"(?:p\d+/)?(?:0|1(?:\.\d+)*|a1)(?:~\d+)?$")
"""Where a text says what it stands on: its opening, first section, first article. Further in, 依照《…》的规定 orders, and
a second article tells which other law holds instead (of 39 such citations in statutes none was a basis)."""
FOUNDING_GLOBS = ("0", "0~*", "1", "1~*", "1.*", "a1", "a1~*")
"""The same for a path without the number of its part, as patterns of SQLite."""
CARRYING_OUT = re.compile(r"实施[《〈](?P<title>[^《》〈〉]+)[》〉]")
"""北京市实施《水法》办法: the title itself names the law."""


def founds(path: str | None) -> bool:
    """Whether a citation at this path tells what the whole text was made under.

    >>> founds("a1"), founds("a60"), founds("0"), founds(None)
    (True, False, True, True)
    """
    return path is None or FOUNDING.match(path) is not None


def carried_out(title: str | None) -> str | None:
    """The law that a title says it carries out, as compared; null when it names none."""
    found = CARRYING_OUT.search(title or "")
    return normal_title(found["title"]) if found else None


def link_by_title(lower: DocumentBrief, higher: DocumentBrief) -> Link:
    """The link to the law that a title names, by its text held."""
    return Link(
        lower=lower,
        higher_id=higher.id,
        higher_title=higher.title or higher.source,
        higher_doc_number=higher.doc_number,
        higher_source=higher.source,
        held=True,
        evidence="stated",
        quote=lower.title,
    )


def first_statements(up: Sequence[Link], down: Sequence[Link], document_id: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Of the statements made in a document and of it, both in the order of texts, the first to and from each other document."""
    higher = {link.higher_id: link for link in reversed(up) if link.higher_id != document_id and founds(link.path)}
    lower = {link.lower.id: link for link in reversed(down) if link.higher_id == document_id and founds(link.path)}
    return tuple(reversed(higher.values())), tuple(reversed(lower.values()))
