"""Bodies that simply act (市财政部门按规定将资金拨付至各区) or must act in a given case (公安机关接到报案后，应当…)."""

from __future__ import annotations

import re

from ingest.outline.reading import PREAMBLE_RULE
from ingest.records import Provision
from ingest.registry.name_runs import begins_as_body, bodies_of
from ingest.responsibilities.clauses import Clause, Subject, regex, role_of_rest, sentence, subject_of, triggers

_NOBODY = frozenset({"政府", "党委", "部门", "地方", "中央", "单位", "地区", "机关", "组织"})
"""党委领导，政府负责，部门协同: a principle names parts that anybody could play."""
_URGED = re.compile(r"鼓励|支持|推进|推动|引导|倡导|动员")
"""鼓励企业、村民委员会建立…: whoever is encouraged has no duty."""


def acting_subject(
    own: str, offset: int, clause: Clause, provision: Provision, statute: bool
) -> tuple[re.Match[str], Subject] | None:
    """The subject of a clause that states what a body does or, in a given case, must do, and the words that say so."""
    match = triggers("condition").match(own, clause.end)
    if not match and provision.role not in ("statement", "goal") and provision.rule != PREAMBLE_RULE:
        match = triggers("act").match(own, clause.end)
        if match and regex("no_act").search(own[match.start("verb") : sentence(own, match.start("verb"))[1]]):
            return None
    subject = _subject(own, offset, clause, match, statute) if match else None
    return (match, subject) if match and subject else None


def _subject(own: str, offset: int, clause: Clause, match: re.Match[str], statute: bool) -> Subject | None:
    words = own[clause.start : clause.end]
    if words in _NOBODY or _URGED.search(words):
        return None
    names = bodies_of(words, clause.start, statute=statute)
    if not names or not all(name.elliptic or begins_as_body(name.text) for name in names):
        return None
    rest = own[clause.end : sentence(own, match.end())[1]].lstrip(" ,")
    if regex("exhortation").match(rest):
        return None
    rule = match.lastgroup or ""
    return subject_of(own, offset, names, role_of_rest(rest), match["verb"] if rule == "act" else "应当", rule)
