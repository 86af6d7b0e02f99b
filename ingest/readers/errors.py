"""What a reader raises.

ReadError
"""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read: which one, what is wrong with it, what to do about it."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file} {problem}: {remedy}")
        self.file = file
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return ReadError, (self.file, self.problem, self.remedy)
