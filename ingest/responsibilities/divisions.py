"""Divisions and institutes that a department's own document names without their department (省局行政审批处, 信息中心)."""

from __future__ import annotations

import re

from ingest.records import DocumentFields
from ingest.registry.systems import OTHER, system_of

_NO_DEPARTMENT = frozenset({OTHER, "government", "party_committee", "people_congress", "coordination", "development_zone"})
_OWN = re.compile(r"^(?:[省市县区州盟旗总](?:局|厅)|[我本](?:局|厅|委|部|办|署))")
"""省局, 市局, 我厅: the issuer as its own documents call it."""
_DIVISION = re.compile(r"^(?![省市县区州盟旗国全各]|自治|有关|相关)[一-龥]{2,12}(?:处|科|股|室)$")
_INSTITUTE = re.compile(
    r"^(?!各|有关|相关)[省市县区州]?[一-龥]{2,10}(?:中心|院|所|站)$|^(?![省市县区州国全各]|自治)[一-龥]{2,6}(?:局|队)$"
)


def home_system(fields: DocumentFields) -> str | None:
    """The system of the department that issued a document alone; null for governments, parties and joint documents."""
    if len(fields.issuers) != 1:
        return None
    system = system_of(fields.issuers[0])
    return None if system in _NO_DEPARTMENT else system


def system_in(name: str, home: str | None) -> str:
    """The system of a body named in a document: a division of the department that issued it has that department's.

    >>> system_in("省局行政审批处", "market_regulation"), system_in("信息中心", "health"), system_in("市财政局", "health")
    ('market_regulation', 'health', 'finance')
    """
    own = system_of(name)
    if home is None:
        return own
    part = _OWN.match(name) or _DIVISION.match(name) or (own == OTHER and _INSTITUTE.match(name))
    return home if part else own
