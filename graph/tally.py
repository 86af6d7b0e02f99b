"""How far a batch is, and what failed in it, whatever is done with its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from graph.extracting import Input
from graph.gathering import Failure, Found, documents_of

Progress = Callable[[int, int, str], None]
"""Called with how many inputs are done, how many there are, and the name of the last one."""


class Tally:
    """Counts the inputs of a batch as they are done."""

    def __init__(self, total: int, progress: Progress | None = None) -> None:
        self.total = total
        self.progress = progress
        self.failures: list[Failure] = []
        self.done = 0

    def step(self, file: str) -> None:
        """One more input is done."""
        self.done += 1
        self.total = max(self.total, self.done)
        if self.progress:
            self.progress(self.done, self.total, file)

    def fail(self, failure: Failure) -> None:
        """One more input is done, in vain."""
        self.failures.append(failure)
        self.step(failure.file)


def documents_in(tally: Tally, files: Iterable[Found], mapping: Mapping[str, str] | None) -> Iterator[Input]:
    """The documents of files that were counted as one each, one in memory at a time; what cannot be taken out has failed."""
    for file in files:
        for number, given in enumerate(documents_of(file, mapping)):
            tally.total += 1 if number else 0
            if isinstance(given, Failure):
                tally.fail(given)
            else:
                yield given
