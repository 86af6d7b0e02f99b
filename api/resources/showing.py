"""Any id → what it names."""

from __future__ import annotations

from collections.abc import Callable

from api.answers import Shown
from api.context import Context
from api.problems import NotHeld
from api.resources.bodies import department, system
from api.resources.cited_works import instrument
from api.resources.measures import fact, measure
from api.resources.texts import document

TRIED: tuple[Callable[[Context, str], Shown], ...] = (document, measure, department, instrument, system, fact)


def show(context: Context, identifier: str) -> Shown:
    """What an id names: document (also by number or source), provision, department, instrument, system or record."""
    for resource in TRIED:
        try:
            return resource(context, identifier)
        except NotHeld:
            continue
    raise NotHeld(
        f"Nothing held is named “{identifier}”.",
        remedy="Give the id of a document, provision, department, instrument or record, a system's code, or a document number.",
    )
