"""Caches of the store as immutable generations: numbered folders behind an atomically replaced ``CURRENT``.

A generation is written in a folder of its own, described by a manifest (stamp, digest of each file), and becomes the
current one by replacing the file ``CURRENT``. A reader sees the old generation or the new one, never half of one; a
generation that is missing, of another form or damaged is as if there were none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

MANIFEST = "manifest.json"
CURRENT = "CURRENT"


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation was built from: version of the store, form of the cache (its code and model), number of items."""

    version: int
    form: str
    items: int = 0


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    stamp: Stamp
    files: dict[str, str]


@dataclass(frozen=True)
class Generation:
    """One complete generation: its folder and its stamp."""

    folder: Path
    stamp: Stamp


class Generations:
    """The generations of one cache below ``root``. Only the process that holds the writer may call ``add``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def pointer(self) -> str:
        """The name of the generation in force, empty where there is none; it changes with each generation."""
        try:
            return (self.root / CURRENT).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def current(self, form: str) -> Generation | None:
        """The generation in force, or ``None`` where it is missing, damaged or of another form."""
        try:
            name = self.pointer()
            folder = self.root / name
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
            whole = manifest.stamp.form == form and folder.parent == self.root and _digests(folder) == manifest.files
        except (OSError, msgspec.MsgspecError):
            return None
        return Generation(folder, manifest.stamp) if name and whole else None

    def add(self, stamp: Stamp, write: Callable[[Path], None]) -> Generation:
        """Let ``write`` fill a new folder, make it the current generation and drop all older ones but the last."""
        self.root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"g{stamp.version}-", dir=self.root))
        try:
            write(folder)
            manifest = _Manifest(stamp=stamp, files=_digests(folder))
            (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest))
            _sync(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        previous = self.pointer()
        self._point_to(folder.name)
        self._prune({folder.name, previous})
        return Generation(folder, stamp)

    def _point_to(self, name: str) -> None:
        beside = self.root / f"{CURRENT}.{name}"
        with beside.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.root / CURRENT)
        _sync_folder(self.root)

    def _prune(self, keep: set[str]) -> None:
        """Remove other generations. A reader that has one open keeps its files until it closes them."""
        for entry in self.root.iterdir():
            if entry.is_dir() and entry.name not in keep:
                shutil.rmtree(entry, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    """The BLAKE2 digest of each file in the folder but the manifest and lock files."""
    return {
        path.name: _digest(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock")
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
