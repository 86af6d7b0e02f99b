"""What a text does with an instrument that it names: relation, effect, and whether it prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.citations.names import Mention
from ingest.patterns import first_match, load_patterns
from ingest.records import Effect, InstrumentKind, Provision, Relation

_FILE = "citations.toml"
_SENTENCE_END = re.compile(r"[。;!?\n]")
_CONGRESS = re.compile(r"(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?(?:第[^,。]{1,12}次)?会议(?:通过)?的?$")
_JOINT = re.compile(r" ?(?:[、,]|和|及|与|以及|或者?|,?并)?[ 、,]?[一-龥]{0,16}")
_LONGEST_LEAD = 120
_LONGEST_TAIL = 100
_LONGEST_JOINT = 24
_NEAR = 40
"""A cue further than this from the title belongs to something else."""


@dataclass(frozen=True)
class Context:
    """The words of the sentence before and after a list of titles (the list itself left out)."""

    before: str
    after: str


def contexts(folded: str, mentions: list[Mention], start: int, end: int) -> list[Context]:
    """The context of each mention; titles that stand in one list share theirs."""
    found: list[Context] = []
    for group in _groups(folded, mentions):
        context = Context(_before(folded, group[0], start), _after(folded, group[-1], end))
        found += [context] * len(group)
    return found


def _groups(folded: str, mentions: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _joined(folded[groups[-1][-1].after : mention.start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _joined(between: str) -> bool:
    """Whether two titles stand in one list: nothing but a comma or 和, and perhaps the next one's issuer, between them."""
    if len(between) > _LONGEST_JOINT or not _JOINT.fullmatch(between):
        return False
    return first_match(load_patterns(_FILE, "before"), between) is None


def _before(folded: str, mention: Mention, start: int) -> str:
    lead = folded[max(start, mention.start - _LONGEST_LEAD) : mention.start]
    return _SENTENCE_END.split(lead)[-1]


def _after(folded: str, mention: Mention, end: int) -> str:
    tail = folded[mention.after : min(end, mention.after + _LONGEST_TAIL)]
    return _SENTENCE_END.split(tail)[0]


def effect_of(context: Context) -> Effect | None:
    """What the sentence does to the instrument: amends, repeals, replaces; null for most."""
    found = first_match(load_patterns(_FILE, "effect_after"), context.after)
    found = found or first_match(load_patterns(_FILE, "effect_before"), context.before)
    return found.label if found else None  # type: ignore[return-value]


def prints(context: Context) -> bool:
    """Whether the sentence prints or annexes the text (现将《…》印发), which 为贯彻《…》,经同意,提出意见 does not."""
    if first_match(load_patterns(_FILE, "self_before"), context.before):
        return True
    printed = first_match(load_patterns(_FILE, "self_after"), context.after)
    return printed is not None and _last_cue(context) is None


def promulgates(context: Context) -> bool:
    """Whether a number is that of the order which issued this very text."""
    return first_match(load_patterns(_FILE, "promulgation_after"), context.after) is not None


def is_planned(mention: Mention, context: Context, provision: Provision) -> bool:
    """Whether a measure orders the text to be drafted (研究制定《…办法》): there is no such text yet."""
    if provision.role == "statement" or mention.number or mention.rule != "titled":
        return False
    before = first_match(load_patterns(_FILE, "planned_before"), context.before)
    return (before or first_match(load_patterns(_FILE, "planned_after"), context.after)) is not None


def relation_of(context: Context, provision: Provision) -> tuple[Relation, str]:
    """The relation and the name of the rule that gave it."""
    cue = _cue(context)
    if cue is None:
        return "mentions", "no_cue"
    label, name = cue
    if label == "mentions":
        return "mentions", name
    if told := first_match(load_patterns(_FILE, "after_not"), context.after):
        return "mentions", told.name
    if label == "applies" and _underlies(context, provision):
        return "basis", name
    return "implements", name


def _cue(context: Context) -> tuple[str, str] | None:
    """The cue that governs the title: the last one before it in its clause, else what follows it."""
    last = _last_cue(context)
    if last is not None:
        return last
    after = first_match(load_patterns(_FILE, "after"), context.after)
    return (after.label, after.name) if after else None


def _last_cue(context: Context) -> tuple[str, str] | None:
    clause = context.before[-_NEAR:].rsplit(",", 1)[-1]
    last: tuple[int, str, str] | None = None
    for pattern in load_patterns(_FILE, "before"):
        for match in pattern.regex.finditer(clause):
            if last is None or match.end() >= last[0]:
                last = (match.end(), pattern.label, pattern.name)
    return last[1:] if last else None


def _underlies(context: Context, provision: Provision) -> bool:
    """Whether the text itself is made under the instrument: preambles, principles, goals, a sentence that makes this text."""
    if provision.role != "measure" or provision.path.rpartition("/")[2] == "0":
        return True
    return first_match(load_patterns(_FILE, "making"), context.after) is not None


def kind_of(title: str, number: str | None, context: Context) -> InstrumentKind:
    """The kind that a title names; the number of an order (令) or the congress that passed it says it too."""
    if number and "令第" in number:
        return "law" if "主席令" in number else "regulation"
    if title.startswith("关于") and title.endswith("决定") and (passed := _CONGRESS.search(context.before)):
        return "law" if passed[0].startswith("全国") else "regulation"
    found = first_match(load_patterns(_FILE, "kind"), title)
    if found is None:
        return "policy" if number else "other"
    return found.label  # type: ignore[return-value]
