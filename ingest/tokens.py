"""The two token streams of the keyword index: words and character bigrams, of text in one plain form."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from ingest.source_text import fold

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


@functools.cache
def _to_simplified() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def plain(text: str) -> str:
    """``text`` folded, in lower case and in simplified characters; its length never changes, so that offsets hold.

    >>> plain("ＧＤＰ与勞動〔２０１４〕")
    'gdp与劳动[2014]'
    """
    folded = fold(text)
    lowered = folded.lower()
    kept = lowered if len(lowered) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    simplified = _to_simplified()(kept)
    return simplified if len(simplified) == len(text) else kept


def words(text: str) -> list[str]:
    """The words of ``text`` in its order, in plain form, without punctuation.

    >>> words("農民工的住房、工資")
    ['农民工', '的', '住房', '工资']
    """
    import rjieba

    return [word for word in rjieba.cut(plain(text), False) if _RUN.match(word)]


def bigrams(text: str) -> list[str]:
    """Each two neighbouring Chinese characters of ``text``; a lone character, a number or a foreign word stands whole.

    >>> bigrams("国发〔2014〕40号")
    ['国发', '2014', '40', '号']
    """
    return list(_bigrams(plain(text)))


def streams(text: str) -> tuple[list[str], list[str]]:
    """Both streams of ``text``: its words and its bigrams."""
    import rjieba

    held = plain(text)
    return [word for word in rjieba.cut(held, False) if _RUN.match(word)], list(_bigrams(held))


def _bigrams(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if len(run) == 1 or not _is_han(run[0]):
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"
