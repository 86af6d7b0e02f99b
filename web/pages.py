"""The pages: every call of the API rendered by the template of its name, and the few addresses that only people use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from api import answers, resources
from api.call import Call
from api.calls import CALLS
from api.holder import current_context
from api.links import page, with_query
from web.language import current
from web.querying import query_page

WITHOUT_PAGE = ("show", "stats")
"""Calls that have no page of their own: ``/show`` sends on to the page of what it names, the counts stand on ``/about``."""

NEEDS = {
    **dict.fromkeys(("search", "who", "everything", "figures", "grounds", "places"), "q"),
    "why": "id",
    "resolve": "name",
    "compare": "source",
}
"""Calls that answer nothing without this parameter: their page then shows the empty form."""


INTENT_PAGES = {"who": "/who", "targets": "/figures", "basis": "/grounds", "compare": "/places"}
"""The page that answers a question of each kind."""


def html_pages() -> Blueprint:
    """A blueprint with a page for each call."""
    pages = Blueprint("pages", __name__)
    for call in CALLS:
        if call.name not in WITHOUT_PAGE:
            pages.add_url_rule(call.rule, call.name, _view(call))
    pages.add_url_rule("/", "home", home)
    pages.add_url_rule("/ask", "ask", ask)
    pages.add_url_rule("/query", "query", query_page, methods=["GET", "POST"])
    pages.add_url_rule("/show/<path:identifier>", "show", show)
    pages.add_url_rule("/favicon.ico", "icon", lambda: redirect("/static/icon.svg", 308))
    return pages


def _view(call: Call) -> Callable[..., str]:
    def view(**variables: str) -> str:
        needed = NEEDS.get(call.name)
        answer = None
        if needed is None or request.args.get(needed, "").strip():
            answer = call.run(current_context(), _arguments(call), variables, lenient=True)
        return render_template(f"{call.name}.html", answer=answer, call=call.name, intent_pages=INTENT_PAGES)

    return view


def _arguments(call: Call) -> MultiDict[str, str]:
    """The request's parameters; names may come in one field, a line or comma each."""
    if call.name != "resolve":
        return request.args
    given = request.args.copy()
    names = [part for text in given.getlist("name") for part in text.replace("，", "\n").replace("、", "\n").split("\n")]
    given.setlist("name", [name.strip() for name in names if name.strip()])
    return given


def home() -> str:
    """What this is, a box to ask in, and what is held."""
    return render_template("home.html", answer=resources.about(current_context()), call="about")


def ask() -> Response:
    """Send a question on to the page that answers its kind."""
    question = request.args.get("q", "").strip()
    if not question:
        return redirect("/")
    plan = current_context().searcher.understand(question)
    return redirect(with_query(INTENT_PAGES.get(plan.intent, "/search"), {"q": question}))


def show(identifier: str) -> Response:
    """Send an id on to the page of what it names."""
    shown = resources.show(current_context(), identifier)
    return redirect(page_of(shown))


def page_of(shown: answers.Shown) -> str:
    """The address of the page about an answer."""
    match shown:
        case answers.DocumentAnswer():
            return page("documents", shown.document.id)
        case answers.MeasureAnswer():
            return page("measures", shown.id)
        case answers.DepartmentAnswer():
            return page("departments", shown.department.id)
        case answers.InstrumentAnswer():
            return page("instruments", shown.instrument.id)
        case answers.SystemAnswer():
            return page("systems", shown.system.system)
    return fact_place(shown.fact)


def fact_place(fact: answers.FactView[Any]) -> str:
    """Where a fact stands in its document."""
    return f"{page('documents', fact.document.id)}#{fact.id}"


def error_page(problem: dict[str, Any]) -> str:
    """A refusal as a page."""
    return render_template("error.html", problem=problem, language=current())
