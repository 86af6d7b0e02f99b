"""Make the built-in model from folders of Chinese texts.

    python -m ingest.embedding.train --glossary data/reference/glossary.csv GOV LAWS data/model

Words that occur near one another more often than chance get similar rows: positive pointwise mutual information within a
window, factorised by SVD (U·√S), rows weighted by rarity (SIF), what is common to all rows removed, then int8 with a
scale for each row. The same folders and seed give the same table: the signs of the factors are fixed. Needs scipy.

Texts of law know neither everyday words nor English. Those of the glossary become pieces of their own, with the vectors of the
official terms that they stand for.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ingest.tokens import plain, words

Floats = NDArray[np.float64]
UNKNOWN = "[UNK]"


@dataclass(frozen=True)
class Recipe:
    """Every choice that the model depends on."""

    least_count: int = 12
    window: int = 10
    dimensions: int = 256
    rarity: float = 1e-3
    smoothing: float = 0.75
    common_directions: int = 1
    seed: int = 20260101


def read_paragraphs(folder: Path) -> Iterator[str]:
    """Lines of every ``.md``, ``.txt`` and ``.html`` below the folder, in plain form and in the order of their names."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".txt", ".html"}):
        for line in _read(path).splitlines():
            if line and not line.startswith(("#", "<!--")):
                yield plain(line)


def _read(path: Path) -> str:
    if path.suffix == ".html":
        from ingest.readers import read_file

        return read_file(path).text
    return path.read_text("utf-8")


def count_words(paragraphs: Sequence[str]) -> Counter[str]:
    """How often each Chinese or Latin word occurs; numbers are left out."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update(word for word in words(paragraph) if not word.isdecimal())
    return counts


Ties = dict[str, tuple[str, ...]]
"""Everyday or English word → the official terms that it stands for."""


def read_ties(glossary: Path) -> Ties:
    """The everyday words and single English words of a glossary, in plain form; of several rows for one the first counts."""
    ties: Ties = {}
    with glossary.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            official = _listed(row["official"]) if row["kind"] != "place" else ()
            names = [word for word in (*_listed(row["everyday"]), *_listed(row["english"])) if official and " " not in word]
            for word in names:
                ties.setdefault(plain(word), official)
    return {word: official for word, official in ties.items() if len(word) > 1 and word.isalnum()}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def build_tokenizer(counts: Counter[str], characters: Counter[str], recipe: Recipe, ties: Ties) -> Tokenizer:
    """A Unigram tokenizer that holds the frequent words and the tied ones, and every character for the rest."""
    kept = {word: n for word, n in counts.items() if n >= recipe.least_count}
    kept |= {word: recipe.least_count for word in ties if word not in kept}
    total = sum(kept.values())
    pieces = {word: float(np.log(n / total)) for word, n in kept.items()}
    floor = min(pieces.values()) - 2.0
    for character in sorted(characters):
        pieces.setdefault(character, floor)
    ranked = sorted(pieces.items(), key=lambda piece: (-piece[1], piece[0]))
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, floor - 10.0), *ranked], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("removed")])
    return tokenizer


def count_pairs(sequences: Sequence[NDArray[np.int32]], size: int, window: int) -> Any:
    """Symmetric sparse matrix (size, size) of how often two pieces stand within the window."""
    from scipy import sparse

    total = sparse.csr_matrix((size, size), dtype=np.float64)
    gap = np.full(window, -1, dtype=np.int32)
    for first in range(0, len(sequences), 50_000):
        stream = np.concatenate([part for s in sequences[first : first + 50_000] for part in (s, gap)])
        for distance in range(1, window + 1):
            left, right = stream[:-distance], stream[distance:]
            both = (left > 0) & (right > 0)
            ones = np.ones(int(both.sum()))
            total = total + sparse.coo_matrix((ones, (left[both], right[both])), shape=(size, size)).tocsr()
    return total + total.T


def positive_information(pairs: Any, smoothing: float) -> Any:
    """Pairs reweighted to positive pointwise mutual information, contexts smoothed so that rare ones do not rule."""
    table = pairs.tocoo()
    rows = np.asarray(pairs.sum(axis=1)).ravel()
    contexts = rows**smoothing
    information = np.log(table.data * contexts.sum() / (rows[table.row] * contexts[table.col]))
    table.data = np.maximum(information, 0.0)
    matrix = table.tocsr()
    matrix.eliminate_zeros()
    return matrix


def factorise(matrix: Any, recipe: Recipe) -> Floats:
    """U·√S of the truncated SVD, (pieces, dimensions), each factor's sign such that its largest entry is positive."""
    from scipy.sparse.linalg import svds

    start = np.random.default_rng(recipe.seed).standard_normal(min(matrix.shape))
    left, strengths, _ = svds(matrix, k=recipe.dimensions, v0=start)
    order = np.argsort(-strengths)
    left, strengths = left[:, order], strengths[order]
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])])
    return np.asarray(left * signs * np.sqrt(strengths))


