"""Records of crawlers and search services: a JSON object that holds a text and what is known of it."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ingest.doc_numbers import normalise_doc_number
from ingest.readers import web_page
from ingest.readers.assembling import sound
from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.readers.mapping import MAPPED
from ingest.readers.values import candidate
from ingest.records import FieldCandidate
from ingest.source_text import SourceText
from settings import ROOT

_MARKUP = re.compile(r"<(?:p|div|br|span|table|html|body)\b[^>]*>", re.IGNORECASE)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_TEXT_AT_LEAST, _TITLE_AT_LEAST = 60, 8
_DEEPEST = 6
_NUMBER = re.compile(r"^\W*[^\s，。]{1,20}[〔\[（(【][12]\d{3}[〕\]）)】]\s*\d+\s*号\W*$")
_REMEDY = "tell which member holds the text: --map text=NAME"


def read(content: bytes, name: str) -> SourceText:
    """The document in one JSON object. Raises ReadError when it is none or holds no text."""
    text, warnings = decode(content, name)
    record = parse(text, name)
    if not isinstance(record, dict):
        raise ReadError(name, "holds no object with a text", "give one object for each document")
    return from_record(record, name, warnings)


def parse(text: str, name: str) -> Any:
    """The value that JSON text stands for, line breaks within strings allowed. Raises ReadError."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError) as error:
            raise ReadError(name, f"is no valid JSON ({error})", "repair it, or save the text as plain text") from error


def from_record(record: Mapping[str, Any], name: str, warnings: tuple[str, ...] = ()) -> SourceText:
    """The document in a record. Raises ReadError when no member can be its text."""
    mapped = record.get(MAPPED)
    members = dict(_members({key: value for key, value in record.items() if key != MAPPED}))
    wanted = mapped if isinstance(mapped, dict) else {}
    key = _text_member(members, wanted, name)
    written = members[key]
    if _MARKUP.search(written):
        inner = web_page.read(written.encode("utf-8", "replace"), name)
        text, locators = inner.text, inner.locators
    else:
        text, locators = sound(written), ()
    if not text.strip():
        raise ReadError(name, "has no text, only blanks", "leave it out")
    metadata = tuple(_candidates({k: v for k, v in members.items() if k != key}, wanted, text))
    return SourceText(name=name, text=text, metadata=metadata, locators=locators, warnings=warnings)


def fields_of(record: Mapping[str, Any], mapping: Mapping[str, str] | None = None) -> tuple[FieldCandidate, ...]:
    """What the members of a record without a text say of the fields."""
    return tuple(_candidates(dict(_members(record)), mapping or {}, ""))


def has_text(record: Mapping[str, Any], mapping: Mapping[str, str] | None = None) -> bool:
    """Whether some member of a record can be its text."""
    try:
        _text_member(dict(_members(record)), mapping or {}, "")
    except ReadError:
        return False
    return True


def _members(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every string and number of a record with its key, those in objects within it included, outer ones first."""
    layer: list[tuple[str, Any]] = list(record.items())
    for _ in range(_DEEPEST):
        inner: list[tuple[str, Any]] = []
        for key, value in layer:
            if isinstance(value, str):
                yield key, value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield key, str(value)
            elif isinstance(value, dict):
                inner.extend((f"{key}.{name}", member) for name, member in value.items())
            elif isinstance(value, list) and all(isinstance(one, str) for one in value):
                yield key, "\n".join(value)
        layer = inner


@functools.cache
def _names(table: str) -> dict[str, str]:
    """Name of a member → field."""
    rows = tomllib.loads((ROOT / "data" / "reference" / "metadata_names.toml").read_text(encoding="utf-8"))[table]
    return {_plain(name): field for field, names in rows.items() for name in names}


def field_named(name: str) -> str | None:
    """The field that a member or label of this name gives; null when it is none of the usual ones."""
    return _names("members").get(_plain(name))


def _plain(key: str) -> str:
    """A key without what differs from one writer to the next; of a member within an object its own name.

    >>> _plain("metadata.Doc_Title")
    'doctitle'
    """
    return re.sub(r"[\s_\-:：*]", "", key.rsplit(".", 1)[-1]).lower()


def _text_member(members: Mapping[str, str], wanted: Mapping[str, str], name: str) -> str:
    """The key of the text: the one told, else one named so, else the longest that reads like a text."""
    if told := wanted.get("text"):
        found = next((key for key in members if key == told or key.endswith(f".{told}")), None)
        if found is None:
            raise ReadError(name, f"has no member {told!r} with a text", f"its members are: {', '.join(list(members)[:20])}")
        return found
    named = [key for key in members if field_named(key) == "text" and members[key].strip()]
    best = max(named or members, key=lambda key: (len(_CHINESE.findall(members[key])), len(members[key])), default=None)
    if best is None or not (named or _reads_like_text(members[best])):
        raise ReadError(name, "holds no text that could be told", _REMEDY)
    return best


def _reads_like_text(value: str) -> bool:
    """A text has sentences; a long title has none."""
    return "。" in value and len(_CHINESE.findall(value)) >= _TEXT_AT_LEAST


def _candidates(members: Mapping[str, str], wanted: Mapping[str, str], text: str) -> Iterator[FieldCandidate]:
    """What the other members say of the fields: those told, those named so, and those whose value shows what it is."""
    told = {member: field for field, member in wanted.items() if field != "text"}
    for key, value in members.items():
        value = sound(value).strip("\u200b\ufeff \n\t")
        field = told.get(key) or told.get(key.rsplit(".", 1)[-1]) or field_named(key) or _shown(value, text)
        if field and field != "text" and value:
            yield from candidate(field, value, "metadata", f"readers.json_member:{key}")


def _shown(value: str, text: str) -> str | None:
    """A document number shows what it is, and so does a title with which the text begins."""
    if _NUMBER.match(value) and normalise_doc_number(value):
        return "doc_number"
    opening = "".join(text[:400].split())
    return "title" if len(value) >= _TITLE_AT_LEAST and opening.startswith("".join(value.split())) else None
