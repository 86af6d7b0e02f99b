"""The digest that every answer carries, so that a finding can be cited and found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_of(revisions: Iterable[tuple[str, str, str]], model: str | None, corrections: Iterable[str] = ()) -> str:
    """Digest of (document id, revision, extractor) in order, of the model and of corrections: 16 hexadecimal digits."""
    total = hashlib.sha256((model or "").encode())
    for row in revisions:
        total.update("\x1f".join(row).encode() + b"\x1e")
    for correction in corrections:
        total.update(correction.encode() + b"\x1e")
    return total.hexdigest()[:16]
