"""How well what is known to be there is found, beside bare tantivy over the same passages in the same run.

T1 are five words of a provision, T2 a sentence of which much is left out, T4 a fragment that begins and ends anywhere.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Sequence

from graph.protocol import ProvisionRow
from ingest.tokens import words
from tests.bench import Row
from tests.bench._store import BareKeywords, Measured, measured, opened

SEED = 7
ITEMS = 150
TOLERANCE = 0.01
"""What another sample of as many items changes."""
FIRST = {"T1": 0.83, "T2": 0.85, "T4": 0.68}
"""What experiments reached before this was built, over the same statutes."""
Questions = list[tuple[str, str]]


def rows() -> Iterator[Row]:
    """Mean reciprocal ranks among the first ten."""
    with opened() as store:
        held = measured(store)
        bare = BareKeywords(held.passages)
        for name, questions in known_items(held.passages).items():
            ours = mean_reciprocal_rank(questions, lambda question: ours_for(held, question))
            theirs = mean_reciprocal_rank(questions, lambda question: bare_for(held, bare, question))
            what = f"{name}: mean reciprocal rank, ours / bare tantivy"
            figure = f"{ours:.3f} / {theirs:.3f} (first experiments {FIRST[name]})"
            yield held.row(what, figure, f"≥ {theirs:.3f} - {TOLERANCE}", ours >= theirs - TOLERANCE)


def ours_for(held: Measured, question: str) -> list[str]:
    """Ids that a search finds, sure enough or not."""
    return [one.row.id for one in held.searcher.find(held.searcher.understand(question), k=10)]


def bare_for(held: Measured, bare: BareKeywords, question: str) -> list[str]:
    """Ids that tantivy finds for the question as typed."""
    return [held.passages[number].id for number in bare.search(bare.query(question))]


def known_items(passages: Sequence[ProvisionRow]) -> dict[str, Questions]:
    """Questions of each kind, each with the id of the provision it was made from."""
    drawn = random.Random(SEED).sample(range(len(passages)), min(len(passages), ITEMS * 4))
    able = (row for row in map(passages.__getitem__, drawn) if len(row.text) >= 60 and row.provision.role == "measure")
    sample = [row for _, row in zip(range(ITEMS), able, strict=False)]
    return {"T1": words_of(sample), "T2": thinned(sample), "T4": fragments(sample)}


def words_of(sample: Sequence[ProvisionRow]) -> Questions:
    """T1: five content words."""
    drawn = random.Random(SEED)
    long = [(list(dict.fromkeys(word for word in words(row.text) if len(word) > 1)), row.id) for row in sample]
    return [(" ".join(drawn.sample(found, 5)), identifier) for found, identifier in long if len(found) >= 5]


def thinned(sample: Sequence[ProvisionRow]) -> Questions:
    """T2: a sentence with four words in ten left out."""
    drawn = random.Random(SEED)
    sentences = [(max(row.text.split("。"), key=len)[:60], row.id) for row in sample]
    return [("".join(word for word in words(text) if drawn.random() > 0.4), identifier) for text, identifier in sentences]


def fragments(sample: Sequence[ProvisionRow]) -> Questions:
    """T4: ten to fourteen characters from the middle."""
    drawn = random.Random(SEED)
    made = []
    for row in sample:
        start = drawn.randrange(20, len(row.text) - 20)
        made.append((row.text[start : start + drawn.randint(10, 14)].replace("\n", ""), row.id))
    return made


def mean_reciprocal_rank(questions: Questions, find: Callable[[str], list[str]]) -> float:
    """Mean reciprocal rank of the known item among the first ten."""
    found = [(find(question), identifier) for question, identifier in questions]
    return statistics.mean(1 / (ids.index(identifier) + 1) if identifier in ids[:10] else 0.0 for ids, identifier in found)
