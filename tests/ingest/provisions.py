"""Provisions for texts of a few sentences, so that a rule can be tried on the words it reads."""

from __future__ import annotations

from ingest.records import Provision, ProvisionRole
from ingest.source_text import SourceText


def one_provision(
    text: str, *, path: str = "1", role: ProvisionRole = "measure", heading: str | None = None
) -> tuple[SourceText, list[Provision]]:
    """``text`` as a source that is a single provision."""
    provision = Provision(
        path=path, start=0, end=len(text), rule="test", heading=heading, role=role, body_start=0, subtree_end=len(text)
    )
    return SourceText("text.txt", text), [provision]
