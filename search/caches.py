"""The caches of a store: where they lie, and building them when they are stale. Only the writer's process builds."""

from __future__ import annotations

import secrets
from pathlib import Path

from graph import vectors
from graph.full_text import FullText
from graph.generations import Generation, Generations
from graph.protocol import Reader, Store
from search import keyword

LEAST_STALE = 2_000
"""Up to so many changed provisions are searched directly before an index is built again."""
STALE_SHARE = 0.1


def keyword_root(home: Path) -> Path:
    """The folder of the keyword index's generations."""
    return home / "cache" / "keyword"


def vector_root(home: Path) -> Path:
    """The folder of the vector index's generations."""
    return home / "cache" / "vectors"


def refresh(store: Store, home: Path, model: str) -> tuple[str, ...]:
    """Build what is missing, damaged, of another form, or stale beyond what is searched directly; names what was built.

    ``model`` is the name under which the store keeps the vectors (``Embedder.name``). A store with indexes of its own needs no
    others.
    """
    if isinstance(store, FullText):
        return ()
    if store.meta("identity") is None:
        store.set_meta([("identity", secrets.token_hex(8))])
    built = []
    if _is_stale(store, Generations(keyword_root(home)).current(keyword.form(store))):
        keyword.build(store, keyword_root(home))
        built.append("keyword")
    if _is_stale(store, Generations(vector_root(home)).current(vectors.form(store, model))):
        vectors.build(store, model, vector_root(home))
        built.append("vectors")
    return tuple(built)


def _is_stale(reader: Reader, generation: Generation | None) -> bool:
    if generation is None or generation.stamp.version > reader.version():
        return True
    held = generation.stamp.items
    changed = len(reader.provisions_changed_since(generation.stamp.version))
    gone = held - reader.counts().provisions
    return max(changed, gone) > max(LEAST_STALE, STALE_SHARE * held)
