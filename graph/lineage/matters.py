"""What a text is about as its title says it: 云南省文明行为促进条例 and 抚州市文明行为促进条例 are one matter."""

from __future__ import annotations

import functools
import re

from graph.linking import normal_title
from graph.titles import read_title
from ingest.registry.jurisdictions import place_at

AFTER_PLACE = re.compile(r"(?:经济特区|人民政府(?:办公厅|办公室)?|人民代表大会(?:常务委员会)?)+")
COUNTRY = re.compile(r"(?<=[《〈])中华人民共和国")
SHORTEST = 4
"""Letters that a matter needs: 条例 alone is none."""


@functools.lru_cache(65536)
def matter_of(title: str) -> str | None:
    """The title (of the text that a notice carries) without place, issuer, edition, country; null when too little is left.

    >>> matter_of("深圳经济特区文明行为促进条例"), matter_of("北京市实施《中华人民共和国水法》办法")
    ('文明行为促进条例', '实施《水法》办法')
    """
    plain = normal_title(title)
    read = read_title(plain)
    if read.carried:
        return matter_of(read.carried.words)
    at = 0
    while mention := place_at(plain, at):
        at = mention.end
        if after := AFTER_PLACE.match(plain, at):
            at = after.end()
    matter = COUNTRY.sub("", plain[at:] if at else read.matter or plain)
    return matter if len(matter) >= SHORTEST else None
