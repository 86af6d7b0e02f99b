"""The title of an item, where it has one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.patterns import load_patterns

_LONGEST = 45
_LONGEST_LABEL = 20
_LONGEST_ITEM = 18
"""A title of an item of an article is no longer."""
_MOST_COMMAS = 3
_GAP = re.compile(r"(?<=\S\S)\s{2,}")
_SENTENCE = re.compile(
    r"[;；!?]|^.{4,}(?:应当|应该|必须|不得|严禁|禁止|是指)|,(?:要|应|须)(?![急用对变邀激求])"
    r"|(?:部门|政府|机构|单位|指挥部|各地|地区)(?:都?要(?!求|素)|应(?![急用])|必须)|^.{8,}(?:(?<![响供适反效对相感顺])应(?![急用对变邀激])|须|可以|由.+负责)"
)
"""What an order has and a title has not."""
_END = re.compile(r"[。:：\n\r\x85\u2028\u2029]| \| ")
_BRACKETED = re.compile(r"[\s*#]*\[(?P<title>[^\[\]]{1,30})\]")
_REST = re.compile(r"\([^()]*\)|[\s。]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an item's surroundings tell about its title.

    ``has_items``: items stand under it; ``listed``: the item before it ended with a semicolon, so both are entries of a list;
    ``in_article``: it is an item of an article, which seldom has one; ``broken``: the text has lost its line breaks.
    """

    has_items: bool = False
    listed: bool = False
    in_article: bool = False
    broken: bool = False


def find_heading(folded: str, start: int, end: int, setting: Setting = Setting()) -> tuple[int, int] | None:
    """Offsets of the title of the item whose text after its marker is ``start``:``end``; None if it has no title.

    A title ends at the first 。 or : with more text or items behind it, or at the end of its line.
    """
    if setting.listed:
        return None
    usual = _usual_title(folded, start, end) if setting.broken else 0
    if usual:
        return start, start + usual
    stop, ending = _first_stop(folded, start, end, setting.broken)
    title = folded[start:stop].strip()
    if not _could_be_title(title) or (setting.in_article and not _names_item(title, folded[stop:end], setting)):
        return None
    if ending in {":", "："}:
        return _label(folded, start, stop, end)
    if ending == "。" and not _goes_on(folded, stop + 1, end, setting):
        return None
    return _trim(folded, start, stop)


def _first_stop(folded: str, start: int, end: int, broken: bool) -> tuple[int, str]:
    """Where the first sentence, label or line ends, and the character that ends it."""
    match = _END.search(folded, start, end)
    stop = match.start() if match else end
    gap = _GAP.search(folded, start, stop) if broken else None
    return (gap.start(), "\n") if gap else (stop, match[0] if match else "")


def _could_be_title(title: str) -> bool:
    if not title or len(title) > _LONGEST or title.endswith(",") or _SENTENCE.search(title):
        return False
    return max(title.count(","), title.count("、")) <= _MOST_COMMAS


def _names_item(title: str, rest: str, setting: Setting) -> bool:
    """Whether what an item of an article begins with is its title (需求评估。 …) and not the first of its sentences."""
    closed = setting.has_items or bool(rest.strip(" \n\r。:："))
    return closed and len(title) <= _LONGEST_ITEM and "," not in title and not title.endswith(("的", "外"))


def _usual_title(folded: str, start: int, end: int) -> int:
    """The length of a usual title that the text begins with, 0 if it does not."""
    match = load_patterns("provision_roles.toml", "title")[0].regex.match(folded[start : min(end, start + 20)])
    return match.end() if match else 0


def _goes_on(folded: str, start: int, end: int, setting: Setting) -> bool:
    """Whether a first sentence has more behind it, so that it is a title: items, or text other than a bracket."""
    return setting.has_items or bool(_REST.sub("", folded[start:end]))


def article_heading(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Offsets of the title in brackets that some statutes give an article (第一条 【立法目的】)."""
    match = _BRACKETED.match(folded, start, end)
    return match.span("title") if match else None


def _label(folded: str, start: int, stop: int, end: int) -> tuple[int, int] | None:
    """县财政局:负责… has a title; 有下列情形之一的: opens a list and has none."""
    title = folded[start:stop].strip()
    if len(title) > _LONGEST_LABEL or re.search(r"[,;]|下列|如下|以下|的$", title) or not folded[stop + 1 : end].strip():
        return None
    return _trim(folded, start, stop)


def _trim(folded: str, start: int, stop: int) -> tuple[int, int]:
    text = folded[start:stop]
    start += len(text) - len(text.lstrip(" *"))
    return start, start + len(text.strip(" *\n\r"))
