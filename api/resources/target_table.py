"""Targets as a table."""

from __future__ import annotations

from api.answers import TargetsAnswer
from api.context import Context
from api.evidence import Views
from api.resources.filtering import resolved
from api.resources.paging import LIMIT, check_page, given, listing
from graph.protocol import Filter


def targets(context: Context, where: Filter = Filter(), *, offset: int = 0, limit: int = LIMIT) -> TargetsAnswer:
    """Targets by document and position."""
    check_page(offset, limit)
    page = context.reader.facts("targets", resolved(context, where), offset=offset, limit=limit)
    views = Views(context.reader).views
    return TargetsAnswer(snapshot=context.reader.snapshot(), **listing(page, "/targets", given(where), views))
