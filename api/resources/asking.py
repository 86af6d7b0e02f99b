"""Further questions: everything that matches, why, how much, under which law, place by place."""

from __future__ import annotations

from collections.abc import Iterator

from api.context import Context
from api.problems import BadRequest, NotHeld
from api.resources.filtering import resolved
from api.resources.finding import HITS, checked
from api.resources.paging import LIMIT, check_page
from graph.protocol import Filter
from search.boolean.answers import Everything
from search.boolean.parsing import QuerySyntaxError
from search.figures_answer import FiguresAnswer
from search.grounds_answer import GroundsAnswer
from search.places_answer import PlacesAnswer
from search.why import WhyAnswer

SYNTAX = 'Words side by side must all stand; OR, NOT, NEAR/10 in capitals; brackets; "words together" in quotation marks.'


def everything(context: Context, query: str, where: Filter = Filter(), *, offset: int = 0, limit: int = LIMIT) -> Everything:
    """One page of all that matches a Boolean query, with counts over all of it."""
    from search.boolean.finding import find_everything

    check_page(offset, limit)
    try:
        return find_everything(context.searcher, checked(query), resolved(context, where), offset, limit)
    except QuerySyntaxError as error:
        raise refusal(query, error) from None


def table(context: Context, query: str, where: Filter = Filter()) -> Iterator[str]:
    """All that matches, as lines of CSV; a wrong query is refused before the first."""
    from search.boolean.finding import write_table

    try:
        return write_table(context.searcher, checked(query), resolved(context, where))
    except QuerySyntaxError as error:
        raise refusal(query, error) from None


def refusal(query: str, error: QuerySyntaxError) -> BadRequest:
    """A query that cannot be read, with the place of the fault shown in it."""
    words = query.strip()
    place = f"{words[: error.position]}▸{words[error.position :]}"
    detail = f"{error} (character {error.position + 1}): {place}"
    return BadRequest(detail, parameter="q", position=error.position, remedy=SYNTAX)


def why(context: Context, question: str, identifier: str, where: Filter = Filter(), k: int = HITS) -> WhyAnswer:
    """What speaks for and against a provision, or a document's best one, as an answer."""
    from search.why import explain

    held = identifier if ":" in identifier else context.reader.find_document(identifier)
    answer = explain(context.searcher, checked(question), held, resolved(context, where), k) if held else None
    if answer is None:
        raise NotHeld(f"No provision or document {identifier} is held.", remedy="Take an id from any answer.")
    return answer


def figures(context: Context, question: str, where: Filter = Filter()) -> FiguresAnswer:
    """How much and by when."""
    from search.figures_answer import figures as answer

    return answer(context.searcher, checked(question), resolved(context, where))


def grounds(context: Context, question: str, where: Filter = Filter()) -> GroundsAnswer:
    """Under which law."""
    from search.grounds_answer import grounds as answer

    return answer(context.searcher, checked(question), resolved(context, where))


def places(context: Context, question: str, where: Filter = Filter()) -> PlacesAnswer:
    """What each place says of a topic."""
    from search.places_answer import places as answer

    return answer(context.searcher, checked(question), resolved(context, where))
