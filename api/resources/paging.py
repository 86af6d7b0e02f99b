"""Pages of rows as listings that know the addresses of their neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from api.answers import Listing
from api.links import API, with_query
from api.problems import BadRequest
from graph.protocol import Filter, Page

T = TypeVar("T")
LIMIT = 50
MOST = 500


def check_page(offset: int, limit: int) -> None:
    """Refuse a page that cannot be."""
    if offset < 0 or not 1 <= limit <= MOST:
        raise BadRequest(f"A page has an offset from 0 and a limit of 1 to {MOST}; asked for {offset} and {limit}.")


def given(where: Filter) -> dict[str, object]:
    """The parts of a filter that are set."""
    return {name: value for name, value in msgspec.structs.asdict(where).items() if value is not None}


def neighbours(address: str, parameters: dict[str, object], page: Page[Any]) -> dict[str, str | None]:
    """``next`` and ``previous`` for a page of the list at ``address``; null where there is none."""

    def at(offset: int) -> str:
        return with_query(API + address, {**parameters, "offset": offset or None, "limit": page.limit})

    return {
        "next": at(page.offset + page.limit) if page.offset + page.limit < page.total else None,
        "previous": at(max(0, page.offset - page.limit)) if page.offset > 0 else None,
    }


def listing(
    page: Page[Any], address: str, parameters: dict[str, object], views: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple
) -> dict[str, Any]:
    """The fields of a ``Listing`` for this page of the list at ``address``."""
    return {
        "total": page.total,
        "offset": page.offset,
        "limit": page.limit,
        "items": views(page.rows),
        **neighbours(address, parameters, page),
    }


def inner(
    page: Page[Any], address: str, parameters: dict[str, object], views: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple
) -> Listing[Any]:
    """A listing inside an answer."""
    return Listing(**listing(page, address, parameters, views))
