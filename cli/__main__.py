"""``python -m cli`` is the command ``zhengmai``."""

from __future__ import annotations

from cli.main import main

if __name__ == "__main__":
    main()
