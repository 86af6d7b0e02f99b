"""Names in running text: a list of bodies that begins at a place and ends where its sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.registry.body_names import bare, is_bare_place, is_body, is_party, vocabulary
from ingest.registry.jurisdictions import find_place
from ingest.registry.name_lists import Name, compact, split_names
from ingest.registry.systems import OTHER, function_pattern, head_pattern, is_generic, system_of

_LONGEST = 120
_STOP = re.compile(r"[。;!?:\n“”《》]")
_PLACES = re.compile(r"^(?:[省市县区旗州盟乡镇、]|街道|苏木|社区)+$")
_PLACE_END = re.compile(r"自治[区州县旗]|特区|[省市县区旗州盟]")
_OFFICE = re.compile(r"(?:办公室|领导小组|工作小组|指挥部|委员会|管理[局处所]|总站|总队|专班|中心|[督家作查合谈术务导]组)$")
"""How a body ends that is one though its function is not known."""
_OWN_BUREAU = re.compile(r"[省市县区总](?:局|厅)")
"""省局: how a department's own documents call it; its divisions begin so."""
_AND_OTHERS = re.compile(r"等(?:有关|相关|各|多个|行政|主管|职能|管理|群团|人民|社会)*(?:部门|单位|组织|团体|机关|机构)$")
_EXPLAINED = re.compile(r"\((?:包括|含|以及)?(?P<inner>[^()]{3,40}?)(?:,?下同)?\)$")
# Systems of organisations that statutes address but that are no government bodies.
_NOT_GOVERNMENT = frozenset({"enterprise", "social_sciences", "arts", "cas", "supply_marketing", "rural_credit"})


def leading_names(text: str, start: int, *, statute: bool) -> tuple[tuple[Name, ...], int]:
    """The list of bodies that begins at ``start``, as far as it goes on as a list, and where it ends.

    >>> [name.text for name in leading_names("由省财政厅、团省委组织实施", 1, statute=False)[0]]
    ['省财政厅', '团省委']
    """
    best: tuple[tuple[Name, ...], int] = ((), start)
    limit = _STOP.search(text, start)
    for end in _ends(text, start, min(start + _LONGEST, limit.start() if limit else len(text))):
        if best[0] and not _goes_on(text[best[1] : end]):
            continue
        names = bodies_of(text[start:end], start, statute=statute)
        if names:
            best = (names, end)
    return best


def bodies_of(words: str, at: int, *, statute: bool) -> tuple[Name, ...]:
    """The bodies of a list that stands at ``at``; empty unless all its items are bodies or other parties.

    In a statute only government bodies count; elsewhere those whose system is known, and classes of bodies.
    """
    words, places = compact(words.removesuffix("之间"))
    names = [part for name in split_names(words) for part in _expanded(name)]
    if not names or not all(name.elliptic or _is_tight(name.text) or is_party(name.text) for name in names):
        return ()
    names = [_without_units(name) for name in names] if statute else names
    kept = [_without_same(name) for name in names if name.elliptic or _counts(name.text, statute)]
    return tuple(Name(name.text, places[name.start] + at, places[name.end - 1] + 1 + at, name.elliptic) for name in kept)


def begins_as_body(name: str) -> bool:
    """Whether a name (folded) begins as bodies do: with a place, a level, a function. 形成党委 does not, though it ends as one.

    >>> begins_as_body("市财政局"), begins_as_body("呼和浩特市公安局"), begins_as_body("形成党委")
    (True, True, False)
    """
    if vocabulary("start").search(name) or function_pattern().match(name) or head_pattern().match(name):
        return True
    return any(find_place(name[: match.end()]) for match in _PLACE_END.finditer(name))


def _counts(name: str, statute: bool) -> bool:
    if not is_body(name) or is_bare_place(name):
        return False
    systems = set(system_of(name).split("+"))
    if statute:
        official = "人民政府" in name or systems.isdisjoint(_NOT_GOVERNMENT)
        return official and not vocabulary("not_official").search(name)
    known = OTHER not in systems or bool(_OWN_BUREAU.match(name)) or bool(_OFFICE.search(name) and begins_as_body(name))
    return "enterprise" not in systems and (known or is_generic(name))


def _without_units(name: Name) -> Name:
    """有关部门和单位 in a statute, which addresses only the departments → 有关部门."""
    if name.text.endswith("部门和单位"):
        return Name(name.text[:-3], name.start, name.end - 3, name.elliptic)
    return name


def _without_same(name: Name) -> Name:
    """同级工商 in a list of functions → 工商."""
    if name.elliptic and name.text.startswith("同级"):
        return Name(name.text[2:], name.start + 2, name.end, True)
    return name


def _expanded(name: Name) -> list[Name]:
    """街道办事处(乡、镇人民政府) names two bodies; 乡镇(街道) is one."""
    match = _EXPLAINED.search(name.text)
    inner = split_names(match.group("inner")) if match else ()
    if not match or not all(is_body(item.text) and not _PLACES.match(item.text) for item in inner):
        return [name]
    outer = Name(name.text[: match.start()], name.start, name.start + match.start())
    return [outer, *(item.moved(name.start + match.start("inner")) for item in inner)]


def _is_tight(name: str) -> bool:
    """A body whose name holds no second body that is no part of it (not 市财政局征求市教育局)."""
    if not is_body(name):
        return False
    last = 0
    for end in _ends(name, 0, len(name)):
        if (not last or _goes_on(name[last:end])) and is_body(name[:end]):
            last = end
    return last in (0, len(name)) or name.startswith("(", last)


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Where a name may end: at an ending that opens no other word, outside brackets."""
    for match in vocabulary("ending", "loose_ending").finditer(text, start, stop):
        end = match.end()
        if text.count("(", start, end) != text.count(")", start, end):
            continue
        if text.startswith("(", end):
            closing = text.find(")", end, stop)
            if closing > 0:
                yield closing + 1
            continue
        if not is_broken(text, start, end):
            yield end


def is_broken(text: str, start: int, end: int) -> bool:
    """Whether the ending of a name at ``end`` only opens another word (招生录取所 in 招生录取所需)."""
    matches = (vocabulary("broken").match(text, place) for place in range(max(start, end - 3), end))
    return any(match is not None and match.end() > end for match in matches)


def _goes_on(more: str) -> bool:
    """Whether text after a body goes on with its list or with the body's own part."""
    return (
        more[0] in "、,和及与或以暨(的"
        or bool(_AND_OTHERS.match(more))
        or bool(vocabulary("joined").match(bare(more)) or function_pattern().match(more))
    )
