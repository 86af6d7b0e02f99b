"""The site: pages and API in one Flask application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from api.app import create_app as create_api
from web.language import add_languages
from web.pages import error_page, html_pages
from web.rendering import add_helpers
from web.security import add_headers

WEEK = 7 * 24 * 3600


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. ``config`` may hold STORE (an address) or CONTEXT (one that is open), and Flask's own settings."""
    app = create_api({"SEND_FILE_MAX_AGE_DEFAULT": WEEK, **(config or {})}, name=__name__, error_page=error_page)
    add_languages(app)
    add_helpers(app)
    add_headers(app)
    app.register_blueprint(html_pages())
    return app
