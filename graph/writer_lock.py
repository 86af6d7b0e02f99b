"""One process at a time may write: ``writer.lock`` in the store's folder, and beside it who holds it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import StoreBusyError


class WriterLock:
    """Held from construction to ``release``. The operating system frees it when the process dies.

    The holder is written beside the lock, not into it: opening a lock file to try it empties it.
    """

    def __init__(self, home: Path) -> None:
        self._holder = home / "writer.json"
        self._lock = FileLock(home / "writer.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreBusyError(home, _read(self._holder)) from error
        self._holder.write_text(json.dumps({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}))

    def release(self) -> None:
        self._holder.unlink(missing_ok=True)
        self._lock.release()


def _read(holder: Path) -> dict[str, object]:
    try:
        found = json.loads(holder.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
