"""Questions: what provisions match, and who handles a topic."""

from __future__ import annotations

from api.context import Context
from api.problems import BadRequest
from api.resources.filtering import resolved
from graph.protocol import Filter
from search.answers import SearchResult, WhoAnswer

HITS = 10
MOST_HITS = 200
LONGEST = 500


def search(context: Context, question: str, where: Filter = Filter(), k: int = HITS, *, plain: bool = False) -> SearchResult:
    """The provisions that match a question, best first; ``plain`` takes words that ask like any others."""
    if not 1 <= k <= MOST_HITS:
        raise BadRequest(f"k is 1 to {MOST_HITS}; asked for {k}.", parameter="k")
    return context.searcher.search(checked(question), resolved(context, where), k, intents=not plain)


def who(context: Context, question: str, where: Filter = Filter()) -> WhoAnswer:
    """Who handles what the question is about, by document, leads first."""
    from search.who import who as answer_who

    return answer_who(context.searcher, checked(question), resolved(context, where))


def checked(question: str) -> str:
    """The question without the space around it. Raises ``BadRequest`` for none and for a whole text."""
    words = question.strip()
    if not words or len(words) > LONGEST:
        raise BadRequest(f"A question has 1 to {LONGEST} characters; this one has {len(words)}.", parameter="q")
    return words
