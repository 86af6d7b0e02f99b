"""Every call of the site, once: its address, parameters, resource and answer. The JSON routes and the pages both follow it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from api import answers, field_answers, lineage_answers, resources
from api.call import Call
from api.context import Context
from api.parameters import (
    CompareQuery,
    DepartmentsQuery,
    DuplicatesQuery,
    InstrumentsQuery,
    ListQuery,
    MattersQuery,
    PageQuery,
    Query,
    ResolveQuery,
    SearchQuery,
    WhoQuery,
)
from api.search_calls import SEARCH_CALLS
from api.spread_answers import MattersAnswer, SpreadAnswer
from search.answers import SearchResult, WhoAnswer


def _search(context: Context, query: SearchQuery) -> SearchResult:
    return resources.search(context, query.q, query.where, query.k, plain=query.plain)


def _who(context: Context, query: WhoQuery) -> WhoAnswer:
    return resources.who(context, query.q, query.where)


def _documents(context: Context, query: ListQuery) -> answers.DocumentsAnswer:
    return resources.documents(context, query.where, offset=query.offset, limit=query.limit)


def _departments(context: Context, query: DepartmentsQuery) -> answers.DepartmentsAnswer:
    page = {"offset": query.offset, "limit": query.limit}
    return resources.departments(context, query.where, name=query.name, generic=query.generic, **page)


def _department(context: Context, query: ListQuery, identifier: str) -> answers.DepartmentAnswer:
    return resources.department(context, identifier, query.where, offset=query.offset, limit=query.limit)


def _system(context: Context, query: ListQuery, code: str) -> answers.SystemAnswer:
    return resources.system(context, code, query.where, offset=query.offset, limit=query.limit)


def _instruments(context: Context, query: InstrumentsQuery) -> answers.InstrumentsAnswer:
    page = {"offset": query.offset, "limit": query.limit}
    return resources.instruments(context, title=query.title, held=query.held, kind=query.kind, **page)


def _instrument(context: Context, query: PageQuery, identifier: str) -> answers.InstrumentAnswer:
    return resources.instrument(context, identifier, offset=query.offset, limit=query.limit)


def _targets(context: Context, query: ListQuery) -> answers.TargetsAnswer:
    return resources.targets(context, query.where, offset=query.offset, limit=query.limit)


def _compare(context: Context, query: CompareQuery, ref: str) -> lineage_answers.ComparisonAnswer:
    return resources.comparison(context, ref, query.source)


def _matters(context: Context, query: MattersQuery) -> MattersAnswer:
    return resources.matters(context, query.title, offset=query.offset, limit=query.limit)


def _resolve(context: Context, query: ResolveQuery) -> answers.ResolveAnswer:
    return resources.resolve(context, query.name, place=query.place, on=query.on)


def _conflicts(context: Context, query: PageQuery) -> field_answers.ConflictsAnswer:
    return resources.conflicts(context, offset=query.offset, limit=query.limit)


def _corrections(context: Context, query: PageQuery) -> field_answers.CorrectionsAnswer:
    return resources.corrections(context, offset=query.offset, limit=query.limit)


def _duplicates(context: Context, query: DuplicatesQuery) -> field_answers.DuplicatesAnswer:
    return resources.duplicates(context, decided=query.decided, offset=query.offset, limit=query.limit)


def _plain(resource: Callable[..., msgspec.Struct]) -> Callable[..., msgspec.Struct]:
    """A resource that takes nothing from the query."""

    def call(context: Context, _query: Query, *variables: str) -> msgspec.Struct:
        return resource(context, *variables)

    return call


CALLS: tuple[Call, ...] = (
    Call("search", "/search", SearchQuery, SearchResult, "Provisions that match a question", _search),
    Call("who", "/who", WhoQuery, WhoAnswer, "Who handles a topic, by document", _who),
    Call("documents", "/documents", ListQuery, answers.DocumentsAnswer, "Documents held", _documents),
    Call(
        "document",
        "/documents/<path:ref>",
        Query,
        answers.DocumentAnswer,
        "One document with its text and facts",
        _plain(resources.document),
    ),
    Call(
        "provenance",
        "/documents/<path:ref>/facts",
        Query,
        answers.ProvenanceAnswer,
        "Each fact of a document with the rule that found it, and what no rule understood",
        _plain(resources.provenance),
    ),
    Call(
        "measure",
        "/measures/<path:id>",
        Query,
        answers.MeasureAnswer,
        "One provision: who, what, by when, under which law",
        _plain(resources.measure),
    ),
    Call(
        "conflicts",
        "/conflicts",
        PageQuery,
        field_answers.ConflictsAnswer,
        "Documents on whose fields the text, its page or its file's name disagree",
        _conflicts,
    ),
    Call(
        "corrections",
        "/corrections",
        PageQuery,
        field_answers.CorrectionsAnswer,
        "Fields corrected by readers, with what was extracted",
        _corrections,
    ),
    Call(
        "duplicates",
        "/duplicates",
        DuplicatesQuery,
        field_answers.DuplicatesAnswer,
        "Documents with nearly the same text, for a decision",
        _duplicates,
    ),
    Call(
        "duplicate",
        "/duplicates/<path:ref>",
        Query,
        field_answers.DuplicateAnswer,
        "What is nearly the same as one document, with every difference",
        _plain(resources.duplicate),
    ),
    Call("departments", "/departments", DepartmentsQuery, answers.DepartmentsAnswer, "Departments", _departments),
    Call("department", "/departments/<path:id>", ListQuery, answers.DepartmentAnswer, "One department's duties", _department),
    Call("systems", "/systems", Query, answers.SystemsAnswer, "Systems of government", _plain(resources.systems)),
    Call("system", "/systems/<code>", ListQuery, answers.SystemAnswer, "One system's bodies and duties", _system),
    Call("instruments", "/instruments", InstrumentsQuery, answers.InstrumentsAnswer, "Instruments cited", _instruments),
    Call("instrument", "/instruments/<path:id>", PageQuery, answers.InstrumentAnswer, "Who cites an instrument", _instrument),
    Call("targets", "/targets", ListQuery, answers.TargetsAnswer, "Targets", _targets),
    Call("trace", "/trace/<path:ref>", Query, answers.TraceAnswer, "A document's line of derivation", _plain(resources.trace)),
    Call(
        "compare",
        "/compare/<path:ref>",
        CompareQuery,
        lineage_answers.ComparisonAnswer,
        "A document against its source, measure by measure",
        _compare,
    ),
    Call(
        "matrix",
        "/matrix/<path:ref>",
        Query,
        lineage_answers.MatrixAnswer,
        "The measures of a document × places",
        _plain(resources.matrix),
    ),
    Call(
        "family",
        "/family/<path:ref>",
        Query,
        lineage_answers.FamilyAnswer,
        "The texts around a document, and who wrote its measures first",
        _plain(resources.family),
    ),
    Call("matters", "/families", MattersQuery, MattersAnswer, "Matters that several texts regulate", _matters),
    Call(
        "spread",
        "/families/<path:title>",
        Query,
        SpreadAnswer,
        "How a matter spread: who copied whom, who wrote which article first",
        _plain(resources.spread),
    ),
    Call(
        "cascade",
        "/cascade/<path:ref>",
        Query,
        lineage_answers.CascadeAnswer,
        "The targets of a document with those above and below",
        _plain(resources.cascade),
    ),
    Call("resolve", "/resolve", ResolveQuery, answers.ResolveAnswer, "What names of organisations stand for", _resolve),
    *SEARCH_CALLS,
    Call("show", "/show/<path:id>", Query, answers.Shown, "Whatever an id names", _plain(resources.show)),
    Call("stats", "/stats", Query, answers.StatsAnswer, "Counts of what is held", _plain(resources.stats)),
    Call("about", "/about", Query, answers.AboutAnswer, "What this is and what it holds", _plain(resources.about)),
)
