"""Addresses of pages. The JSON twin of a page stands under ``API`` at the same address with the same parameters."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

API = "/api/v1"

_SAFE = "/:~"


def page(resource: str, identifier: str) -> str:
    """The address of one thing: ``page("measures", "ab:2.4")`` → ``/measures/ab:2.4``."""
    return f"/{resource}/{quote(identifier, safe=_SAFE)}"


def with_query(path: str, parameters: Mapping[str, object]) -> str:
    """``path`` with the parameters that are set; booleans in lower case."""
    given = [(name, _text(value)) for name, value in parameters.items() if value not in (None, "")]
    return f"{path}?{urlencode(given)}" if given else path


def twin(address: str) -> str:
    """The address of the JSON that says the same as the page."""
    return API + ("/about" if address == "/" else address)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
