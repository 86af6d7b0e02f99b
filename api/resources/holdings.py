"""What the store holds, and what this is."""

from __future__ import annotations

import settings
from api.answers import AboutAnswer, StatsAnswer
from api.context import Context
from ingest.readers.sidecars import version_in


def stats(context: Context) -> StatsAnswer:
    """Counts of everything held, the extractor that read it and the embedding model."""
    return StatsAnswer(
        snapshot=context.reader.snapshot(),
        counts=context.reader.counts(),
        extractor=_extractor(context),
        model=settings.MODEL.value,
    )


def about(context: Context) -> AboutAnswer:
    """What this is, what it holds and of which places."""
    held = stats(context)
    return AboutAnswer(
        snapshot=held.snapshot,
        name="Zhengmai 政脉",
        licence="Apache-2.0",
        counts=held.counts,
        extractor=held.extractor,
        model=held.model,
        jurisdictions=context.reader.jurisdictions(),
    )


def _extractor(context: Context) -> str | None:
    """The version that read the documents, as the store remembers it: asking the extractor itself would load spaCy."""
    rows = context.reader.documents(limit=1).rows
    return version_in(rows[0].extractor) if rows else None
