"""The caches of a store: where they lie, and building them when they are stale. Only the writer's process builds."""

from __future__ import annotations

from pathlib import Path

from graph import vectors
from graph.generations import Generations
from graph.protocol import Reader
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


def refresh(reader: Reader, home: Path, model: str) -> tuple[str, ...]:
    """Build what is missing, damaged, of another form, or stale beyond what is searched directly; names what was built.

    ``model`` is the name under which the store keeps the vectors (``Embedder.name``).
    """
    built = []
    if _is_stale(reader, keyword_root(home), keyword.FORM):
        keyword.build(reader, keyword_root(home))
        built.append("keyword")
    if _is_stale(reader, vector_root(home), vectors.form(model)):
        vectors.build(reader, model, vector_root(home))
        built.append("vectors")
    return tuple(built)


def _is_stale(reader: Reader, root: Path, form: str) -> bool:
    generation = Generations(root).current(form)
    if generation is None or generation.stamp.version > reader.version():
        return True
    changed = len(reader.provisions_changed_since(generation.stamp.version))
    gone = generation.stamp.version < reader.version() and changed == 0
    return gone or changed > max(LEAST_STALE, STALE_SHARE * generation.stamp.items)
