"""What a call of the site is: its address, its parameters, and the resource that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from api.context import Context
from api.parameters import parse
from api.problems import Conflict


@dataclass(frozen=True)
class Call:
    """One call. ``rule`` is the address without the API's prefix; ``resource`` takes context, query and the rule's variable."""

    name: str
    rule: str
    query: type[Any]
    answer: Any
    summary: str
    resource: Callable[..., msgspec.Struct]

    def run(
        self, context: Context, arguments: MultiDict[str, str], variables: Mapping[str, str], *, lenient: bool = False
    ) -> Any:
        """Parse, check the snapshot asked for, and answer. Raises ``Problem``."""
        query = parse(self.query, arguments, lenient=lenient)
        _check_snapshot(context, query.snapshot)
        return self.resource(context, query, *variables.values())


def _check_snapshot(context: Context, wanted: str | None) -> None:
    if wanted is None or wanted == (held := context.reader.snapshot()):
        return
    raise Conflict(
        f"The store is at snapshot {held}, not {wanted}.",
        snapshot=held,
        remedy="Point ZHENGMAI_HOME at a copy of the store with that snapshot, or ask without the parameter.",
    )
