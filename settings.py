"""Every setting: name, default, help. Read from the environment as ``ZHENGMAI_<NAME>``; a leaf that any room may read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
"""The checkout."""


@dataclass(frozen=True)
class Setting:
    """One setting. ``default`` is the text used when the environment has none."""

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"ZHENGMAI_{self.name}"

    @property
    def value(self) -> str:
        """The text in force now."""
        return os.environ.get(self.variable) or self.default


HOME = Setting("HOME", str(ROOT / "var"), "Folder of the store (zhengmai.db) and its caches.")
STORE = Setting("STORE", "", "Address of the store; empty for the embedded one in ZHENGMAI_HOME.")
MODEL = Setting("MODEL", "builtin", "Embedding model: builtin, or a sentence-transformers name or folder.")
DEVICE = Setting("DEVICE", "", "Device of such a model: cpu, cuda, mps …; empty for the fastest there is.")
LANGUAGE = Setting("LANGUAGE", "", "Language of the site, zh or en; empty to follow the browser.")
WORKERS = Setting("WORKERS", "2", "Worker processes of the site.")
READ_SECONDS = Setting("READ_SECONDS", "60", "Seconds that reading one file may take.")
READ_MEMORY = Setting("READ_MEMORY", "2000", "Megabytes of memory that reading one file may take.")
READ_SIZE = Setting("READ_SIZE", "64", "Megabytes that one document may have.")
READ_ENTRIES = Setting("READ_ENTRIES", "10000", "Entries that an archive may hold.")
READ_EXPANSION = Setting("READ_EXPANSION", "500", "Megabytes that an archive may grow to when it is unpacked.")
QUERY = Setting("QUERY", "", "Any text lets users of the site and its API send read-only SQL or Cypher.")
DEBUG = Setting("DEBUG", "", "Any text makes the command line print where an error arose.")

SETTINGS: tuple[Setting, ...] = (
    HOME,
    STORE,
    MODEL,
    DEVICE,
    LANGUAGE,
    WORKERS,
    READ_SECONDS,
    READ_MEMORY,
    READ_SIZE,
    READ_ENTRIES,
    READ_EXPANSION,
    QUERY,
    DEBUG,
)


def number(setting: Setting) -> int:
    """A setting's value as a whole number above 0; its default where the environment has none such."""
    value = setting.value.strip()
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else int(setting.default)


def home() -> Path:
    """The folder of the store and its caches (not created here)."""
    return Path(HOME.value).expanduser()
