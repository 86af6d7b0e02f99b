"""The parameters of each call as structs: checked by msgspec, described once, refused when unknown."""

from __future__ import annotations

import functools
import typing
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta
from werkzeug.datastructures import MultiDict

from api.problems import BadRequest
from api.resources.finding import HITS, LONGEST, MOST_HITS
from api.resources.paging import LIMIT, MOST
from graph.protocol import Filter
from ingest.records import InstrumentKind

Question = Annotated[str, Meta(min_length=1, max_length=LONGEST)]
Offset = Annotated[int, Meta(ge=0, le=2**53)]
Limit = Annotated[int, Meta(ge=1, le=MOST)]

DESCRIPTIONS: dict[str, str] = {
    "snapshot": "The state of the store that the answer must come from; 409 when it is another one.",
    "jurisdiction": "Place by full name or GB/T 2260 code, with everything below it.",
    "level": "Level of the issuing government.",
    "kind": "Genre of the document (意见, 方案 …), or kind of instrument.",
    "since": "Issued on or after this day: 2016, 2016-05 or 2016-05-31.",
    "until": "Issued on or before this day.",
    "system": "Code of a system, as /systems lists them.",
    "role": "Role of a responsible body (lead, joint, support, responsible), or of a provision (measure, goal …).",
    "document": "Document by id, number or source.",
    "instrument": "Id of an instrument that is cited.",
    "department": "Id of a department that is responsible.",
    "q": "The question, in Chinese or English.",
    "k": "How many hits at most.",
    "plain": "true: it does not matter how the question asks (who, how much, under which law).",
    "id": "Id of a provision; or a document by id, number or source.",
    "offset": "How many items to leave out.",
    "limit": "How many items at most.",
    "name": "Part of a name; for /resolve the whole name, repeated for several.",
    "generic": "true: only classes of bodies (各成员单位); false: none of them.",
    "title": "Part of a title.",
    "held": "true: only instruments whose text is held; false: only those not held.",
    "source": "The document to compare with, by its id, number or source.",
    "decided": "true: only pairs of texts that a reader decided on; false: only those that wait for it.",
    "place": "Where the name is used, as a place's full name.",
    "on": "The day on which the name is used (ISO).",
}
"""What each parameter means, for the description of the API."""


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No parameters but those that every call has."""

    snapshot: str | None = None


class FilterQuery(Filter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter."""

    snapshot: str | None = None

    @property
    def where(self) -> Filter:
        """The filter alone."""
        return Filter(**{name: getattr(self, name) for name in Filter.__struct_fields__})


class ListQuery(FilterQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter and a page."""

    offset: Offset = 0
    limit: Limit = LIMIT


class PageQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page."""

    offset: Offset = 0
    limit: Limit = LIMIT


class SearchQuery(FilterQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question that wants provisions."""

    q: Question
    k: Annotated[int, Meta(ge=1, le=MOST_HITS)] = HITS
    plain: bool = False


class WhoQuery(FilterQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question that wants bodies."""

    q: Question


class DepartmentsQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which departments."""

    name: str | None = None
    generic: bool | None = None


class InstrumentsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which instruments."""

    title: str | None = None
    held: bool | None = None
    kind: InstrumentKind | None = None


class DuplicatesQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which pairs of texts."""

    decided: bool | None = None


class MattersQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which matters."""

    title: str | None = None


class ResolveQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which names, where and when."""

    name: list[str]
    place: str | None = None
    on: str | None = None


class CompareQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With which document to compare."""

    source: str


Q = TypeVar("Q", bound=msgspec.Struct)


def parse(query: type[Q], arguments: MultiDict[str, str], *, lenient: bool = False) -> Q:
    """The parameters of a request. ``lenient`` (for pages) ignores unknown and empty ones. Raises ``BadRequest``."""
    known = query.__struct_fields__
    unknown = sorted(set(arguments) - set(known))
    if unknown and not lenient:
        raise BadRequest(f"Unknown parameter: {', '.join(unknown)}.", parameters=list(known))
    values = {name: _value(query, name, arguments.getlist(name)) for name in known if name in arguments}
    if lenient:
        values = {name: value for name, value in values.items() if value not in ("", [])}
    try:
        return msgspec.convert(values, query, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest(f"{_plain(str(error))}.", parameters=list(known)) from None


def _value(query: type[msgspec.Struct], name: str, given: list[str]) -> Any:
    if typing.get_origin(_hints(query)[name]) is list:
        return [text for text in given if text.strip()]
    if len(given) > 1:
        raise BadRequest(f"The parameter {name} is given {len(given)} times; once is enough.", parameter=name)
    return given[0]


@functools.cache
def _hints(query: type[msgspec.Struct]) -> dict[str, Any]:
    return typing.get_type_hints(query)


def _plain(message: str) -> str:
    """msgspec's words about a path of JSON, as words about a parameter."""
    message = message.replace("Object missing required field", "Missing parameter").replace(" - at `$.", ", in `")
    return message.replace(" - at `$`", "")
