"""The title of an item, where it has one."""

from __future__ import annotations

import re

_LONGEST = 60
_LONGEST_LABEL = 20
_END = re.compile(r"[。:：\n\r\x85\u2028\u2029]")
_BRACKETED = re.compile(r"[\s*#]*\[(?P<title>[^\[\]]{1,30})\]")
_REST = re.compile(r"\([^()]*\)|[\s。]")


def find_heading(folded: str, start: int, end: int, has_items: bool = False) -> tuple[int, int] | None:
    """Offsets of the title of the item whose text after its marker is ``start``:``end``; None if it has no title.

    A title ends at the first 。 or : with more text or items behind it, or at the end of its line.
    """
    match = _END.search(folded, start, end)
    stop = match.start() if match else end
    title = folded[start:stop].strip()
    if not title or len(title) > _LONGEST:
        return None
    if match and match[0] in ":：":
        return _label(folded, start, stop, end)
    if match and match[0] == "。" and not has_items and not _REST.sub("", folded[stop:end]):
        return None
    if re.search(r"[;；!?]", title) or title.endswith(","):
        return None
    return _trim(folded, start, stop)


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
