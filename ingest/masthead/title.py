"""The title of a document: printed over one or several lines or told by a table; its genre; the issuer it names."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from ingest.doc_numbers import find_doc_numbers
from ingest.lines import Line
from ingest.masthead.head import reference
from ingest.masthead.issuers import read_issuers
from ingest.patterns import first_match, load_patterns
from ingest.records import FieldCandidate
from ingest.registry.jurisdictions import Place, places_in
from ingest.source_text import fold

FILE = "masthead.toml"
_LINES, _LONGEST, _SHORTEST, _SURE = 6, 200, 4, 10
_LONGEST_LINE = 300
"""A line with a title on it, beside a number or a menu, is no longer."""
_GENRE_ONLY = 2
_WRAPPED = 8
"""A line of a statute's title that goes on below is at least this long."""
_BEHIND = r"(?:\((?![^()]*通过)[^()]{1,30}\)|[-—–]+\d{4}年\)|[》:])?"
_RUNNING = re.compile(
    r"[。;!]|次会议|起施行|^(?:根据)?\d{4}年\d{1,2}月|,.*,|:.|"
    r"^(?:第[一二三四五六七八九十百]+(?:[章条篇编]|部分)|[一二三四五六七八九十]+、|"
    r"\((?!(?:19|20)\d\d ?年?(?:版|度)?(?:\)|[-—~至])|试行\)|暂行\)|修订))|"
    r"^(?:附件|来源|打印|上一篇|下一篇|您|当前)"
)
"""What a line of a title never has: a sentence, an item's marker, a website's word."""
_NO_FILE = re.compile(r"\.\w{3,4}$|https?://|>|(?<!》):$|^\d{1,2}\D")
_QUOTED = re.compile(r"^《([^《》]+)》$")
_MARKS = re.compile(r"^[#*>\s-]+|[#*\s]+$")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_BREAK = re.compile(r"[\n\r]|\s{2,}")
_BEFORE_PLACE = re.compile(r"^(?:【[^【】]{1,8}】|(?:19|20)\d\d年度?,?)+")
_GOES_ON = re.compile(r"^(?:的|和|及|与|、|等|\()")
_CARRIER = re.compile(r"(?:印发|转发|批转|发布|公布)(?!.*(?:通知|公告|决定|函|通告)(?:\([^()]*\))?$)")
_CARRIED = re.compile(r"的(?:通知|公告|决定|函|通告)(?:\([^()]*\))?$")


@functools.cache
def genres() -> tuple[str, ...]:
    """The words a title ends with, longest first."""
    table = reference()["genres"]
    return tuple(sorted((*table["statutes"], *table["policies"]), key=len, reverse=True))


@functools.cache
def statutes() -> frozenset[str]:
    """The genres of statutes."""
    return frozenset(reference()["genres"]["statutes"])


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?P<genre>{'|'.join(genres())}){_BEHIND}$")


def read_kind(title: str) -> str | None:
    """The genre a folded title names; for a notice that only carries a text, that text's.

    >>> read_kind("国务院办公厅关于印发突发事件应急预案管理办法的通知")
    '办法'
    """
    if leading := load_patterns(FILE, "leading_genre")[0].regex.match(title):
        return leading["genre"]
    for pattern in load_patterns(FILE, "carries"):
        if (match := pattern.regex.search(title)) and (kind := _genre(match["carried"].strip("《》"))):
            return kind
    return _genre(title)


def _genre(title: str) -> str | None:
    match = _ending().search(title.rstrip("》 "))
    return _unqualified(match["genre"]) if match else None


def _unqualified(genre: str) -> str:
    """A genre without what only qualifies it; 实施 and 指导 are kept."""
    for word in reference()["genres"]["qualifiers"]:
        if genre.startswith(word) and len(genre) > len(word):
            return _unqualified(genre[len(word) :])
    return genre


def printed_titles(lines: Sequence[Line], text: str) -> Iterator[FieldCandidate]:
    """Titles printed in the head, best first: with issuer and matter, with matter, ending in a genre only.

    One that only ends in a genre counts more where it begins with a place or is printed twice; a short one does not count else.
    """
    found = [found for i in range(len(lines)) if (found := _title_at(lines, i, text))]
    values = [_plain(candidate.value) for _, candidate in found]
    ranked = []
    for rank, candidate in found:
        value = _plain(candidate.value)
        if any(_is_page_title(candidate, other) for _, other in found):
            continue
        weak = rank == _GENRE_ONLY and values.count(value) == 1 and not _opens_with_place(candidate.value)
        if not weak or len(value) >= _SURE or _genre(fold(value)) in statutes():
            ranked.append((rank + weak, candidate))
    ranked.sort(key=lambda pair: pair[0])
    yield from (candidate for _, candidate in ranked)
    yield from _headings(lines, text)


def _headings(lines: Sequence[Line], text: str) -> Iterator[FieldCandidate]:
    """Titles without a genre (questions, news): a Markdown heading, a line that the page prints twice."""
    seen: set[str] = set()
    for line in lines:
        if len(line.text) > _LONGEST:
            continue
        plain = without_site(_MARKS.sub("", line.text)).replace(" ", "")
        if len(plain) < _SURE or is_menu(plain) or plain.endswith(("。", ";", ",")) or _LATIN.search(plain):
            continue
        if line.text.startswith("# ") or plain in seen:
            found = _candidate(text, line.start, line.end)
            yield msgspec.structs.replace(found, rule="masthead.heading_line")
        seen.add(plain)


