"""The text of one file as its reader yields it, and a folded view of equal length for matching."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, field

from ingest.records import FieldCandidate, Locator, Passage


def _fold_table() -> dict[int, str]:
    """Full-width ASCII, the ideographic space and bracket variants → one plain form each, always one code point."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update({ord(c): " " for c in "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\t\x0b\x0c"})
    table.update(dict.fromkeys(map(ord, "〔﹝［【"), "["))
    table.update(dict.fromkeys(map(ord, "〕﹞］】"), "]"))
    table.update(dict.fromkeys(map(ord, "﹙❨"), "("))
    table.update(dict.fromkeys(map(ord, "﹚❩"), ")"))
    table.update(dict.fromkeys(map(ord, "「『〝＂"), "“"))
    table.update(dict.fromkeys(map(ord, "」』〞"), "”"))
    table.update({0xE004: " ", 0xE010: "."})  # a blank and a full stop in a font of some government pages
    table.update({ord("〈"): "《", ord("〉"): "》", ord("。"): "。", ord("、"): "、"})
    table.update(dict.fromkeys(map(ord, "–—―−－‐‑─"), "-"))
    return table


FOLD = _fold_table()


def fold(text: str) -> str:
    """``text`` with full-width ASCII, odd spaces, brackets and dashes in one form; the length never changes.

    >>> fold("（国发〔2014〕40号）")
    '(国发[2014]40号)'
    """
    return text.translate(FOLD)


def squeeze(text: str) -> str:
    """``text`` in NFKC without any white space: the form in which two quotes are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True)
class SourceText:
    """One file's text, verbatim, with what the reader knows beside it.

    ``name`` is the file's name or address; ``metadata`` are field candidates from outside the running text (title tag,
    metadata table, sidecar); ``boilerplate`` spans are website furniture the reader itself recognised; ``locators`` tell
    pages and elements where the format has them; ``warnings`` what the reader could not do.
    """

    name: str
    text: str
    metadata: tuple[FieldCandidate, ...] = ()
    boilerplate: tuple[Passage, ...] = field(default=())
    locators: tuple[Locator, ...] = ()
    warnings: tuple[str, ...] = ()

    @functools.cached_property
    def folded(self) -> str:
        """The same text folded: equal length, so that offsets hold in both."""
        return fold(self.text)
