"""The site as a production server: gunicorn with threads, each worker opening the store after its fork."""

from __future__ import annotations

import errno
import signal
import socket
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

import settings

THREADS = 4
TIMEOUT = 60
GRACE = 5
"""Seconds that requests may still take when the server is told to stop."""
LONGEST_LINE = 8190
"""Bytes of a request's first line: a question of 500 Chinese characters takes 4,500."""


class ServingError(OSError):
    """The server cannot start; the message says what to do."""


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn without its command line and configuration files."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from web.app import create_app

        return create_app()


def serve(host: str, port: int) -> None:
    """Serve until interrupted; ends with ``SystemExit``. Raises ``StoreError`` without a store, and ``ServingError``."""
    check_store()
    check_address(host, port)
    print(f"Zhengmai 政脉: http://{_shown(host)}:{port}/  (Ctrl-C stops it)", flush=True)  # noqa: T201
    _Server(_options(host, port)).run()


def check_store() -> None:
    """Raise ``StoreError`` when there is no store to read. Nothing stays open for the workers to inherit."""
    from graph.opening import open_store

    open_store().close()


def check_address(host: str, port: int) -> None:
    """Raise ``ServingError`` when nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise ServingError(_reason(error, host, port)) from None


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken. Choose another one: zhengmai serve --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this user has. Choose one from 1024: zhengmai serve --port 8000"
    return f"Cannot listen on {host}:{port} ({error.strerror or error}). Choose another: zhengmai serve --host 127.0.0.1"


def _options(host: str, port: int) -> dict[str, Any]:
    memory = Path("/dev/shm")  # noqa: S108 - heartbeat files only: a slow disk must not make a worker look dead
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "worker_class": "gthread",
        "workers": int(settings.WORKERS.value),
        "threads": THREADS,
        "timeout": TIMEOUT,
        "graceful_timeout": GRACE,
        "post_worker_init": _leave_interrupts_to_the_server,
        "loglevel": "warning",
        "limit_request_line": LONGEST_LINE,
        "control_socket_disable": True,
        "worker_tmp_dir": str(memory) if memory.is_dir() else None,
    }


def _leave_interrupts_to_the_server(_worker: object) -> None:
    """Ctrl-C reaches every process of the terminal; a worker that obeys both it and the server's order can lock itself up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