def weigh_rows(rows: Floats, frequencies: Floats, recipe: Recipe) -> Floats:
    """Rows of length one without their common direction, then weighted by the rarity of the piece."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    weights = (recipe.rarity / (recipe.rarity + frequencies))[:, None]
    weighted = unit * weights
    _, _, directions = np.linalg.svd(weighted * np.sqrt(frequencies)[:, None], full_matrices=False)
    common = directions[: recipe.common_directions]
    return np.asarray(weighted - weighted @ common.T @ common)


def tie(rows: Floats, tokenizer: Tokenizer, ties: Ties, known: NDArray[np.bool_]) -> None:
    """Give each tied piece that the texts do not know the direction of its official terms, and the weight of a rare word."""
    weight = float(np.median(np.linalg.norm(rows[known], axis=1)))
    for word, official in sorted(ties.items()):
        piece = tokenizer.token_to_id(word)
        if piece is None or known[piece]:
            continue
        ids = [i for term in official for i in tokenizer.encode(plain(term), add_special_tokens=False).ids if known[i]]
        total = rows[ids].sum(axis=0) if ids else np.zeros(rows.shape[1])
        length = float(np.linalg.norm(total))
        rows[piece] = total * (weight / length) if length else total


def quantise(rows: Floats) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and one float32 scale each, so that ``rows ≈ int8 · scale``."""
    scales = np.abs(rows).max(axis=1) / 127.0
    safe = np.where(scales > 0, scales, 1.0)
    return np.rint(rows / safe[:, None]).astype(np.int8), scales.astype(np.float32)


Model = tuple[Tokenizer, NDArray[np.int8], NDArray[np.float32]]
"""Tokenizer, int8 table and scales."""


def train(folders: Sequence[Path], recipe: Recipe, ties: Ties | None = None) -> Model:
    """A model made from the texts of folders, in their order, and the ties of a glossary."""
    paragraphs = [paragraph for folder in folders for paragraph in read_paragraphs(folder)]
    characters = Counter(c for paragraph in paragraphs for c in paragraph if c.isalnum())
    tokenizer = build_tokenizer(count_words(paragraphs), characters, recipe, ties or {})
    encodings = tokenizer.encode_batch_fast(paragraphs, add_special_tokens=False)
    sequences = [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings if len(encoding.ids) > 1]
    size = tokenizer.get_vocab_size()
    counts = np.bincount(np.concatenate(sequences), minlength=size).astype(np.float64)
    matrix = positive_information(count_pairs(sequences, size, recipe.window), recipe.smoothing)
    rows = weigh_rows(factorise(matrix, recipe), counts / counts.sum(), recipe)
    rows[0] = 0.0
    tie(rows, tokenizer, ties or {}, counts > 0)
    return tokenizer, *quantise(rows)


def save(target: Path, tokenizer: Tokenizer, table: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
    """Write the files that the built-in reader and a stock sentence-transformers ``StaticEmbedding`` both load."""
    from safetensors.numpy import save_file

    target.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    save_file({"embeddings": table, "weights": scales}, target / "model.safetensors")
    kinds = [("", "StaticEmbedding"), ("1_Normalize", "Normalize")]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds)
    ]
    (target / "modules.json").write_text(json.dumps(modules, indent=1) + "\n", "utf-8")


def main() -> None:
    """Read the command line and make the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of .md, .txt and .html files")
    parser.add_argument("target", type=Path, help="folder to write the model to")
    parser.add_argument(
        "--least-count", type=int, default=Recipe.least_count, help="words seen less often are cut into characters"
    )
    parser.add_argument("--glossary", type=Path, help="CSV whose everyday and English words get the vectors of official terms")
    parser.add_argument("--dimensions", type=int, default=Recipe.dimensions)
    arguments = parser.parse_args()
    recipe = Recipe(least_count=arguments.least_count, dimensions=arguments.dimensions)
    ties = read_ties(arguments.glossary) if arguments.glossary else {}
    save(arguments.target, *train(arguments.folders, recipe, ties))


if __name__ == "__main__":
    main()