def titles_above(lines: Sequence[Line], labels: Collection[int], text: str) -> Iterator[FieldCandidate]:
    """The first line of all when a table of metadata follows it: a title whatever its form (``labels``: its lines)."""
    if len(lines) > 1 and len(lines[0].text) <= _LONGEST and lines[0].start not in labels and lines[1].start in labels:
        plain = without_site(_MARKS.sub("", lines[0].text))
        if len(plain) >= _SURE and not is_menu(plain):
            found = _candidate(text, lines[0].start, lines[0].end)
            yield msgspec.structs.replace(found, rule="masthead.above_table")


def _plain(title: str) -> str:
    return "".join(fold(title).split())


def _is_page_title(candidate: FieldCandidate, other: FieldCandidate) -> bool:
    """Whether a line is the website's name and menu, then the title that is printed again elsewhere."""
    whole, part = _plain(candidate.value), _plain(other.value)
    apart = (other.start or 0) >= (candidate.end or 0) or (other.end or 0) <= (candidate.start or 0)
    return apart and whole != part and len(part) > _SURE and whole.endswith(part)


def _opens_with_place(title: str) -> bool:
    named = places_in(fold(title)[:16])
    return bool(named) and named[0].start == 0


def _title_at(lines: Sequence[Line], i: int, text: str) -> tuple[int, FieldCandidate] | None:
    """The title that begins on line ``i``, over as many lines as it goes on, with its rank."""
    if len(lines[i].text) > _LONGEST_LINE:
        return None
    first, start = _bare(lines[i])
    joined, end, best = "", 0, None
    for line in lines[i : i + _LINES]:
        if len(line.text) > _LONGEST_LINE:
            break
        piece, at = _bare(line)
        if not piece or _RUNNING.search(piece) or len(joined) + len(piece) > _LONGEST:
            break
        if joined and not _continues(joined, piece):
            break
        joined, end = joined + piece, at + len(piece)
        rank = _rank(joined)
        if rank is not None and not is_menu(joined):
            best = rank, end
    if best is None or not first:
        return None
    return best[0], _candidate(text, start, best[1])


def _continues(joined: str, piece: str) -> bool:
    """Whether a line goes on with the title begun above it: a matter after its issuers, the rest of a matter."""
    rank, matter = _rank(joined), load_patterns(FILE, "matter")[0].regex
    if rank is not None:
        return bool(_GOES_ON.match(piece)) or bool(rank < 2 and _CARRIER.search(joined) and _CARRIED.search(piece))
    if matter.search(joined):
        return True
    if len(joined) >= _WRAPPED and _opens_with_place(joined) and not read_issuers(joined):
        return _rank(piece) == _GENRE_ONLY
    return bool(read_issuers(joined)) and bool(matter.match(piece) or read_issuers(piece) or title_issuers(piece))


def is_menu(title: str) -> bool:
    """Whether a line that ends like a title is a menu item, a file name, a red head."""
    return bool(_NO_FILE.search(title)) or first_match(load_patterns(FILE, "no_title"), title) is not None


def _bare(line: Line) -> tuple[str, int]:
    """A line without Markdown marks and without a document number in front, and where that begins."""
    stripped = _MARKS.sub("", line.text)
    start = line.text.find(stripped) if stripped else 0
    number = next(iter(find_doc_numbers(stripped)), None)
    if number and number.start == 0:
        rest = stripped[number.end :].strip()
        return rest, line.start + start + stripped.find(rest, number.end)
    return stripped, line.start + start


def _rank(title: str) -> int | None:
    """0: issuer, matter and genre; 1: matter and genre; 2: only a genre; null: no title."""
    plain = title.replace(" ", "")
    ends = _ending().search(plain)
    if len(plain) < _SHORTEST or not ends or plain.count(")") > plain.count("("):
        return None
    if match := load_patterns(FILE, "matter")[0].regex.search(plain):
        return 0 if match.start() and title_issuers(title) else 1
    return 2 if "," not in plain and _ending_balanced(plain) else None


def _ending_balanced(title: str) -> bool:
    return title.count("《") == title.count("》") and title.count("(") == title.count(")")


def _candidate(text: str, start: int, end: int) -> FieldCandidate:
    value = without_site(_unwrapped(text[start:end]).strip("#* ").rstrip(":："))
    value = _QUOTED.sub(r"\1", value)
    return FieldCandidate(field="title", value=value, place="masthead", rule="masthead.title_line", start=start, end=end)


def _unwrapped(printed: str) -> str:
    """A title on one line: a break between two issuers becomes a blank, any other break nothing."""
    lines = [" ".join(line.split()) for line in _BREAK.split(printed) if line.strip()]
    joined = lines[0] if lines else ""
    for before, line in itertools.pairwise(lines):
        joined += (" " if read_issuers(before) and read_issuers(line) else "") + line
    return joined


def without_site(title: str) -> str:
    """A page's title without the name of its website."""
    for pattern in load_patterns(FILE, "site_name"):
        title = pattern.regex.sub("", title, count=1)
    return title


def place_of_title(title: str) -> Place | None:
    """The place that a folded title begins with, a year or the website's column before it left out.

    >>> place_of_title("2026年广州市天河区积分制入学学位申请指引").full_name
    '广州市天河区'
    """
    plain = _BEFORE_PLACE.sub("", title)
    named = places_in(plain[:20])
    return named[0].place if named and named[0].start == 0 else None


def title_issuers(title: str) -> tuple[str, ...]:
    """The organisations that a title names before its matter; empty when it begins with the matter."""
    return read_issuers(before_matter(title))


def before_matter(title: str) -> str:
    """What stands before the matter of a folded title (关于, 印发 …); empty when it has none or begins with it.

    >>> before_matter("国务院关于促进综合保税区高水平开放高质量发展的若干意见")
    '国务院'
    """
    match = load_patterns(FILE, "matter")[0].regex.search(title)
    return title[: match.start()].strip() if match else ""
