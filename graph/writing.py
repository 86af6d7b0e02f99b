"""What is written of a document, whatever the engine that writes it. Pure functions over an extraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from graph.bodies_of import place_of
from graph.identity import Incoming, Key
from ingest.masthead.conflicts import conflicts
from ingest.records import Extraction, Provision
from ingest.registry.jurisdictions import Place, ancestors


@dataclass(frozen=True)
class Original:
    """A file as it came."""

    address: str
    content: bytes
    fetched_at: str | None

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Copied:
    """A document as a store holds it, for another store to take up; each source with the hash of the text it had when read."""

    id: str
    key: str
    rank: int
    wording: str
    revision: str
    extraction: Extraction
    sources: tuple[tuple[Original, str], ...]

    @property
    def incoming(self) -> Incoming:
        """As if its text had just been read."""
        return Incoming(Key(self.key, self.rank), self.wording, self.revision, self.extraction.file, "")


@dataclass(frozen=True)
class PlaceLink:
    """One place of a chain from the country down; ``key`` names the chain as far as this place."""

    key: str
    name: str
    place: str | None
    code: str | None
    level: str | None


def place_chain(name: str | None, on: str | None) -> list[PlaceLink]:
    """The place of this name on that day below all places above it; a name the tree lacks stands alone."""
    if name is None:
        return []
    place = place_of(name, on)
    if place is None:
        return [PlaceLink(f"?{name}", name, None, None, None)]
    chain, key = [], ""
    for link in (*ancestors(place, on), place):
        key = f"{key}/{link.id}:{link.full_name}"
        chain.append(PlaceLink(key, link.full_name, link.id, link.code, link.level))
    return chain


def day_of(extraction: Extraction) -> str | None:
    """The day that settles what names in a text mean: of issue, else of publication."""
    return extraction.document.issued_on or extraction.document.published_on


def own_values(extraction: Extraction, new: Incoming, doc_id: str, version: int) -> dict[str, Any]:
    """A document's own values by name, without what leads to shared rows (its place, its work)."""
    fields, on = extraction.document, day_of(extraction)
    return {
        "id": doc_id,
        "key": new.key.text,
        "key_rank": new.key.rank,
        "revision": new.revision,
        "wording": new.wording,
        "address": new.address,
        "title": fields.title,
        "doc_number": fields.doc_number,
        "level": fields.level,
        "kind": fields.kind,
        "nature": fields.nature,
        "issued_on": fields.issued_on,
        "published_on": fields.published_on,
        "fields": msgspec.json.encode(fields).decode(),
        "extractor": extraction.extractor,
        "measures": sum(p.role == "measure" for p in extraction.provisions),
        "sort_key": sort_key(place_of(fields.jurisdiction, on), on, doc_id),
        "changed": version,
        "embedded": None,
        "compared": None,
        "conflicts": len(conflicts(fields)),
    }


def sort_key(place: Place | None, on: str | None, doc_id: str) -> str:
    """Orders documents by code of place (unknown ones last), date and id."""
    return f"{(place.code if place else None) or '~'}|{on or ''}|{doc_id}"


LONGEST_ABOVE = 200
"""Characters of the provision above that say what an item is about."""


def context_of(title: str | None, headings: Sequence[str], above: str) -> str:
    """What a provision stands under, a line for each part: the title of its document, the headings above it, the words that
    introduce its item."""
    return "\n".join(part for part in (title or "", *headings, above[:LONGEST_ABOVE]) if part)


def headings_above(item: Provision, by_path: dict[str, Provision]) -> list[str]:
    """The headings of the items above, top first; those without a heading are left out."""
    found: list[str] = []
    seen = {item.path}
    parent = item.parent
    while parent in by_path and parent not in seen:
        above = by_path[parent]
        seen.add(parent)
        found += [above.heading] if above.heading else []
        parent = above.parent
    return found[::-1]
