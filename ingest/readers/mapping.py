"""Which members of a record are its text and its fields, told by the user: ``text=content,title=biaoti`` or a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

MAPPED = "zhengmai:map"
"""The member under which a record keeps the mapping it was taken with, so that reading it again gives the same."""
FIELDS = ("text", "title", "doc_number", "issuers", "issued_on", "published_on", "kind", "jurisdiction")
"""What a member can be mapped to."""


class MappingError(ValueError):
    """A mapping that cannot be used; the message says what it may hold."""


def read_mapping(given: str) -> dict[str, str]:
    """Field → member, from ``field=member`` pairs or from a TOML file of such lines. Raises MappingError."""
    path = Path(given)
    if path.suffix == ".toml":
        try:
            return _checked(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MappingError(f"{given} cannot be read as TOML ({error}).") from error
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    if not all(sign and member.strip() for _, sign, member in pairs):
        raise MappingError(f"{given!r} is no mapping: write field=member, as in text=content,title=biaoti.")
    return _checked({field.strip(): member.strip() for field, _, member in pairs})


def _checked(mapping: Mapping[str, object]) -> dict[str, str]:
    for field, member in mapping.items():
        if field not in FIELDS or not isinstance(member, str):
            raise MappingError(f"{field!r} is no field; a member can be mapped to: {', '.join(FIELDS)}.")
    return {field: str(member) for field, member in mapping.items()}
