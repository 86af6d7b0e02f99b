"""Bodies that simply act (市财政部门按规定将资金拨付至各区) or must act in a given case (公安机关接到报案后，应当…)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ingest.outline.reading import PREAMBLE_RULE
from ingest.records import Provision
from ingest.registry.name_runs import begins_as_body, bodies_of
from ingest.responsibilities.clauses import HEAD_OF_SENTENCE, Subject, clause_pattern, regex, role_of_rest, sentence, subject_of

_NOBODY = frozenset({"政府", "党委", "部门", "地方", "中央", "单位", "地区", "机关", "组织"})
"""党委领导，政府负责，部门协同: a principle names parts that anybody could play."""

_URGED = re.compile(r"鼓励|支持|推进|推动|引导|倡导|动员")
"""鼓励企业、村民委员会建立…: whoever is encouraged has no duty."""
_TITLE = re.compile(r"《[^》]*》?")


def acting_subjects(own: str, offset: int, provision: Provision, statute: bool) -> Iterator[Subject]:
    """The subjects of clauses that state what a body does or, in a given case, must do; ``own`` begins at ``offset``."""
    own = _TITLE.sub(lambda title: "》" * len(title[0]), own)
    for match in _pattern("condition").finditer(own):
        yield from _subject(own, offset, match, statute)
    if provision.role in ("statement", "goal") or provision.rule == PREAMBLE_RULE:
        return
    for match in _pattern("act").finditer(own):
        rest = own[match.start("verb") : sentence(own, match.start("verb"))[1]]
        if not regex("no_act").search(rest):
            yield from _subject(own, offset, match, statute)


@functools.cache
def _pattern(table: str) -> re.Pattern[str]:
    return clause_pattern(table, HEAD_OF_SENTENCE)


def _subject(own: str, offset: int, match: re.Match[str], statute: bool) -> Iterator[Subject]:
    if match["names"] in _NOBODY or _URGED.search(match["names"]):
        return
    names = bodies_of(match["names"], match.start("names"), statute=statute)
    rest = own[match.end("names") : sentence(own, match.end())[1]].lstrip(" ,")
    if not all(name.elliptic or begins_as_body(name.text) for name in names):
        return
    if names and not regex("exhortation").match(rest):
        rule = match.lastgroup or ""
        cue = match["verb"] if rule == "act" else "应当"
        yield subject_of(own, offset, names, role_of_rest(rest), cue, rule)
