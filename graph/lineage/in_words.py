"""What a link changed, said in a sentence or two, in Chinese and in English, with nothing that the facts do not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from graph.lineage.changed_facts import LeadChange, TargetChange
from graph.lineage.changes import Changes
from graph.lineage.force import ForceChange
from graph.lineage.relations import MeasureRelation
from ingest.records import Target
from ingest.registry.systems import SYSTEMS

Language = Literal["zh", "en"]
Words = dict[Language, str]
MOST = 4
"""Names of one kind that a sentence lists; the facts have them all."""

RELATIONS: dict[MeasureRelation, Words] = {
    "verbatim": {"zh": "逐字沿用", "en": "Kept word for word"},
    "adapted": {"zh": "沿用而有改写", "en": "Kept, reworded"},
    "extended": {"zh": "沿用并有增补", "en": "Kept and extended"},
    "new": {"zh": "来源中没有对应的规定", "en": "No counterpart in the source"},
}
TARGETS: dict[str, Words] = {
    "dropped": {"zh": "删去指标“{source}”", "en": "drops the target “{source}”"},
    "added": {"zh": "新增指标“{own}”", "en": "adds the target “{own}”"},
    "raised": {"zh": "指标由“{source}”提高为“{own}”", "en": "raises the target “{source}” to “{own}”"},
    "lowered": {"zh": "指标由“{source}”降低为“{own}”", "en": "lowers the target “{source}” to “{own}”"},
    "changed": {"zh": "指标由“{source}”改为“{own}”", "en": "changes the target “{source}” to “{own}”"},
    "kept": {"zh": "指标“{own}”的期限有变", "en": "moves the deadline of “{own}”"},
}
NAMES: dict[str, Words] = {
    "dropped": {"zh": "不再提及{names}", "en": "no longer names {names}"},
    "added": {"zh": "新提及{names}", "en": "newly names {names}"},
}
FORCE: dict[str, Words] = {
    "hardened": {"zh": "措辞趋严（{words}）", "en": "hardens the wording ({words})"},
    "softened": {"zh": "措辞趋缓（{words}）", "en": "softens the wording ({words})"},
}
JOINED: Words = {"zh": "；", "en": "; "}
LISTED: Words = {"zh": "、", "en": ", "}
STOP: Words = {"zh": "。", "en": "."}
MORE: Words = {"zh": "等", "en": " and others"}
LEAD: Words = {"zh": "牵头由{lost}改为{gained}", "en": "hands the lead from {lost} to {gained}"}
LEAD_GAINED: Words = {"zh": "增加{gained}牵头", "en": "adds {gained} as lead"}
LEAD_LOST: Words = {"zh": "{lost}不再牵头", "en": "{lost} no longer leads"}


def in_words(relation: MeasureRelation, changes: Changes | None, language: Language) -> str:
    """The sentence for one link."""
    parts = [RELATIONS[relation][language]]
    if changes:
        parts += _all(changes, language)
    return JOINED[language].join(parts) + STOP[language]


def _all(changes: Changes, language: Language) -> Iterable[str]:
    if changes.lead:
        yield _lead(changes.lead, language)
    yield from _limited([_target(t, language) for t in changes.targets if t.change != "kept" or t.deadline_moved], language)
    for way in ("dropped", "added"):
        names = [n.name for n in (*changes.citations, *changes.programmes) if n.change == way]
        if names:
            yield NAMES[way][language].format(names=_list(names, language))
    for way in ("hardened", "softened"):
        words = [_force(word) for word in changes.force if word.change == way]
        if words:
            yield FORCE[way][language].format(words=_list(dict.fromkeys(words), language))


def _limited(sentences: Sequence[str], language: Language) -> Sequence[str]:
    return sentences if len(sentences) <= MOST else [*sentences[:MOST], "……" if language == "zh" else "…"]


def _list(names: Iterable[str], language: Language) -> str:
    kept = list(names)
    return LISTED[language].join(kept[:MOST]) + (MORE[language] if len(kept) > MOST else "")


def _lead(lead: LeadChange, language: Language) -> str:
    lost, gained = (_list([system_name(code, language) for code in codes], language) for codes in (lead.lost, lead.gained))
    form = LEAD if lead.lost and lead.gained else LEAD_GAINED if lead.gained else LEAD_LOST
    return form[language].format(lost=lost, gained=gained)


def system_name(code: str, language: Language) -> str:
    """The name of a system; the code itself where there is none."""
    system = SYSTEMS.get(code)
    if system is None:
        return code
    return system.name_zh.split("（")[0] if language == "zh" else system.name_en


def _target(change: TargetChange, language: Language) -> str:
    return TARGETS[change.change][language].format(own=_text(change.target), source=_text(change.source_target))


def _text(target: Target | None) -> str:
    return "".join(target.text.split()) if target else ""


def _force(word: ForceChange) -> str:
    return f"{'+' if word.how == 'added' else '−'}{word.word}"
