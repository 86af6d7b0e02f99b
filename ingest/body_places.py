"""Which place an organisation's name speaks of, and what is left of the name without it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ingest.body_functions import is_known
from ingest.body_tables import by_national_name, by_stem, central, endings
from ingest.jurisdictions import COUNTRY, RELATIVE, Place, ancestors, place_at, places_in, relative_place, township

HEADS = {"中国共产党": "party", "中共": "party", "共青团": "youth_league", "中国共产主义青年团": "youth_league"}
"""What may stand before the place without being a body by itself."""
NATIONAL_OPENING = re.compile(r"国家|中国|全国|中央|中华|国务院|最高|首都(?!师)")
NATIONAL_ENDING = re.compile(r"(?:总局|总署|署|总社)$")
NOT_RELATIVE = re.compile(r"市(?:场|容|政(?![府协法务])|民(?![政族宗委]))|区(?:块|域)|省际|县域|州际|旗舰|盟友")
"""Words that begin like a place but name none (市场监管局, 区块链…)."""
LEAGUE_OF = re.compile(r"团(自治区|省|市|县|区|州|盟|旗)委")
TOWNSHIP = re.compile(r"([^省市县区]{1,10}?(?:街道|民族乡|镇|乡|苏木))(?=人民政府|政府|办事处|党工?委|党委|人大|$)")
OWN = re.compile(r"[我本全该](?=省|市|县|区|州|盟|旗|自治区)")


@dataclass(frozen=True, slots=True)
class Located:
    """A name taken apart: the place (null when it cannot be told), the head before it, and the rest after it."""

    place: Place | None
    rest: str
    head: str = ""
    central: str | None = None


def locate(name: str, here: Place | None = None, on: str | None = None) -> Located:
    """Take a folded name apart. ``here`` is the place of the text it stands in."""
    name = OWN.sub("", name, count=1)
    if found := _exactly_central(name, here):
        return found
    head = next((h for h in HEADS if name.startswith(h) and not name.startswith("中共中央")), "")
    rest = name[len(head) :]
    found = _named(rest, here, on) or _relative(rest, here, on)
    if found:
        return Located(found.place, found.rest, HEADS.get(head, ""), None)
    if not head and (opened := _central_opening(name)):
        return opened
    if head:
        return Located(here or COUNTRY, rest, HEADS[head])
    return _unplaced(rest, here, on)


def _exactly_central(name: str, here: Place | None) -> Located | None:
    body = central().get(name)
    if body and not (body.local and here and here.level != "national"):
        return Located(COUNTRY, name, "", body.body)
    if name in by_national_name():
        return Located(COUNTRY, name, "", name)
    return None


def _named(name: str, here: Place | None, on: str | None) -> Located | None:
    """A place at the start, or a chain of them (广西梧州蒙山县); a bare county name only where a government follows."""
    if is_known(name):
        return None
    place, at = here, 0
    found = None
    while mention := place_at(name, at, place, on, bare="prefecture"):
        if found and mention.place.level == found.level:
            break
        found, place, at = mention.place, mention.place, mention.end
    if found is None or found is COUNTRY:
        return None
    return _with_township(Located(found, name[at:]))


def _with_township(located: Located) -> Located:
    match = TOWNSHIP.match(located.rest)
    if not match or located.place is None or located.place.level in ("national", "township"):
        return located
    return Located(township(match[1], located.place), located.rest[match.end() :])


def _relative(name: str, here: Place | None, on: str | None) -> Located | None:
    """市财政局, 自治区住建厅, 团市委: a place named by its kind; null place when the text's place has none of that kind."""
    if league := LEAGUE_OF.match(name):
        return Located(here and relative_place(league[1], here, on), name[league.end() :], "youth_league")
    word = next((w for w in RELATIVE if name.startswith(w)), None)
    if word is None or is_known(name):
        return None
    rest = name[len(word) :]
    if not rest or (NOT_RELATIVE.match(name) and not is_known(rest)):
        return None
    return _with_township(Located(here and relative_place(word, here, on), rest))


@functools.cache
def _central_forms() -> tuple[str, ...]:
    return tuple(sorted((*central(), *by_national_name()), key=len, reverse=True))


def _central_opening(name: str) -> Located | None:
    """A central body's branch lies in the place it names; anything else that opens so is the centre's."""
    form = next((f for f in _central_forms() if name.startswith(f)), "")
    if not form and not NATIONAL_OPENING.match(name):
        return None
    mentions = [m for m in places_in(name[len(form) :]) if m.place is not COUNTRY]
    if mentions and not name.endswith(("学院", "大学")):
        return Located(mentions[-1].place, name)
    return Located(COUNTRY, name)


def _unplaced(name: str, here: Place | None, on: str | None) -> Located:
    """A name without a place: the centre's by its form (财政部, 海关总署), else the text's own, a 厅 its province's."""
    if _is_ministry(name) or NATIONAL_ENDING.search(name):
        return Located(COUNTRY, name)
    if here is None:
        return Located(None, name)
    if match := TOWNSHIP.match(name):
        return Located(township(match[1], here), name[match.end() :]) if here.level != "township" else Located(here, name)
    if name.endswith("厅") and here.level in ("prefecture", "county"):
        return Located(next((p for p in ancestors(here, on) if p.level == "province"), here), name)
    return Located(here, name)


def _is_ministry(name: str) -> bool:
    """Whether a name in 部 has the function of a ministry (住房城乡建设部, unlike 宣传部)."""
    function = by_stem().get(name[:-1].replace("和", "").replace("与", "")) if name.endswith("部") else None
    return function is not None and (function.national or "").endswith("部")


def strip_ending(name: str) -> tuple[str, str]:
    """A name without its ending (局, 委, 办公室 …), and the ending in full; the ending empty when there is none."""
    for ending, full in endings():
        if name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)], full
    return name, ""
