"""Filters as a caller writes them, checked, and brought to what the store expects."""

from __future__ import annotations

import re
import typing

import msgspec

from api.context import Context
from api.problems import BadRequest
from graph.protocol import Filter
from ingest.records import Level, ProvisionRole, Role
from ingest.registry.systems import SYSTEMS

ROLES: tuple[str, ...] = typing.get_args(Role)
PROVISION_ROLES: tuple[str, ...] = typing.get_args(ProvisionRole)
LEVELS: tuple[str, ...] = typing.get_args(Level)

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def resolved(context: Context, where: Filter) -> Filter:
    """The filter with its document named by id. Raises ``BadRequest`` for values that nothing can have."""
    _check_choice("role", where.role, ROLES + PROVISION_ROLES)
    _check_choice("level", where.level, LEVELS)
    _check_choice("system", where.system, tuple(SYSTEMS))
    for name in ("since", "until"):
        check_date(name, getattr(where, name))
    if where.document is None:
        return _whole_days(where)
    document_id = context.reader.find_document(where.document)
    return msgspec.structs.replace(_whole_days(where), document=document_id or where.document)


def _whole_days(where: Filter) -> Filter:
    """``until=2016`` means to the end of that year."""
    if where.until is None or len(where.until) == 10:
        return where
    return msgspec.structs.replace(where, until=where.until + "-12-31"[len(where.until) - 4 :])


def _check_choice(name: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise BadRequest(f"{name}={value} is not known.", parameter=name, choices=list(choices))


def check_date(name: str, value: str | None) -> None:
    """Refuse a value that is neither null nor a year, month or day."""
    if value is not None and not _DATE.fullmatch(value):
        raise BadRequest(f"{name}={value} is no date; write 2016, 2016-05 or 2016-05-31.", parameter=name)
