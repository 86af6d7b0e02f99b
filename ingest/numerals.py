"""Numerals as outlines write them: 二十三, 一百〇五, 廿, ⑫, ㈢, 17."""

from __future__ import annotations

import unicodedata

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100}
TENS = {"廿": 20, "卅": 30}
CHINESE = "".join([*DIGITS, *UNITS, *TENS])
"""Every character that may stand in a Chinese numeral."""


def number(text: str) -> int | None:
    """The value of a Chinese, Arabic, circled or bracketed numeral without separators; None if it is none.

    >>> number("二十三"), number("一百零五"), number("⑫"), number("17"), number("一九")
    (23, 105, 12, 17, 19)
    """
    text = text.replace(" ", "")
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == 1 and text not in DIGITS and text not in UNITS and text not in TENS:
        return _symbol(text)
    return _positional(text) if all(c in DIGITS for c in text) else _chinese(text)


def _symbol(char: str) -> int | None:
    """①, ⑴, ⒈ and ㈠ decompose to the numeral inside them."""
    inner = unicodedata.normalize("NFKC", char).strip("().")
    return number(inner) if inner and inner != char else None


def _positional(text: str) -> int | None:
    """一九 or 二〇一五: digits read one by one."""
    value = 0
    for char in text:
        value = value * 10 + DIGITS[char]
    return value if text else None


def _chinese(text: str) -> int | None:
    total = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        elif char in TENS:
            total += TENS[char]
        else:
            return None
    return total + digit


def to_chinese(value: int) -> str:
    """A number below 10,000 as outlines write it; larger ones digit by digit.

    >>> to_chinese(10), to_chinese(23), to_chinese(105), to_chinese(110), to_chinese(2010)
    ('十', '二十三', '一百零五', '一百一十', '二千零一十')
    """
    digits = "零一二三四五六七八九"
    if not 0 < value < 10_000:
        return "".join(digits[int(digit)] for digit in str(value))
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += digits[digit] + name
        elif text and value and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text
