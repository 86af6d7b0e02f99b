"""Answers about what a reader has to decide: fields on which sources disagree, corrections, texts nearly the same."""

from __future__ import annotations

from typing import Literal

import msgspec

from api.answers import Answer, ListAnswer
from graph.likeness import Difference
from graph.protocol import Correction, DocumentBrief, Likeness
from ingest.masthead.conflicts import Conflict


class DocumentConflicts(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the fields on which its text, its page or its file's name disagree."""

    document: DocumentBrief
    jurisdiction: str | None
    conflicts: tuple[Conflict, ...]


class ConflictsAnswer(ListAnswer[DocumentConflicts], frozen=True, kw_only=True):
    """Documents with conflicts, by place and date."""


class CorrectionView(msgspec.Struct, frozen=True, kw_only=True):
    """A correction with what it replaced. ``document`` is null where its file is not held now."""

    correction: Correction
    document: DocumentBrief | None
    extracted: str | None


class CorrectionsAnswer(ListAnswer[CorrectionView], frozen=True, kw_only=True):
    """Fields corrected by readers, by file and field."""


class AlikeView(msgspec.Struct, frozen=True, kw_only=True):
    """Two documents nearly the same: how they differ, the first differences and how many there are.

    ``relation`` is ``version`` where they bear one title and two dates, else ``copy``.
    """

    likeness: Likeness
    relation: Literal["version", "copy"]
    issued: tuple[str | None, str | None]
    differences: tuple[Difference, ...]
    differing: int


class DuplicatesAnswer(ListAnswer[AlikeView], frozen=True, kw_only=True):
    """Documents with nearly the same text, the most alike first."""


class DuplicateAnswer(Answer, frozen=True, kw_only=True):
    """Documents with nearly the same text as one, with every difference."""

    document: DocumentBrief
    items: tuple[AlikeView, ...]
