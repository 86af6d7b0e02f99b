"""What a title says besides its words: who issued it, which text it carries, for which years, whether on trial."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from graph.linking import normal_title
from ingest.masthead.title import before_matter, title_issuers
from ingest.registry.bodies import resolve
from ingest.registry.jurisdictions import Place

QUOTES = re.compile(r"[《》〈〉<>“”\"「」『』]")
TRIAL = re.compile(r"\((?:试行|暂行)\)$")
YEARS = re.compile(r"\((?P<first>(?:19|20)\d\d)年?(?:[-—–~至到]+(?P<last>(?:19|20)?\d\d))?年?度?\)$")
"""（2021—2025年）, (2023年): the years of a plan, or of an edition."""
CARRYING = re.compile(
    r"(?:关于)?(?:印发|发布|公布|颁布|颁发|下发|转发|批转|实施)(?:《(?P<quoted>[^《》]{4,})》|(?P<plain>.{4,}?))的(?:通知|公告|通告|函|决定|令)$"
)
"""关于印发《…办法》的通知: one text that carries another; a notice that carries several names none of them."""
SEPARATOR = re.compile(r"[、,\s]+")
SEVERAL = re.compile(r"》(?:等|和|及|、|《)")


@dataclass(frozen=True)
class Title:
    """A title as compared: ``words`` without quotation marks, years and 试行; ``bodies`` are the keys of its issuers.

    ``matter`` is what follows the issuers (empty when the title names none), ``carried`` the title of the text inside.
    """

    words: str
    years: str
    trial: bool
    bodies: tuple[str, ...]
    matter: str
    carried: Title | None


@functools.lru_cache(65536)
def read_title(title: str, place: Place | None = None, on: str | None = None) -> Title:
    """Take a title apart; ``place`` is where it is cited, so that 市财政局 in it can be told.

    >>> read_title("湖北省科技厅关于印发《湖北省揭榜制项目管理办法（试行）》的通知").carried.words
    '湖北省揭榜制项目管理办法'
    """
    plain = normal_title(title.replace("\ufeff", ""))
    words, years, trial = _without_endings(plain)
    matched = None if SEVERAL.search(plain) else CARRYING.search(plain)
    inner = (matched["quoted"] or matched["plain"]) if matched else None
    opening = before_matter(plain)
    bodies = tuple(dict.fromkeys(issuer_key(name, place, on) for name in _issuers(plain, opening, place, on)))
    matter = QUOTES.sub("", plain[len(opening) :]) if bodies else ""
    return Title(words, years, trial, bodies, matter, read_title(inner, place, on) if inner else None)


def _issuers(plain: str, opening: str, place: Place | None, on: str | None) -> tuple[str, ...]:
    """The organisations in front of the matter; in a text of ``place`` also those that only it tells (省政府办公厅)."""
    names = title_issuers(plain) if opening else ()
    if names or not opening or place is None:
        return names
    parts = tuple(part for part in SEPARATOR.split(opening) if part)
    return parts if all(resolve(part, place, on).status for part in parts) else ()


def _without_endings(plain: str) -> tuple[str, str, bool]:
    """The words without （试行） and （2021—2025年） at the end, the years, and whether it is on trial."""
    years, trial, before = "", False, None
    while plain != before:
        before = plain
        if match := YEARS.search(plain):
            years, plain = f"{match['first']}-{(match['last'] or match['first'])[-2:]}", plain[: match.start()]
        if match := TRIAL.search(plain):
            trial, plain = True, plain[: match.start()]
    return QUOTES.sub("", plain), years, trial


OFFICE = re.compile(r"(?<=government)_office$")
"""人民政府办公厅 issues for the government; lists of instruments name either."""


def issuer_key(name: str, place: Place | None = None, on: str | None = None) -> str:
    """The key of the body that issues, its offices counted as the body itself."""
    body = resolve(name, place, on)
    return OFFICE.sub("", body.part_of or body.key)
