#!/bin/sh
# Finds a Python that fits and lets it prepare .venv:  sh cli/install.sh core|all|cluster
# Only a POSIX shell is taken for granted here; everything else is done in cli/environment.py.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

fits() { # 3.11 to 3.14: the versions for which every pinned library has a wheel
    "$1" -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

for python in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if fits "$python"; then
        exec "$python" -I "$here/environment.py" "$@"
    fi
done

found=$(python3 --version 2>&1) || found="no python3 at all"
cat >&2 <<END
Zhengmai needs Python 3.11, 3.12, 3.13 or 3.14, and this machine offers $found.
Install one (Debian, Ubuntu: apt install python3 python3-venv; Fedora: dnf install python3;
macOS: brew install python; or https://www.python.org/downloads/), then run make again.
If it lies outside the PATH, name it: make PYTHON=/path/to/python3 $(test "$1" = core && echo run || echo test)
END
exit 2
