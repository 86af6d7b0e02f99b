"""``make bench``: every module of this folder in turn. Exit status 1 when a figure misses its bar.

python -m tests.bench [NAME ...]
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench


def main(wanted: list[str]) -> int:
    """Print the rows of the modules named, or of all."""
    names = [module.name for module in pkgutil.iter_modules(tests.bench.__path__) if not module.name.startswith("_")]
    missed = 0
    for name in wanted or names:
        for row in importlib.import_module(f"tests.bench.{name}").rows():
            missed += not row.kept
            verdict = "" if not row.bar else f"  (bar {row.bar}{'' if row.kept else ', MISSED'})"
            print(f"{name}: {row.what}: {row.figure}{verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
