"""The API alone, as a Flask application. ``web.app`` adds the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from api import errors
from api.holder import hold
from api.routes import json_routes


def create_app(
    config: Mapping[str, Any] | None = None, *, name: str = __name__, error_page: Callable[[dict[str, Any]], str] | None = None
) -> Flask:
    """The application. ``config`` may hold STORE (an address) or CONTEXT (one that is open), and Flask's own settings."""
    app = Flask(name)
    app.config.update(config or {})
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    hold(app, app.config.get("STORE"), app.config.get("CONTEXT"))
    app.register_blueprint(json_routes())
    errors.register(app, error_page)
    return app
