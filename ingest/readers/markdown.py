"""Markdown: the text without the signs that only say how it looks."""

from __future__ import annotations

import re

from ingest.readers.assembling import row_of
from ingest.readers.decoding import decode
from ingest.readers.plain import checked
from ingest.source_text import SourceText

_SIGNS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$"), r"\1"),
    (re.compile(r"(?m)^[ \t]{0,3}(?:-[ \t]*){3,}$|^[ \t]{0,3}(?:\*[ \t]*){3,}$|^[ \t]{0,3}(?:_[ \t]*){3,}$"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}>[ \t]?"), ""),
    (re.compile(r"(?m)^([ \t]*)[-*+][ \t]+(?=\S)"), r"\1"),
    (re.compile(r"!\[([^\]\n]*)\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\((?:https?://|/|#|\./|mailto:)[^()\s]*\)"), r"\1"),
    (re.compile(r"(\*\*)(?=\S)([^*_\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\\\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])"), r"\1"),
)
"""Sign → what stays of it. Sample: ``## **第一章** [总则](#a)`` → ``第一章 总则``."""
_ROW = re.compile(r"(?m)^[ \t]*\|(.+)\|[ \t]*$")
_RULE = re.compile(r"(?m)^[ \t]*\|(?:\s*:?-{2,}:?\s*\|)+[ \t]*\n?")


def read(content: bytes, name: str) -> SourceText:
    """The text of a Markdown file, line for line. Raises ReadError when it is no text."""
    text, warnings = decode(content, name)
    text = _ROW.sub(lambda row: row_of([cell.strip() for cell in row[1].split("|")]), _RULE.sub("", text))
    for pattern, kept in _SIGNS:
        text = pattern.sub(kept, text)
    return SourceText(name=name, text=checked(text, name), warnings=warnings)
