"""The language of a page: asked for in the address, else remembered, else the setting's, else the browser's."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_babel import Babel, get_locale

import settings

LANGUAGES = {"zh": "中文", "en": "English"}
"""Code → its own name."""

COOKIE = "language"
_YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The language of this request."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), settings.LANGUAGE.value):
        if wanted in LANGUAGES:
            return wanted
    return request.accept_languages.best_match(list(LANGUAGES)) or "zh"


def current() -> str:
    """The language in force: ``zh`` or ``en``."""
    return str(get_locale().language)


def remember(response: Response) -> Response:
    """Keep a language that the address asked for, and tell caches what a page depends on."""
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    wanted = request.args.get("lang")
    if wanted in LANGUAGES and request.cookies.get(COOKIE) != wanted:
        response.set_cookie(COOKIE, wanted, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def add_languages(app: Flask) -> None:
    """Give ``app`` its languages. English is the language of the source; Chinese comes from the catalogue."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en")
    Babel(app, locale_selector=chosen)
    app.after_request(remember)
