"""Prepares ``.venv`` with exactly the pinned libraries and the command ``zhengmai``; standard library only.

Run by ``cli/install.sh`` with the Python to build on. A stamp in ``.venv`` tells what it was made from, so that a
second run finds nothing to do; a run that was cut short leaves no stamp and is taken up again.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = {
    "core": ("requirements-core.txt",),
    "all": ("requirements-core.txt", "requirements.txt", "requirements-dev.txt"),
    "cluster": ("requirements-core.txt", "requirements.txt", "requirements-dev.txt", "requirements-ray.txt"),
}
"""Kinds of environment, each of which holds what those before it hold."""
CONSTRAINTS = ROOT / "constraints.txt"
"""Versions of what the pinned libraries bring along, so that a set-up next year is that of today."""
LAUNCHER = """#!/bin/sh
exec "{python}" -P -m cli "$@"
"""
"""``-P`` keeps the folder where the user stands off the path: a folder ``search`` there must not hide ours."""

NO_VENV = """\
{python} cannot make a virtual environment: its module venv or ensurepip is missing.
Debian and Ubuntu ship it apart: apt install python{major}.{minor}-venv   (then run make again)
Or name another Python: make PYTHON=/path/to/python3"""
NO_PIP = """\
The libraries could not be installed; the lines above say why.
A network or proxy that refuses: set HTTPS_PROXY or PIP_INDEX_URL, then run make again: it goes on where it stopped.
No wheel for this Python: name another one, make PYTHON=/path/to/python3.11"""


class SetupError(Exception):
    """Set-up cannot go on; the message says what is wrong and what to do."""


def python_of(venv: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / "bin" / "python"


def digest(files: tuple[str, ...]) -> str:
    """What an environment is made from: the pins, the place of the checkout, and the Python it stands on."""
    contents = [(ROOT / name).read_text(encoding="utf-8") for name in (*files, CONSTRAINTS.name)]
    parts = [str(ROOT), sys.version, *contents]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamp(kind: str) -> Path:
    """The file that tells what an environment was made from."""
    return VENV / f".made-from-{kind}"


def is_ready(kind: str) -> bool:
    """True when the environment holds what ``kind`` needs; a larger kind contains the smaller."""
    wider = list(REQUIREMENTS)[list(REQUIREMENTS).index(kind) :]
    return works() and any(
        stamp(name).is_file() and stamp(name).read_text(encoding="utf-8") == digest(REQUIREMENTS[name]) for name in wider
    )


def works() -> bool:
    """True when the environment's interpreter starts, has pip, and belongs to this checkout and this Python."""
    config = VENV / "pyvenv.cfg"
    if not config.is_file() or not python_of(VENV).exists():
        return False
    probe = f"import pip, sys; sys.exit((sys.version, sys.prefix) != ({sys.version!r}, {str(VENV)!r}))"
    return subprocess.run([python_of(VENV), "-I", "-c", probe], capture_output=True, check=False).returncode == 0


def create() -> None:
    """A fresh environment; raises SetupError where Python lacks the module."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-I", "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        major, minor = sys.version_info[:2]
        raise SetupError(NO_VENV.format(python=sys.executable, major=major, minor=minor))


def install(files: tuple[str, ...]) -> None:
    """Install the pins of these files; pip itself tries again where the network fails."""
    command = [str(python_of(VENV)), "-m", "pip", "install", "--disable-pip-version-check", "--retries", "10"]
    for name in files:
        command += ["-r", str(ROOT / name)]
    if subprocess.run(command, check=False).returncode:
        raise SetupError(NO_PIP)


def put_command() -> None:
    """The command ``zhengmai`` and the rooms on the environment's path, so that both work from any folder."""
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)}))
    (site / "zhengmai.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = VENV / "bin" / "zhengmai"
    launcher.write_text(LAUNCHER.format(python=python_of(VENV)), encoding="utf-8")
    launcher.chmod(0o755)


def prepare(kind: str) -> None:
    """Make ``.venv`` hold what ``kind`` (a key of ``REQUIREMENTS``) needs; returns at once when it does."""
    if is_ready(kind):
        return
    print(f"Preparing .venv with Python {sys.version.split()[0]} (a few minutes the first time) …", flush=True)
    if not works():
        create()
    install(REQUIREMENTS[kind])
    put_command()
    stamp(kind).write_text(digest(REQUIREMENTS[kind]), encoding="utf-8")


def name_of(pin: str) -> str:
    """The library that a pin is for, in the form in which names are compared."""
    return pin.split("==")[0].split("[")[0].strip().lower().replace("_", "-")


def freeze() -> None:
    """Write down the versions now installed of everything that is not pinned itself (``make constraints``)."""
    listed = subprocess.run([python_of(VENV), "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    pins = [line for name in REQUIREMENTS["cluster"] for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    pinned = {name_of(line) for line in pins}
    kept = [line for line in listed.splitlines() if "==" in line and name_of(line) not in pinned]
    head = "# Versions of what the pinned libraries bring along; made by: make constraints\n"
    CONSTRAINTS.write_text(head + "".join(f"{line}\n" for line in kept), encoding="utf-8")


def main() -> int:
    """Exit status 0 when the environment is ready, 2 when it cannot be made, 130 when interrupted."""
    try:
        freeze() if sys.argv[1:] == ["freeze"] else prepare(sys.argv[1] if len(sys.argv) > 1 else "core")
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped; make goes on from here the next time.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
