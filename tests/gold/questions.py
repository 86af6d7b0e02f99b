"""Scores of search and of ``who`` on judged questions: ``python -m tests.gold.questions [FILE]`` over the store in force.

A question file is a list of ``{id, lang, type, query, relevant: [{doc, path, grade}], expected?: [{doc, systems}]}``, where
``doc`` begins the name of a document's source. Printed:
nDCG@10 by language and type, ``who`` by document, questions without an answer.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from search.answers import SearchResult, WhoAnswer, WhoDocument

DEPTH = 10
LEADS = ("lead",)


class Answers(Protocol):
    """What is scored."""

    def search(self, question: str, k: int) -> SearchResult: ...

    def who(self, question: str) -> WhoAnswer: ...


def ndcg(ranked: Sequence[tuple[str, str]], grades: Mapping[tuple[str, str], int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain with gains ``2^grade - 1``.

    >>> ndcg([("a", "1"), ("b", "1")], {("b", "1"): 2})  # second place counts 1 / log2(3)
    0.6309297535714575
    """
    gained = sum((2 ** grades.get(hit, 0) - 1) / math.log2(rank + 2) for rank, hit in enumerate(ranked[:depth]))
    ideal = sorted(grades.values(), reverse=True)[:depth]
    best = sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(ideal))
    return gained / best if best else 0.0


def namer(questions: Iterable[Mapping[str, Any]]) -> Callable[[str], str]:
    """What turns the source of a document into its name in a question file: the longest one that begins its file name."""
    rows = [row for question in questions for row in (*question["relevant"], *question.get("expected", ()))]
    names = sorted({row["doc"] for row in rows}, key=len, reverse=True)

    def name_of(source: str) -> str:
        file = Path(source).name
        return next((name for name in names if file.startswith(name)), file)

    return name_of


def lead_systems(document: WhoDocument) -> set[str]:
    """The systems of the leading bodies; of all named ones where none leads."""
    named = [body for body in document.bodies if not body.generic]
    leads = [body for body in named if body.role in LEADS] or named
    return {system for body in leads for system in body.system.split("+")}


def score_who(
    answer: WhoAnswer, expected: Iterable[Mapping[str, Any]], name_of: Callable[[str], str]
) -> list[tuple[str, bool, set[str]]]:
    """For each expected document whether the lead systems are exactly right, and what they were."""
    found = {name_of(document.document.source): lead_systems(document) for document in answer.answers}
    return [(e["doc"], found.get(e["doc"], set()) == set(e["systems"]), found.get(e["doc"], set())) for e in expected]


def evaluate(questions: Sequence[Mapping[str, Any]], answers: Answers, *, verbose: bool = False) -> dict[str, float]:
    """Every figure by name."""
    figures: dict[str, list[float]] = defaultdict(list)
    name_of = namer(questions)
    for question in questions:
        result = answers.search(question["query"], DEPTH)
        hits = [(name_of(hit.document.source), hit.path) for hit in result.hits]
        grades = {(r["doc"], r["path"]): r["grade"] for r in question["relevant"]}
        if grades:
            score = ndcg(hits, grades)
            for name in ("all", question["lang"], f"{question['lang']} {question['type']}"):
                figures[f"nDCG@10 {name}"].append(score)
            line = f"{score:.2f}"
        else:
            figures["no answer, told so"].append(float(not hits))
            line = "none" if not hits else "HITS"
        if verbose:
            print(
                line,
                question["id"],
                question["query"],
                "→",
                result.topic,
                [f"{d}:{p}{'*' if (d, p) in grades else ''}" for d, p in hits],
            )
        for doc, right, got in (
            score_who(answers.who(question["query"]), question["expected"], name_of) if "expected" in question else ()
        ):
            figures["who, lead systems by document"].append(float(right))
            if verbose and not right:
                print("   who wrong:", doc, sorted(got))
    return {name: sum(values) / len(values) for name, values in sorted(figures.items())}


def main(arguments: Sequence[str]) -> int:
    """Print the figures for a question file over the store in force."""
    import settings
    from graph.opening import open_store
    from search.engine import Searcher
    from search.who import who

    default = settings.ROOT.parent / "shared" / "gold" / "queries_dev.json"
    path = Path(arguments[0]) if arguments else default
    if not path.exists():
        print(f"no question file {path}")
        return 0
    reader = open_store()
    searcher = Searcher(reader, settings.home())

    class Both:
        def search(self, question: str, k: int) -> SearchResult:
            return searcher.search(question, k=k)

        def who(self, question: str) -> WhoAnswer:
            return who(searcher, question)

    for name, value in evaluate(json.loads(path.read_text("utf-8")), Both(), verbose="-v" in sys.argv).items():
        print(f"{name:40} {value:.3f}")
    reader.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main([argument for argument in sys.argv[1:] if argument != "-v"]))
