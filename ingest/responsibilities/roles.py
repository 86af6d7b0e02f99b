"""The grammar of roles: a list of bodies with its cues (A牵头，B、C配合) → each body with its role."""

from __future__ import annotations

import functools
import re

import msgspec

from ingest.patterns import load_patterns
from ingest.records import Role
from ingest.registry.body_names import is_body
from ingest.registry.name_lists import Name, split_names
from ingest.registry.systems import OTHER, system_of

FILE = "responsibility.toml"


class Duty(msgspec.Struct, frozen=True):
    """A body with its role; offsets count in the text that was read. ``object_end`` ends the words it covers, from 0."""

    name: Name
    role: Role
    cue: str
    rule: str
    object_start: int | None = None
    object_end: int | None = None


class Cue(msgspec.Struct, frozen=True):
    """A word that gives a role, where it stands; ``label`` when it stands before its list."""

    role: Role
    text: str
    start: int
    end: int
    label: bool


@functools.cache
def _cue_pattern() -> tuple[re.Pattern[str], dict[str, tuple[Role, bool]]]:
    """One pattern for all labels and cues, and what each of its groups means."""
    parts: list[str] = []
    meaning: dict[str, tuple[Role, bool]] = {}
    for table, is_label in (("label", True), ("cue", False)):
        for number, pattern in enumerate(load_patterns(FILE, table)):
            group = f"{table}{number}"
            parts.append(f"(?P<{group}>{pattern.regex.pattern})")
            meaning[group] = (pattern.label, is_label)  # type: ignore[assignment]
    return re.compile("|".join(parts)), meaning


@functools.cache
def ordering_pattern() -> re.Pattern[str]:
    """The clause by which the first body named leads."""
    return load_patterns(FILE, "ordering")[0].regex


@functools.cache
def _adverb() -> re.Pattern[str]:
    return load_patterns(FILE, "adverb")[0].regex


_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def find_cues(text: str) -> list[Cue]:
    """Cues outside inner brackets, in order."""
    pattern, meaning = _cue_pattern()
    inner = [match.span() for match in _BRACKET.finditer(text)]
    found = []
    for match in pattern.finditer(text):
        if match.group() and not any(a < match.start() < b for a, b in inner):
            role, label = meaning[match.lastgroup or ""]
            found.append(Cue(role, match.group(), match.start(), match.end(), label))
    return found


def read_duties(text: str, *, first_leads: bool = False) -> tuple[Duty, ...]:
    """The bodies of a list with their roles; ``text`` is folded and without white space. Empty when it gives none.

    ``first_leads``: the document says that the first body named leads.

    >>> [(d.name.text, d.role) for d in read_duties("市教育局牵头,市财政局、团市委配合")]
    [('市教育局', 'lead'), ('市财政局', 'support'), ('团市委', 'support')]
    """
    rule = ordering_pattern().search(text)
    if rule:
        first_leads = True
        text = text[: rule.start()].rstrip(",;、。")
    cues = find_cues(text)
    if any(cue.label for cue in cues):
        duties = _labelled(text, cues)
    elif cues:
        duties = _cued(text, cues)
    else:
        duties = _duties(text, 0, len(text), "responsible", "", "bare_list", strict=True) if rule else []
    return _let_first_lead(duties) if first_leads else tuple(duties)


def _labelled(text: str, cues: list[Cue]) -> list[Duty]:
    """牵头单位:A;责任单位:B、C. A label governs the names up to the next one."""
    labels = [cue for cue in cues if cue.label]
    duties = []
    for number, label in enumerate(labels):
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        inner = read_inner(text[label.end : end])
        if inner:
            duties += [_moved(duty, label.end) for duty in inner]
        else:
            duties += _duties(text, label.end, end, label.role, label.text.rstrip(":"), "label")
    return duties


def read_inner(text: str) -> list[Duty]:
    """A labelled list that has cues of its own: 责任单位:A牵头,B、C配合."""
    cues = find_cues(text)
    return _cued(text, cues) if any(cue.role in ("lead", "support") for cue in cues) else []


