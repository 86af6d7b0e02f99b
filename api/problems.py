"""What a call can fail with, in the one shape of RFC 9457 (problem details).

Problem
├── BadRequest   400  a parameter is unknown, missing or out of range
├── Forbidden    403  a call that this server keeps shut
├── NotHeld      404  no such document, measure, department … in the store
├── Conflict     409  another snapshot was asked for than the one in force
└── Unavailable  503  the store is missing or cannot be read
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class Problem(Exception):  # noqa: N818 (named for the media type it is sent as)
    """Base of all refusals: a status, a sentence about this case, and members that say more (choices, remedy …)."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members

    def as_json(self) -> dict[str, Any]:
        """The problem details object; members that are null are left out."""
        return problem_details(self.status, self.detail, **self.members)


class BadRequest(Problem):
    """The request itself is wrong."""

    status = HTTPStatus.BAD_REQUEST


class Forbidden(Problem):
    """The call is shut on this server."""

    status = HTTPStatus.FORBIDDEN


class NotHeld(Problem):
    """The store holds nothing of that name."""

    status = HTTPStatus.NOT_FOUND


class Conflict(Problem):
    """The store is in another state than the one asked for."""

    status = HTTPStatus.CONFLICT


class Unavailable(Problem):
    """The store cannot answer now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def problem_details(status: int, detail: str, **members: Any) -> dict[str, Any]:
    """``{type, title, status, detail, …}`` of RFC 9457; ``type`` is ``about:blank``, so ``title`` is the status phrase."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}
    return body | {name: value for name, value in members.items() if value is not None}
