"""The role of a provision: section, statement, goal or measure."""

from __future__ import annotations

import re

from ingest.patterns import first_match, load_patterns
from ingest.records import ProvisionRole

_LEAD_IN = re.compile(r"[:：]\s*$")
_ORDER = re.compile(r"应|须|不得|必须|禁止|可以|要求")
_DUTY = re.compile(r"\n\s*(?!本|前款|下列)[^。,\n]{1,30}(?:应当|不得|必须)")
"""A paragraph of its own that demands something, in an article that begins with a definition."""
_FILE = "provision_roles.toml"


def role_of(heading: str | None, body: str, parent: ProvisionRole | None, has_items: bool) -> ProvisionRole:
    """The role of an item: ``heading`` and the text ``body`` behind it are folded, ``parent`` is the role of the item above."""
    label = _label(heading)
    if label == "goal":
        return "goal"
    if label == "statement" or (label in {"leaf statement", "mixed"} and not has_items):
        return "statement"
    if has_items and (label or _no_orders(body)):
        return "section" if parent not in {"statement", "goal"} else parent
    return parent if parent in {"statement", "goal"} else "measure"


def article_role(text: str) -> ProvisionRole:
    """The role of an article of a statute from its folded text."""
    found = first_match(load_patterns(_FILE, "article"), text[:400])
    demands = found is not None and found.name == "definition" and _DUTY.search(text) is not None
    return "statement" if found and not demands else "measure"


def _label(heading: str | None) -> str | None:
    pattern = first_match(load_patterns(_FILE), re.sub(r"\s", "", heading)) if heading else None
    return pattern.label if pattern else None


def _no_orders(body: str) -> bool:
    """No text of its own, or only a sentence without an order that leads to the items."""
    text = body.strip(" \n\r。*")
    return not text or (len(text) <= 80 and bool(_LEAD_IN.search(body)) and not _ORDER.search(text))
