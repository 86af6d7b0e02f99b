"""What the name of an organisation stands for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.answers import ResolveAnswer
from api.context import Context
from api.problems import BadRequest
from api.resources.filtering import check_date
from ingest.registry.jurisdictions import Place, find_place

MOST_NAMES = 1000


def resolve(context: Context, names: Sequence[str], *, place: str | None = None, on: str | None = None) -> ResolveAnswer:
    """Body, place, level, systems and validity of each name. ``place`` is where it is used, ``on`` the day (ISO)."""
    from ingest.registry.bodies import resolve as resolve_name

    if not names or len(names) > MOST_NAMES:
        raise BadRequest(f"Give 1 to {MOST_NAMES} names as name=…; {len(names)} were given.", parameter="name")
    check_date("on", on)
    here = _place(place, on)
    bodies = tuple(msgspec.to_builtins(resolve_name(name, here, on)) for name in names)
    return ResolveAnswer(snapshot=context.reader.snapshot(), items=bodies)


def _place(name: str | None, on: str | None) -> Place | None:
    """The place of that name. Raises ``BadRequest`` when no place, or more than one, has it."""
    if name is None:
        return None
    found = find_place(name, on=on)
    if found is None:
        raise BadRequest(f"No one place is named “{name}”.", parameter="place", remedy="Write it in full: 昆明市五华区.")
    return found
