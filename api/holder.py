"""The context of an application: opened in the worker that first needs it, never before a fork."""

from __future__ import annotations

import os
import threading

from flask import Flask, current_app

from api.context import Context, open_context
from api.problems import Unavailable
from graph.errors import StoreError

KEY = "zhengmai"


class Holder:
    """Opens a context once for each process."""

    def __init__(self, address: str | None, context: Context | None = None) -> None:
        self._address = address
        self._context = context
        self._process = os.getpid()
        self._opening = threading.Lock()

    def get(self) -> Context:
        """The context of this process. Raises ``Unavailable`` when the store cannot be opened."""
        with self._opening:
            if self._context is None or self._process != os.getpid():
                self._context, self._process = self._open(), os.getpid()
            return self._context

    def close(self) -> None:
        """Close the context, if it was opened; the next request opens it again."""
        with self._opening:
            if self._context is not None:
                self._context.close()
            self._context = None

    def _open(self) -> Context:
        try:
            return open_context(self._address)
        except StoreError as error:
            raise Unavailable(str(error)) from error


def hold(app: Flask, address: str | None, context: Context | None) -> None:
    """Give ``app`` the store at ``address``, or a context that is open already."""
    app.extensions[KEY] = Holder(address, context)


def current_context() -> Context:
    """The context of the application that handles this request."""
    holder: Holder = current_app.extensions[KEY]
    return holder.get()
