"""Which place an organisation's name speaks of, and what is left of the name without it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from ingest.registry.body_functions import is_known, plain_stems, read
from ingest.registry.body_tables import by_national_name, central, zones
from ingest.registry.jurisdictions import (
    COUNTRY,
    RELATIVE,
    Place,
    ancestors,
    find_place,
    lies_in,
    place_at,
    places_in,
    relative_place,
    township,
)

HEADS = {
    "中国共产党": "party",
    "中共": "party",
    "共青团": "youth_league",
    "中国共产主义青年团": "youth_league",
    "少先队": "pioneers",
    "中国人民政治协商会议": "cppcc",
    "政协": "cppcc",
}
"""What may stand before the place without being a body by itself."""
ITSELF = ("", "委", "委员会")
"""What is left of a name when its head says it all (共青团吉安市委, 政协吉安市委员会)."""
NATIONAL_OPENING = re.compile(r"国家|中国|全国|中央|中华|国务院|最高")
NATIONAL_ENDING = re.compile(r"(?:总局|总署|(?<!公|专|行)署|总社)$")
NOT_RELATIVE = re.compile(r"市(?:场|容|政(?![府协法务])|民(?![政族宗委]))|区(?:块|域)|省际|县域|州际|旗舰|盟友")
"""Words that begin like a place but name none (市场监管局, 区块链…)."""
MINISTRY_PART = re.compile(r"(?!门)[一-龥]{1,14}(?:厅|司|局|室|中心|组|委|委员会|院|所)")
"""What the name of a part adds to that of its ministry; 教育部门 is no part of the ministry."""
LEAGUE_OF = re.compile(r"团(自治区|省|市|县|区|州|盟|旗)委")
BRANCH = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,12}局)(?P<inner>[\u4e00-\u9fff]{2,8}?)(?:区|县)?(?P<kind>分局|支局|分队)$")
"""公安局浦东新区分局: a branch that a body of a city has in one of its districts."""
PARK = re.compile(r"(?P<inner>[\u4e00-\u9fff]{2,6}?)园(?=管|$|[^区])")
"""中关村科技园区东城园: the part of a zone that lies in one district."""
TOWNSHIP = re.compile(
    r"([^省市县区]{1,10}?(?:街道|民族乡|镇|乡|苏木))(?=人民政府|政府|办事处|党工?委|党委|党政|人大|财政所|司法所|派出所|$)"
)
OWN = re.compile(r"[我本全该](?=省|市|县|区|州|盟|旗|自治区)")
SEVERAL_KINDS = re.compile(r"[省市县区州盟旗](?:[、,和][省市县区州盟旗])+(?:\([省市县区]\))?")
EVERY = (
    r"各(?:级(?:地方)?|[省县市区旗]\([省市县区旗、,]+\)|省区市|旗县市区|[县市区]{2,3}|盟市|旗县区?|乡镇街道|乡镇|镇街|街镇)"
    r"(?=\w*政府|\w*委)"
)
"""各县市区人民政府: a class of places."""
LEVELS_OF = re.compile(
    rf"{SEVERAL_KINDS.pattern}|{EVERY}|(?:县级以上|各级|区、?县|市县|各)(?:地方)?(?:各级)?(?:人民政府|政府)?的?|(?:地方)?各级(?:人民政府|政府)"
)
"""Openings that speak of the same department at several levels or in several places at once."""


@dataclass(frozen=True, slots=True)
class Located:
    """A name taken apart.

    ``place`` is null when it cannot be told; ``rest`` the name after it; ``head`` what stood before it (party, youth league);
    ``central`` the full name of a central body or branch; ``branch_of`` the line of such branches; ``levels`` the words
    that speak of several levels at once.
    """

    place: Place | None
    rest: str
    head: str = ""
    central: str | None = None
    levels: str = ""
    branch_of: str | None = None


def locate(name: str, here: Place | None = None, on: str | None = None) -> Located:
    """Take a folded name apart. ``here`` is the place of the text it stands in."""
    levels = LEVELS_OF.match(name)
    if levels and (is_known(name[levels.end() :]) or SEVERAL_KINDS.match(name)) and levels.end() < len(name):
        return Located(here, name[levels.end() :], levels=levels[0])
    name = OWN.sub("", name, count=1)
    if found := _exactly_central(name, here):
        return found
    head = next((h for h in HEADS if name.startswith(h) and not name.startswith("中共中央")), "")
    rest = name[len(head) :]
    if found := _zone(rest, here) or _named(rest, here, on) or _relative(rest, here, on):
        return replace(found, head=found.head or HEADS.get(head, ""))
    if not head and (opened := _central_opening(name, here, on)):
        return opened
    if head and (HEADS[head] != "cppcc" or rest in ITSELF):
        return Located(here or COUNTRY, rest, HEADS[head])
    return _unplaced(rest, here, on)


def _exactly_central(name: str, here: Place | None) -> Located | None:
    body = central().get(name)
    if body and not (body.local and here and here.level != "national"):
        return Located(COUNTRY, name, "", body.body)
    if name in by_national_name():
        return Located(COUNTRY, name, "", name)
    return None


def _zone(name: str, here: Place | None) -> Located | None:
    """A zone that does not say where it lies: its place is told by the table, its own name stays in the rest."""
    zone = next((z for z in zones() if name.startswith(z)), None)
    place = find_place(zone, here) if zone else None
    return Located(_park(name[len(zone or "") :], place) or place, name) if place else None


def _park(rest: str, place: Place) -> Place | None:
    """The district of ``place`` after which a part of the zone is called."""
    for match in PARK.finditer(rest):
        for start in range(match.start(), match.end("inner") - 1):
            found = find_place(rest[start : match.end("inner")], place)
            if found and found.id != place.id and lies_in(found, place):
                return found
    return None


def _named(name: str, here: Place | None, on: str | None) -> Located | None:
    """A place at the start, or a chain of them (广西梧州蒙山县)."""
    if is_known(name):
        return None
    place, at = here, 0
    found = None
    while mention := place_at(name, at, place, on, bare="prefecture"):
        if found and (mention.place.level == found.level or is_known(name[at:])):
            break
        found, place, at = mention.place, mention.place, mention.end
    if found is None or found is COUNTRY:
        return None
    return _with_branch(Located(found, name[at:])) or _with_township(Located(found, name[at:]))


def _with_branch(located: Located) -> Located | None:
    """上海市公安局浦东新区分局 is the police of that district."""
    match = BRANCH.match(located.rest)
    reading = read(match["body"]) if match else None
    if not match or not reading or len(reading.functions) != 1 or located.place is None:
        return None
    inner = located.rest[match.end("body") : match.start("kind")]
    district = find_place(inner, located.place)
    if district is None or district.id == located.place.id or not lies_in(district, located.place):
        return None
    full = located.place.full_name + located.rest
    return Located(district, located.rest, central=full, branch_of=reading.functions[0].line)


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


def _central_opening(name: str, here: Place | None, on: str | None) -> Located | None:
    """A central body's branch lies in the place it names; anything else that opens so is the centre's."""
    form = next((f for f in _central_forms() if name.startswith(f) and not name.startswith("门", len(f))), "")
    opening = NATIONAL_OPENING.match(name)
    if not form and not opening:
        return _part_of_ministry(name)
    if opening and (function := _central_function(name[opening.end() :])):
        return Located(COUNTRY, name, central=function)
    body = central().get(form)
    full = (body.body if body else form) + name[len(form) :] if form else None
    place = _branch_place(name, form, here, on)
    if place is None:
        return Located(COUNTRY, name, central=full)
    return Located(place, name, central=full, branch_of=body.branches if body else None)


def _part_of_ministry(name: str) -> Located | None:
    """科技部办公厅, 人力资源社会保障部规划财务司: a ministry by its short name, then one of its parts."""
    short, sign, part = name.partition("部")
    if not sign or not MINISTRY_PART.fullmatch(part) or not _is_ministry(short + sign):
        return None
    return Located(COUNTRY, name, central=f"{_central_function(short + sign)}{part}")


def _central_function(rest: str) -> str | None:
    """The full name of the central body that 国家卫健委, 国务院扶贫办 shortens."""
    reading = read(rest)
    return reading.functions[0].national if reading and len(reading.functions) == 1 else None


def _branch_place(name: str, form: str, here: Place | None, on: str | None) -> Place | None:
    """The last place that a central name goes on with; a county may stand bare directly behind (人行二连浩特支行)."""
    if name.endswith(("学院", "大学")):
        return None
    direct = place_at(name, len(form), here, on) if form else None
    mentions = [m for m in places_in(name[len(form) :], here, on) if m.place is not COUNTRY]
    if direct and (not mentions or mentions[-1].end + len(form) <= direct.end):
        return direct.place
    return mentions[-1].place if mentions else None


def _unplaced(name: str, here: Place | None, on: str | None) -> Located:
    """A name that no place opens: the centre's by its form (财政部), a bare county's (满洲里海关), else the text's own."""
    if _is_ministry(name) or NATIONAL_ENDING.search(name):
        return Located(COUNTRY, name)
    bare = place_at(name, 0, here, on)
    if bare and is_known(name[bare.end :]):
        return Located(bare.place, name[bare.end :])
    if here is None:
        return _alone(name, on)
    if match := TOWNSHIP.match(name):
        return Located(township(match[1], here), name[match.end() :]) if here.level != "township" else Located(here, name)
    if name.endswith("厅") and here.level in ("prefecture", "county"):
        return Located(next((p for p in ancestors(here, on) if p.level == "province"), here), name)
    return Located(here, name)


def _alone(name: str, on: str | None) -> Located:
    """A name without context: the one place inside it, or the centre for a 部 that no place has."""
    inside = {m.place for m in places_in(name, None, on)}
    if len(inside) == 1:
        return Located(inside.pop(), name)
    return Located(COUNTRY if name.endswith("部") and not is_known(name) else None, name)


def _is_ministry(name: str) -> bool:
    """Whether a name in 部 has the function of a ministry (住房城乡建设部, unlike 宣传部)."""
    function = plain_stems().get(re.sub("[和与及、]", "", name[:-1])) if name.endswith("部") else None
    return function is not None and (function.national or "").endswith("部")
