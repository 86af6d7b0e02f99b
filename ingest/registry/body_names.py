"""The form of an organisation's name: what is one, what only looks like one."""

from __future__ import annotations

import functools
import re

from ingest.patterns import load_patterns
from ingest.registry.systems import OTHER, is_generic, system_of

FILE = "body_names.toml"
_LONGEST = 34
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|《[^》]*》")
_OF_A_KIND = re.compile(r"^(?:负责|承担|履行|下达|发布|实施|组织)[^、,;。]{1,16}的(?=人民政府$)")
"""下达任务的人民政府: a government named by what it does."""
_IN_CHARGE = re.compile(
    r"^(?:受理|颁发|核发|发放|登记|审批|作出)[^、,;。]{1,16}的(?:部门|机关)$|(?:负责|承担|负有|行使)[^、,;。]{1,20}的(?:主管)?(?:部门|机构|机关)$"
)
"""人民政府负责残疾人工作的机构: a body named by what it does."""
_PLACE_NAME = re.compile(r"^(?:各|有关|相关|其他)*[\u4e00-\u9fff]{1,8}(?:省|市|县|区|旗|州|盟|乡|镇|街道)$")
_BARE_PLACE = re.compile(r"(?<!各)(?:省|市|县|区|旗|州|盟|乡|镇|街道)$")
# 县(市、区), 旗县, 各类城镇: classes of places.
_CLASS_NAME = re.compile(
    r"^(?:各|有关|相关|其他|各级|各类|受?帮扶)*"
    r"(?:试点(?:省份|城市|地区|[省市县区])|省份|区县|县区|县市|市县|盟市|旗县|省市|城镇|乡镇|镇街|街镇|[县市区旗乡镇])(?:[(\[][^()]{1,8}[)\]])?(?:、(?:[县市区旗乡镇]|街道))*$"
)


@functools.cache
def alternatives(*tables: str) -> str:
    """The patterns of these tables as one alternation."""
    return "|".join(f"(?:{pattern.regex.pattern})" for table in tables for pattern in load_patterns(FILE, table))


@functools.cache
def vocabulary(*tables: str) -> re.Pattern[str]:
    """The patterns of these tables as one pattern."""
    return re.compile(alternatives(*tables))


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives('ending')})$")


def bare(name: str) -> str:
    """A name without what stands in brackets."""
    return _BRACKETED.sub("", name) if "(" in name or "[" in name or "《" in name else name


def is_body(name: str) -> bool:
    """Whether a name has the form of an organisation, a class of them, or a place that stands for its government."""
    plain = _OF_A_KIND.sub("", _IN_CHARGE.sub("部门", bare(name)))
    if not 2 <= len(plain) <= _LONGEST or "(" in plain:
        return False
    if vocabulary("no_start").match(plain) or vocabulary("no_body", "no_middle").search(plain):
        return False
    if vocabulary("doubtful").search(plain) and system_of(name) == OTHER:
        return False
    return ends_in_body(plain) or bool(_PLACE_NAME.match(plain) or _CLASS_NAME.match(name))


def ends_in_body(plain: str) -> bool:
    """Whether text ends in what names of bodies end in (市财政局, 各有关部门)."""
    return bool(_ending().search(plain))


def is_whole(name: str) -> bool:
    """A body that needs no ending from further on: not the 公安 of 公安、民政部门, nor a bare place name."""
    plain = bare(name)
    return is_body(name) and plain != "中央" and (ends_in_body(plain) or is_generic(name))


def is_bare_place(name: str) -> bool:
    """A place named without its government (浦东新区), which running text rarely makes responsible."""
    return bool(_BARE_PLACE.search(bare(name))) and not is_generic(name)


def is_place(name: str) -> bool:
    """Whether a name is that of a place or a class of places."""
    return bool(_PLACE_NAME.match(name))


def is_party(name: str) -> bool:
    """Whether a name is one of those who may be named beside a body but are none: 企业, 其所在单位."""
    return bool(vocabulary("party").search(name))


def is_function(words: str, *, known: bool = False) -> bool:
    """同级工商: a function whose body's ending stands further on; ``known`` when one such stands beside it."""
    if len(words) > 16 or vocabulary("no_start").match(words) or vocabulary("no_body", "no_middle").search(words):
        return False
    return system_of(words) != OTHER or (known and 2 <= len(words) <= 6)
