"""The calls that answer questions besides search and who, with their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from api.call import Call
from api.context import Context
from api.parameters import FilterQuery, ListQuery, Question
from api.resources import asking
from api.resources.finding import HITS, MOST_HITS
from search.boolean.answers import Everything
from search.figures_answer import FiguresAnswer
from search.grounds_answer import GroundsAnswer
from search.places_answer import PlacesAnswer
from search.why import WhyAnswer


class EverythingQuery(ListQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Boolean query and a page."""

    q: Question


class TopicQuery(FilterQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about a topic."""

    q: Question


class WhyQuery(TopicQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, and the provision or document that one asks about."""

    id: Annotated[str, Meta(min_length=1)]
    k: Annotated[int, Meta(ge=1, le=MOST_HITS)] = HITS


def _everything(context: Context, query: EverythingQuery) -> Everything:
    return asking.everything(context, query.q, query.where, offset=query.offset, limit=query.limit)


def _why(context: Context, query: WhyQuery) -> WhyAnswer:
    return asking.why(context, query.q, query.id, query.where, query.k)


def _figures(context: Context, query: TopicQuery) -> FiguresAnswer:
    return asking.figures(context, query.q, query.where)


def _grounds(context: Context, query: TopicQuery) -> GroundsAnswer:
    return asking.grounds(context, query.q, query.where)


def _places(context: Context, query: TopicQuery) -> PlacesAnswer:
    return asking.places(context, query.q, query.where)


def table_of_everything(context: Context, query: EverythingQuery) -> Iterator[str]:
    """All that matches, as lines of CSV."""
    return asking.table(context, query.q, query.where)


SEARCH_CALLS: tuple[Call, ...] = (
    Call("everything", "/search/all", EverythingQuery, Everything, "All that matches a Boolean query", _everything),
    Call("why", "/why", WhyQuery, WhyAnswer, "Why a provision is found, or is not", _why),
    Call("figures", "/figures", TopicQuery, FiguresAnswer, "Targets on a topic, side by side", _figures),
    Call("grounds", "/grounds", TopicQuery, GroundsAnswer, "Laws and policies on which a topic's measures stand", _grounds),
    Call("places", "/places", TopicQuery, PlacesAnswer, "A topic place by place", _places),
)
