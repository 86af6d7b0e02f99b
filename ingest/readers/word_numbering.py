"""Numbers that Word prints before paragraphs without writing them into the text: 第一条, （一）, 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.numerals import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = re.compile("(?:chinese|taiwanese|japanese)Counting|ideographDigital")
_SUFFIX = {"tab": "", "space": " ", "nothing": ""}
_CIRCLED = 0x2460
_MOST_CIRCLED = 20


@dataclass(frozen=True)
class Level:
    """How one level of a list counts: ``text`` is its pattern (第%1条)."""

    start: int
    form: str
    text: str


class Numbering:
    """The lists of one document, counted on as its paragraphs are read in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._levels = _levels(numbering) if numbering is not None else {}
        self._styles = _style_numbers(styles) if styles is not None else {}
        self._counts: dict[str, Counter[int]] = {}

    def before(self, properties: Any | None) -> str:
        """What Word prints before the paragraph that has these properties; empty for most."""
        number, depth = self._list_of(properties)
        levels = self._levels.get(number or "")
        if not levels or depth not in levels[1]:
            return ""
        counts = self._counts.setdefault(levels[0], Counter())
        counts[depth] += 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _print(levels[1], counts, depth)

    def _list_of(self, properties: Any | None) -> tuple[str | None, int]:
        if properties is None:
            return None, 0
        style = properties.find(f"{W}pStyle")
        inherited = self._styles.get(style.get(f"{W}val")) if style is not None else None
        own = _number(properties)
        if own is None:
            return inherited or (None, 0)
        return own[0] or (inherited[0] if inherited else None), own[1]


def _number(properties: Any) -> tuple[str | None, int] | None:
    found = properties.find(f"{W}numPr")
    if found is None:
        return None
    number, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return (number.get(f"{W}val") if number is not None else None), _int(depth, 0)


def _levels(numbering: Any) -> dict[str, tuple[str, dict[int, Level]]]:
    """numId → (the list that it counts, its levels)."""
    abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.findall(f"{W}abstractNum")}
    found = {}
    for number in numbering.findall(f"{W}num"):
        name, base = number.get(f"{W}numId"), number.find(f"{W}abstractNumId")
        definition = abstract.get(base.get(f"{W}val")) if base is not None else None
        if definition is None:
            continue
        overrides = number.findall(f"{W}lvlOverride")
        levels = {_int_of(level.get(f"{W}ilvl")): _level(level) for level in definition.findall(f"{W}lvl")}
        for override in overrides:
            depth = _int_of(override.get(f"{W}ilvl"))
            level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            if level is not None:
                levels[depth] = _level(level)
            if start is not None and depth in levels:
                levels[depth] = Level(_int(start, 1), levels[depth].form, levels[depth].text)
        found[name] = (f"{name}" if overrides else f"abstract {base.get(f'{W}val')}", levels)
    return found


def _level(level: Any) -> Level:
    form, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
    suffix = level.find(f"{W}suff")
    after = _SUFFIX.get(suffix.get(f"{W}val"), "") if suffix is not None else ""
    pattern = (text.get(f"{W}val") or "") + after if text is not None else ""
    return Level(_int(level.find(f"{W}start"), 1), form.get(f"{W}val") if form is not None else "decimal", pattern)


def _style_numbers(styles: Any) -> Mapping[str, tuple[str | None, int]]:
    """Style → its list and level, through the styles that it is based on."""
    own: dict[str, tuple[str | None, int] | None] = {}
    base: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        name, properties, above = style.get(f"{W}styleId"), style.find(f"{W}pPr"), style.find(f"{W}basedOn")
        own[name] = _number(properties) if properties is not None else None
        if above is not None:
            base[name] = above.get(f"{W}val")
    found = {}
    for name in own:
        at: str | None = name
        for _ in range(20):
            if at is None or own.get(at):
                break
            at = base.get(at)
        if at and (value := own.get(at)):
            found[name] = value
    return found


def _print(levels: Mapping[int, Level], counts: Counter[int], depth: int) -> str:
    if levels[depth].form in ("bullet", "none"):
        return ""
    text = levels[depth].text
    for level in range(depth + 1):
        if level in levels:
            value = levels[level].start + max(0, counts[level] - 1)
            text = text.replace(f"%{level + 1}", _numeral(value, levels[level].form))
    return text


def _numeral(value: int, form: str) -> str:
    if _CHINESE.match(form):
        return to_chinese(value)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= _MOST_CIRCLED:
        return chr(_CIRCLED + value - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr((65 if form == "upperLetter" else 97) + value - 1)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value).upper() if form == "upperRoman" else _roman(value)
    if form == "decimalZero":
        return f"{value:02}"
    return str(value)


def _roman(value: int) -> str:
    pairs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for size, letters in pairs:
        text += letters * (value // size)
        value %= size
    return text


def _int(element: Any | None, default: int) -> int:
    return _int_of(element.get(f"{W}val")) if element is not None else default


def _int_of(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 0