def _moved(duty: Duty, by: int) -> Duty:
    name = Name(duty.name.text, duty.name.start + by, duty.name.end + by, duty.name.elliptic)
    return msgspec.structs.replace(duty, name=name)


def _cued(text: str, cues: list[Cue]) -> list[Duty]:
    """A牵头,B会同C负责: each list stands before its cue; 会同 makes those before it leads and those after it joint."""
    duties: list[Duty] = []
    at, joint = 0, False
    for cue in cues:
        role: Role = "joint" if joint and cue.role != "lead" else cue.role
        if cue.role == "joint":
            duties += _duties(text, at, cue.start, "lead", cue.text, "with")
        elif joint and cue.role == "lead":
            duties += _duties(text, at, cue.start, "joint", cue.text, "with")
        elif joint and cue.role == "support" and "," in text[at : cue.start]:
            comma = text.rindex(",", at, cue.start)
            duties += _duties(text, at, comma, "joint", cue.text, "with")
            duties += _duties(text, comma + 1, cue.start, "support", cue.text, "cue")
        else:
            duties += _duties(text, at, cue.start, role, cue.text, "cue")
        joint = cue.role == "joint" or (joint and not _has_names(text, at, cue.start))
        at = cue.end
    if duties and at < len(text):
        role = "joint" if joint else "responsible"
        duties += _duties(text, at, len(text), role, cues[-1].text if cues else "", "rest", strict=True)
    return duties


def _has_names(text: str, start: int, end: int) -> bool:
    return bool(_duties(text, start, end, "responsible", "", ""))


_CLASS = re.compile(r"(?:[省市]局)?各[^,;、]{2,12}(?:机构|企业|院校|学校|高校|医院|银行|公司|协会)$")
"""各检验检测机构: a class of undertakings, which brackets make responsible too."""
_OBJECT = re.compile(r"^(?P<object>[^由]*?[,;]?)(?:具体|原则上|统一|主要)?由(?=[^由]{2,})")


def _duties(text: str, start: int, end: int, role: Role, cue: str, rule: str, *, strict: bool = False) -> list[Duty]:
    """The bodies of ``text[start:end]``, each with this role; what is no body is left out."""
    chunk = text[start:end]
    given = _OBJECT.match(chunk)
    object_span: tuple[int | None, int | None] = (None, None)
    if given:
        words = given.group("object").strip(",;")
        if len(words) >= 4 and not any(is_body(name.text) for name in split_names(words)):
            lead = chunk.index(words)
            object_span = (start + lead, start + lead + len(words))
            start += given.end()
        elif not words:
            start += given.end()
        chunk = text[start:end]
    chunk = _without_adverbs(chunk)
    names = split_names(chunk)
    kept = [name for name in names if is_body(name.text) or name.elliptic or _CLASS.match(name.text)]
    if strict and len(kept) != len(names):
        return []
    return [Duty(_at(name, start), role, cue, rule, *object_span) for name in kept]


def _without_adverbs(chunk: str) -> str:
    """The list without 按职责分工 and the like behind it."""
    match = _adverb().search(chunk)
    while match:
        rest = chunk[: match.start()].rstrip(",;、")
        # 内 or 工作 may end a name (市委农村工作…): cut only what leaves a body before it.
        if not rest or _ends_in_body(rest) or match.end() - match.start() > 3:
            return rest
        match = _adverb().search(chunk, match.start() + 1)
    return chunk.rstrip(",;、")


def _ends_in_body(text: str) -> bool:
    names = split_names(text)
    return bool(names) and (is_body(names[-1].text) or system_of(names[-1].text) != OTHER)


def _at(name: Name, by: int) -> Name:
    return Name(name.text, name.start + by, name.end + by, name.elliptic)


def _let_first_lead(duties: list[Duty]) -> tuple[Duty, ...]:
    """The first body leads where no other one does."""
    if not duties or any(duty.role in ("lead", "joint") for duty in duties):
        return tuple(duties)
    first = msgspec.structs.replace(duties[0], role="lead", rule="first_leads")
    return (first, *duties[1:])
